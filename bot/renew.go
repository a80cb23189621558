package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"mishu/storage"
	"mishu/storage/session"
)

// renewals gathers the people for whom something new waits, so that telling
// everybody who keeps facts about them costs a report next to nothing.
type renewals struct {
	after   time.Duration
	mu      sync.Mutex
	readers []storage.Reader
}

const (
	// renewWithin bounds the work behind a reply.
	renewWithin = 10 * time.Second
	// renewAtOnce bounds one look-up of members.
	renewAtOnce = 200
)

// renew makes everybody who keeps the facts about these people read them again:
// something waits for their next message. It goes on behind the reply; a message
// that slips in between merely carries it one message later.
func (b *Bot) renew(readers []storage.Reader) {
	if len(readers) == 0 {
		return
	}
	r := &b.renewals
	r.mu.Lock()
	defer r.mu.Unlock()
	first := len(r.readers) == 0
	r.readers = append(r.readers, readers...)
	if first {
		b.behind.Go(b.flushRenewals)
	}
}

func (b *Bot) flushRenewals() {
	time.Sleep(b.renewals.after)
	b.renewals.mu.Lock()
	readers := b.renewals.readers
	b.renewals.readers = nil
	b.renewals.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), renewWithin)
	defer cancel()
	if err := b.renewAll(ctx, readers); err != nil {
		b.log.Warn("carried notices are found later", "err", err)
	}
}

// renewNow is renew before the reply: whoever has taken a request may report the
// visit that it asks for with his next message.
func (b *Bot) renewNow(ctx context.Context, readers []storage.Reader) {
	if err := b.renewAll(ctx, readers); err != nil {
		b.renew(readers)
	}
}

func (b *Bot) renewAll(ctx context.Context, readers []storage.Reader) error {
	for village, people := range byVillage(readers) {
		for some := range slices.Chunk(people, renewAtOnce) {
			if err := b.renewSome(ctx, village, some); err != nil {
				return err
			}
		}
	}
	return nil
}

func byVillage(readers []storage.Reader) map[int64][]int64 {
	by := map[int64][]int64{}
	for _, r := range readers {
		by[r.Village] = append(by[r.Village], r.Person)
	}
	return by
}

// renewSome gives new versions to the facts about some people of a village.
func (b *Bot) renewSome(ctx context.Context, village int64, people []int64) error {
	var whos []session.Who
	err := b.store.View(ctx, func(tx *storage.Tx) error {
		members, err := tx.In(village).MembersOfAll(people)
		for _, m := range members {
			whos = append(whos, session.Who{Account: m.Account, OpenID: m.OpenID})
		}
		return err
	})
	return b.settle(ctx, whos, err)
}
