package simulator

import (
	"slices"
	"sync"
)

// recentRoom is more sends than a page makes while one is under way.
const recentRoom = 200

// recent remembers the last sends of the pages by their nonces, so that a
// double click is one message.
type recent struct {
	mu   sync.Mutex
	seen []string
}

// first is true once for a nonce; always for the empty one, which scripts use.
func (r *recent) first(nonce string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if nonce == "" {
		return true
	}
	if slices.Contains(r.seen, nonce) {
		return false
	}
	r.seen = append(r.seen, nonce)
	if len(r.seen) > recentRoom {
		r.seen = r.seen[1:]
	}
	return true
}

// forget lets a send that came to nothing be tried again.
func (r *recent) forget(nonce string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = slices.DeleteFunc(r.seen, func(n string) bool { return n == nonce })
}
