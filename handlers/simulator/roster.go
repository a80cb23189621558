package simulator

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"sync"
	"time"
)

const (
	// wholeRoster is more people than any one village has.
	wholeRoster = 20000
	// rosterRest keeps calls for OpenIDs that nobody has from reading the
	// roster each time.
	rosterRest = 2 * time.Second
)

// roster finds people by ID and by OpenID in what Options.People lists.
type roster struct {
	people func(ctx context.Context, query string, limit int) ([]Person, error)
	now    func() time.Time
	mu     sync.Mutex
	read   time.Time
	byID   map[string]Person
	byOpen map[string]string
}

func newRoster(people func(context.Context, string, int) ([]Person, error), now func() time.Time) *roster {
	return &roster{people: people, now: now}
}

// person finds somebody by ID or by OpenID, reading the roster again for who
// is not in it yet.
func (r *roster) person(ctx context.Context, key string) (Person, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p, ok := r.known(key); ok {
		return p, true, nil
	}
	if r.people == nil || r.now().Sub(r.read) < rosterRest {
		return Person{}, false, nil
	}
	if err := r.load(ctx); err != nil {
		return Person{}, false, err
	}
	p, ok := r.known(key)
	return p, ok, nil
}

func (r *roster) known(key string) (Person, bool) {
	if id, ok := r.byOpen[key]; ok {
		key = id
	}
	p, ok := r.byID[key]
	return p, ok
}

func (r *roster) load(ctx context.Context) error {
	all, err := r.people(ctx, "", wholeRoster)
	if err != nil {
		return fmt.Errorf("read the roster: %w", err)
	}
	r.read = r.now()
	r.byID, r.byOpen = make(map[string]Person, len(all)), make(map[string]string, len(all))
	for _, p := range all {
		p = withOpenID(p)
		r.byID[p.ID], r.byOpen[p.OpenID] = p, p.ID
	}
	return nil
}

// search lists people for the picker.
func (r *roster) search(ctx context.Context, query string, limit int) ([]Person, error) {
	if r.people == nil {
		return nil, nil
	}
	found, err := r.people(ctx, query, limit)
	if err != nil {
		return nil, fmt.Errorf("search the roster: %w", err)
	}
	return found, nil
}

// withOpenID gives a person without an OpenID one that depends on the ID
// alone, of the platform's 28 characters.
func withOpenID(p Person) Person {
	if p.OpenID == "" {
		sum := sha256.Sum256([]byte("simulated phone " + p.ID))
		p.OpenID = "o" + base64.RawURLEncoding.EncodeToString(sum[:])[:27]
	}
	return p
}

// phone opens a person's phone, or finds it open; his name and note are
// brought up to date.
func (s *Simulator) phone(ctx context.Context, key string) (string, error) {
	p, ok, err := s.roster.person(ctx, key)
	if err != nil {
		return "", err
	}
	if !ok {
		return s.openPhone(key)
	}
	return p.ID, s.book.change(func() ([]entry, error) {
		if c, open := s.book.chats[p.ID]; open && c.person == p {
			return nil, nil
		}
		return []entry{{Phone: &p}}, nil
	})
}

// openPhone finds a phone that the roster does not know: a stranger's.
func (s *Simulator) openPhone(key string) (string, error) {
	if id, ok := s.book.ownerOf(key); ok {
		return id, nil
	}
	if err := s.book.look(key, func(*chat) {}); err != nil {
		return "", err
	}
	return key, nil
}

// newStranger makes a phone of somebody whom nobody knows.
func (s *Simulator) newStranger() (string, error) {
	var p Person
	err := s.book.change(func() ([]entry, error) {
		n := 1
		for s.book.chats["stranger-"+strconv.Itoa(n)] != nil {
			n++
		}
		p = stranger(n, s.opt.People == nil)
		return []entry{{Phone: &p}}, nil
	})
	return p.ID, err
}

func stranger(n int, alone bool) Person {
	name := "陌生人" + strconv.Itoa(n)
	if alone {
		name = "新手机" + strconv.Itoa(n)
	}
	var random [20]byte
	_, _ = rand.Read(random[:]) // never fails: see crypto/rand
	return Person{
		ID: "stranger-" + strconv.Itoa(n), Name: name, Note: "没登记", Role: "陌生人",
		OpenID: "o" + base64.RawURLEncoding.EncodeToString(random[:])[:27],
	}
}
