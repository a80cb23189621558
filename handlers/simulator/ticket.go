package simulator

import (
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the platform's pages name it
	"encoding/hex"
	"strings"
	"sync"
	"time"
)

// tickets hand out the ticket with which pages are signed: the same one until it
// ends.
type tickets struct {
	now  func() time.Time
	mu   sync.Mutex
	last issued
}

func newTickets(now func() time.Time) *tickets { return &tickets{now: now} }

func (t *tickets) give() (string, time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if left := t.last.until.Sub(t.now()); left > tokenOverlap {
		return t.last.value, left
	}
	t.last = issued{"sM4AOVdWfPE4DxkXGEs8V" + rand.Text() + rand.Text(), t.now().Add(tokenLife)}
	return t.last.value, tokenLife
}

// check tells what is wrong with the signature of a page, "" if nothing is.
func (t *tickets) check(nonce, timestamp, address, signature string) string {
	ticket, _ := t.give()
	address, _, _ = strings.Cut(address, "#")
	sum := sha1.Sum([]byte("jsapi_ticket=" + ticket + "&noncestr=" + nonce + "&timestamp=" + timestamp + "&url=" + address)) //nolint:gosec // see above
	if nonce == "" || timestamp == "" || signature != hex.EncodeToString(sum[:]) {
		return "invalid signature"
	}
	return ""
}

func (s *Simulator) apiTicket(c call) (any, *refusal) {
	if c.query.Get("type") != "jsapi" {
		return nil, refuse(codeArguments, "")
	}
	ticket, life := s.tickets.give()
	return map[string]any{"errcode": 0, "errmsg": "ok", "ticket": ticket, "expires_in": int(life.Seconds())}, nil
}
