package simulator

import (
	"crypto/rand"
	"encoding/base64"
	"sync"
	"time"
)

const (
	tokenLife = 7200 * time.Second
	// tokenOverlap: the token before the newest works this much longer, and a
	// stable token is replaced this long before it ends.
	tokenOverlap = 5 * time.Minute
	// forceRest and forceADay bound force_refresh of stable_token.
	forceRest = 30 * time.Second
	forceADay = 20
)

// issued is one access token and when it stops working.
type issued struct {
	value string
	until time.Time
}

// tokens hands out access tokens: classic ones, of which a new one ends the
// old, and stable ones, which know nothing of the classic.
type tokens struct {
	now    func() time.Time
	mu     sync.Mutex
	live   map[string]time.Time // token -> until
	recent issued               // classic
	stable issued
	forced []time.Time
}

func newTokens(now func() time.Time) *tokens {
	return &tokens{now: now, live: map[string]time.Time{}}
}

// classic always makes a fresh token.
func (k *tokens) classic() (string, time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.retire(k.recent)
	k.recent = k.issue()
	return k.recent.value, tokenLife
}

// steady gives the stable token, a fresh one only near its end or when forced.
func (k *tokens) steady(force bool) (string, time.Duration, int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if force {
		if code := k.mayForce(now); code != 0 {
			return "", 0, code
		}
	}
	if left := k.stable.until.Sub(now); !force && left > tokenOverlap {
		return k.stable.value, left, 0
	}
	if force {
		delete(k.live, k.stable.value) // forced: the old one ends at once
	} else {
		k.retire(k.stable)
	}
	k.stable = k.issue()
	return k.stable.value, tokenLife, 0
}

func (k *tokens) mayForce(now time.Time) int {
	day := k.forced[:0]
	for _, at := range k.forced {
		if now.Sub(at) < 24*time.Hour {
			day = append(day, at)
		}
	}
	k.forced = day
	switch {
	case len(day) >= forceADay:
		return codeQuota
	case len(day) > 0 && now.Sub(day[len(day)-1]) < forceRest:
		return codeTooFast
	}
	k.forced = append(k.forced, now)
	return 0
}

// retire lets a token work a little longer, never longer than it would have.
func (k *tokens) retire(t issued) {
	if end := k.now().Add(tokenOverlap); t.value != "" && end.Before(t.until) {
		k.live[t.value] = end
	}
}

func (k *tokens) issue() issued {
	var random [96]byte
	_, _ = rand.Read(random[:]) // never fails: see crypto/rand
	t := issued{"99_" + base64.RawURLEncoding.EncodeToString(random[:]), k.now().Add(tokenLife)}
	k.live[t.value] = t.until
	return t
}

// check tells what is wrong with a token, or 0. A token is forgotten an hour
// after its end, and is then unknown rather than expired.
func (k *tokens) check(value string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	for t, until := range k.live {
		if now.Sub(until) > time.Hour {
			delete(k.live, t)
		}
	}
	until, ok := k.live[value]
	switch {
	case value == "":
		return codeTokenMissing
	case !ok:
		return codeTokenWrong
	case !now.Before(until):
		return codeTokenExpired
	}
	return 0
}
