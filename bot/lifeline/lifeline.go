package lifeline

import (
	"context"
	"fmt"
	"sync"
	"time"

	"mishu/bot/talk"
	"mishu/storage"
)

// Texter takes a few words to a telephone.
type Texter interface {
	Text(ctx context.Context, m talk.SMS) talk.Outcome
}

// Lifeline texts the duty list while the records are away. It is safe for any
// number of goroutines.
type Lifeline struct {
	texter Texter
	path   string // "": the copy is kept in memory alone
	key    string
	now    func() time.Time

	mu     sync.Mutex
	copy   Copy
	called map[string]time.Time // whose danger was texted, and when
}

// New makes a lifeline with the copy that an earlier process left at path. key
// is the account's token.
func New(texter Texter, path, key string, now func() time.Time) (*Lifeline, error) {
	l := &Lifeline{texter: texter, path: path, key: key, now: now, called: map[string]time.Time{}}
	if path == "" {
		return l, nil
	}
	var err error
	l.copy, err = read(path)
	return l, err
}

const (
	villagesAtOnce = 200
	// quietFor is how long one person's danger is texted once: three deliveries
	// of a message and the next bubbles are one danger.
	quietFor = 10 * time.Minute
	// calledBound bounds what is remembered of that.
	calledBound = 1000
)

// Refresh takes a new copy of the records.
func (l *Lifeline) Refresh(ctx context.Context, store *storage.Store) error {
	c := Copy{Members: map[string]int64{}}
	for after := int64(0); ; {
		var villages []storage.Village
		err := store.View(ctx, func(tx *storage.Tx) (err error) {
			villages, err = tx.Villages(after, villagesAtOnce)
			return err
		})
		if err != nil {
			return fmt.Errorf("copy the duty list: %w", err)
		}
		for _, v := range villages {
			if err := l.add(ctx, store, &c, v); err != nil {
				return fmt.Errorf("copy the duty list: %w", err)
			}
			after = v.ID
		}
		if len(villages) < villagesAtOnce {
			break
		}
	}
	c.County = distinct(c.County)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.copy = c
	if l.path == "" {
		return nil
	}
	return l.copy.write(l.path)
}

// add puts one village into a copy.
func (l *Lifeline) add(ctx context.Context, store *storage.Store, c *Copy, row storage.Village) error {
	return store.View(ctx, func(tx *storage.Tx) error {
		v, out := tx.In(row.ID), Village{ID: row.ID, Name: row.Name}
		duties, err := v.Duties()
		if err != nil {
			return err
		}
		for _, d := range duties {
			out.Duties = append(out.Duties, Duty{d.Phone, d.From, d.To})
		}
		roles, err := v.Roles()
		if err != nil {
			return err
		}
		for _, r := range roles {
			if r.Role != storage.Secretary && r.Role != storage.Chair && r.Role != storage.County {
				continue
			}
			p, _, err := v.Person(r.Person)
			switch {
			case err != nil:
				return err
			case r.Role == storage.County:
				c.County = append(c.County, p.Phone)
			default:
				out.Office = append(out.Office, p.Phone)
			}
		}
		out.Office = distinct(out.Office)
		members, err := v.BoundPeople()
		for _, m := range members {
			c.Members[mark(l.key, m.Account, m.OpenID)] = row.ID
		}
		c.Villages = append(c.Villages, out)
		return err
	})
}

// Call texts the people on duty that somebody is in danger, and returns how many
// telephones the gateway took. Neither who nor what is told; the person himself
// was answered with the telephone to ring.
func (l *Lifeline) Call(ctx context.Context, account, openid string) int {
	who := mark(l.key, account, openid)
	l.mu.Lock()
	village, phones := l.copy.phones(who, l.now())
	first := l.first(who)
	l.mu.Unlock()
	if !first {
		return 0
	}
	took := 0
	for i, phone := range phones {
		id := fmt.Sprintf("%s-%d", who[:8], l.now().Unix()+int64(i))
		if l.texter.Text(ctx, talk.SMS{ID: id, Phone: phone, Text: words(village)}).Verdict == talk.Sent {
			took++
		}
	}
	return took
}

func words(village string) string {
	if village == "" {
		village = "村里"
	}
	return village + "有人报急事，系统一时连不上。请守好值班电话，马上打给秘书长、组长问一遍。"
}

// first reports whether a person's danger has not been texted lately; mu is held.
func (l *Lifeline) first(who string) bool {
	now := l.now()
	if at, known := l.called[who]; known && now.Sub(at) < quietFor {
		return false
	}
	if len(l.called) >= calledBound {
		clear(l.called)
	}
	l.called[who] = now
	return true
}
