package wechat

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	tokenPath   = "/cgi-bin/stable_token"
	classicPath = "/cgi-bin/token"
	// tokenMargin is how long before its end the platform renews a token, both
	// being valid; we stop using ours then.
	tokenMargin = 5 * time.Minute
	// lockFor outlives one fetch (callTimeout).
	lockFor = 10 * time.Second
	// The platform allows a forced renewal every 30 s and 20 a day.
	forceEvery = 30 * time.Second
	forceADay  = 20
	pollEvery  = 50 * time.Millisecond
)

// A TokenSource hands out the access token of an account. All processes that
// share a store share one token; without the store each goes on with a copy of
// its own, which stable_token makes harmless: it gives everybody the same.
type TokenSource struct {
	account Account
	store   TokenStore
	to      transport
	now     func() time.Time
	log     *slog.Logger
	turn    chan struct{} // one fetch a process
	mu      sync.Mutex
	local   memoryToken
}

// NewTokens makes the source of an account's token. base is the address of the
// platform's API, "" the real one; client may be nil.
func NewTokens(account Account, base string, store TokenStore, client *http.Client, now func() time.Time, log *slog.Logger) *TokenSource {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &TokenSource{
		account: account, store: store, now: now, log: log,
		to:   newTransport(base, client, account.Secret),
		turn: make(chan struct{}, 1),
	}
}

func (s *TokenSource) key(part string) string {
	return "mishu:wechat:{" + s.account.AppID + "}:" + part
}

// Token is the token to use now.
func (s *TokenSource) Token(ctx context.Context) (string, error) {
	return s.other(ctx, "")
}

// Refused tells that the platform takes the token bad no more, and returns
// another. Only bad is dropped: what another process fetched meanwhile stays.
func (s *TokenSource) Refused(ctx context.Context, bad string) (string, error) {
	s.forget(bad)
	if err := s.store.CompareAndDelete(ctx, s.key("token"), bad); err != nil {
		s.log.Warn("drop token", "err", err)
	}
	return s.other(ctx, bad)
}

// other is a token that is not bad.
func (s *TokenSource) other(ctx context.Context, bad string) (string, error) {
	if token, found := s.known(ctx, bad); found {
		return token, nil
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if token, found := s.known(ctx, bad); found {
		return token, nil
	}
	return s.renew(ctx, bad)
}

// known looks into the store, or at our copy while the store is away.
func (s *TokenSource) known(ctx context.Context, bad string) (string, bool) {
	token, found, err := s.store.Get(ctx, s.key("token"))
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		token, found = s.local.value, s.now().Before(s.local.until)
	}
	return token, found && token != "" && token != bad
}

// renew fetches under the lock of all processes. Who does not get the lock
// waits for the one who has it, and fetches after all if nothing comes of it.
func (s *TokenSource) renew(ctx context.Context, bad string) (string, error) {
	owner := randomName()
	got, err := s.store.Lock(ctx, s.key("lock"), owner, lockFor)
	if err != nil {
		s.log.Warn("lock token", "err", err)
	}
	if err == nil && !got {
		if token, found := s.await(ctx, bad, callTimeout); found {
			return token, nil
		}
	}
	if got {
		defer func() { _ = s.store.CompareAndDelete(context.WithoutCancel(ctx), s.key("lock"), owner) }()
		if token, found := s.known(ctx, bad); found {
			return token, nil
		}
	}
	token, err := s.fetch(ctx, false, bad)
	if err == nil && token == bad {
		return s.force(ctx, bad)
	}
	return token, err
}

// await polls for a token that somebody else is fetching.
func (s *TokenSource) await(ctx context.Context, bad string, most time.Duration) (string, bool) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return "", false
		case <-tick.C:
			if token, found := s.known(ctx, bad); found {
				return token, true
			}
		}
	}
}

var errNoForce = errors.New("the platform keeps giving a token that it refuses, and it may not be forced again yet")

// force makes the platform give up a token that it refuses and yet hands out.
// The lock is left to run out: it is the distance between two forced renewals.
func (s *TokenSource) force(ctx context.Context, bad string) (string, error) {
	got, err := s.store.Lock(ctx, s.key("force"), randomName(), forceEvery)
	if err != nil || !got {
		if token, found := s.await(ctx, bad, callTimeout); err == nil && found {
			return token, nil
		}
		return "", errNoForce
	}
	day := s.now().In(shanghai).Format(time.DateOnly)
	if n, err := s.store.Count(ctx, s.key("forced:"+day), 24*time.Hour); err != nil || n > forceADay {
		return "", errNoForce
	}
	s.log.Warn("force a new token")
	return s.fetch(ctx, true, "")
}

type tokenRequest struct {
	GrantType    string `json:"grant_type"`
	AppID        string `json:"appid"`
	Secret       string `json:"secret"`
	ForceRefresh bool   `json:"force_refresh"`
}

// asks is the request for a token: of the stable one, or of the classic one,
// which ends the classic token before it.
func (s *TokenSource) asks(force bool) (request, error) {
	if s.account.ClassicToken {
		q := url.Values{"grant_type": {"client_credential"}, "appid": {s.account.AppID}, "secret": {s.account.Secret}}
		return request{path: classicPath, query: "?" + q.Encode()}, nil
	}
	body, err := encode(tokenRequest{"client_credential", s.account.AppID, s.account.Secret, force})
	return request{path: tokenPath, body: body}, err
}

// fetch asks the platform. A token equal to bad is returned but not kept.
func (s *TokenSource) fetch(ctx context.Context, force bool, bad string) (string, error) {
	req, err := s.asks(force)
	if err != nil {
		return "", err
	}
	var res struct {
		Token   string `json:"access_token"`
		Seconds int64  `json:"expires_in"`
	}
	if err := s.to.carry(ctx, req, &res); err != nil {
		return "", err
	}
	if res.Token == "" || res.Seconds <= 0 {
		return "", s.to.fail(req.path, noAnswer, "the answer holds no token")
	}
	if res.Token != bad {
		s.keep(ctx, res.Token, life(res.Seconds))
	}
	return res.Token, nil
}

// life is how long a token is used. One fetched just before the platform's own
// renewal has little more than the margin: it is still used a while, or every
// call in that time would fetch.
func life(seconds int64) time.Duration {
	whole := time.Duration(min(seconds, 24*3600)) * time.Second
	return max(whole-tokenMargin, min(whole/2, time.Minute))
}

func (s *TokenSource) keep(ctx context.Context, token string, ttl time.Duration) {
	s.mu.Lock()
	s.local = memoryToken{value: token, until: s.now().Add(ttl)}
	s.mu.Unlock()
	if err := s.store.Set(ctx, s.key("token"), token, ttl); err != nil {
		s.log.Warn("keep token", "err", err)
	}
}

func (s *TokenSource) forget(bad string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.local.value == bad {
		s.local = memoryToken{}
	}
}

func randomName() string {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
