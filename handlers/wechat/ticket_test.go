package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ticketed is a platform that gives out tickets K1, K2 ... and exchanges login
// codes.
type ticketed struct {
	*platform
	given   atomic.Int64
	seconds atomic.Int64
	logins  atomic.Int64
	answer  string // raw, to a login
}

func newTicketed(t *testing.T) *ticketed {
	t.Helper()
	p := &ticketed{platform: newPlatform(t), answer: `{"access_token":"OAUTH","openid":"oVillager1","scope":"snsapi_base"}`}
	p.seconds.Store(7200)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case ticketPath:
			if r.URL.Query().Get("type") != "jsapi" || !strings.HasPrefix(r.URL.Query().Get("access_token"), "SECRET-T") {
				t.Errorf("ticket asked by %s", r.URL.RawQuery)
			}
			_, _ = fmt.Fprintf(w, `{"errcode":0,"errmsg":"ok","ticket":"K%d","expires_in":%d}`, p.given.Add(1), p.seconds.Load())
		case loginPath:
			p.logins.Add(1)
			_, _ = io.WriteString(w, strings.ReplaceAll(p.answer, "CODE", r.URL.Query().Get("code")))
		default:
			p.serve(w, r)
		}
	}))
	t.Cleanup(front.Close)
	p.platform.URL = front.URL
	return p
}

func (p *ticketed) tickets(store TokenStore, clock *testClock) *TicketSource {
	return NewTickets(p.api(clock), store, clock.now, p.logger())
}

// One ticket is fetched for several processes; it is used until shortly before
// its end, and a moment where the platform gives next to no time.
func TestOneTicketForAll(t *testing.T) {
	clock := newClock()
	stores(t, clock, func(t *testing.T, store TokenStore) {
		p := newTicketed(t)
		var wg sync.WaitGroup
		for range 2 {
			source := p.tickets(store, clock)
			for range 20 {
				wg.Go(func() {
					if ticket, err := source.Ticket(t.Context()); ticket != "K1" || err != nil {
						t.Errorf("%q %v", ticket, err)
					}
				})
			}
		}
		wg.Wait()
		if n := p.given.Load(); n != 1 {
			t.Errorf("%d fetches", n)
		}
	})
}

func TestTicketEnds(t *testing.T) {
	p, clock := newTicketed(t), newClock()
	source := p.tickets(NewMemoryTokens(clock.now), clock)
	want := func(ticket string) {
		t.Helper()
		if got, err := source.Ticket(t.Context()); got != ticket || err != nil {
			t.Errorf("%q %v, want %q", got, err, ticket)
		}
	}
	want("K1")
	clock.move(114 * time.Minute)
	want("K1")
	clock.move(2 * time.Minute)
	p.seconds.Store(1)
	want("K2")
	clock.move(2 * time.Second)
	p.seconds.Store(0)
	if _, err := source.Ticket(t.Context()); err == nil {
		t.Error("a ticket without a life is taken")
	}
}

// A ticket that phones refuse is given up once a minute, whoever says so.
func TestDoubtedTicket(t *testing.T) {
	clock := newClock()
	p := newTicketed(t)
	store := NewMemoryTokens(clock.now)
	one, two := p.tickets(store, clock), p.tickets(store, clock)
	doubt := func(s *TicketSource, want string) {
		t.Helper()
		if err := s.Doubted(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, s := range []*TicketSource{one, two} {
			if got, err := s.Ticket(t.Context()); got != want || err != nil {
				t.Errorf("%q %v, want %q", got, err, want)
			}
		}
	}
	doubt(one, "K2")
	doubt(two, "K2")
	clock.move(61 * time.Second)
	doubt(two, "K3")
}

// deaf is a store that is away.
type deaf struct{ TokenStore }

var errDeaf = errors.New("connection refused")

func (deaf) Get(context.Context, string) (string, bool, error)                 { return "", false, errDeaf }
func (deaf) Set(context.Context, string, string, time.Duration) error          { return errDeaf }
func (deaf) CompareAndDelete(context.Context, string, string) error            { return errDeaf }
func (deaf) Lock(context.Context, string, string, time.Duration) (bool, error) { return false, errDeaf }

// Without the store each process goes on with a ticket of its own.
func TestTicketWithoutRedis(t *testing.T) {
	p, clock := newTicketed(t), newClock()
	source := p.tickets(deaf{}, clock)
	for range 3 {
		if got, err := source.Ticket(t.Context()); got != "K1" || err != nil {
			t.Errorf("%q %v", got, err)
		}
	}
	if id, err := NewLogins(p.api(clock), deaf{}).OpenID(t.Context(), "c"); id != "oVillager1" || err != nil {
		t.Errorf("login: %q %v", id, err)
	}
}

// The example of the platform's page on the JS-SDK, and what must not change it.
func TestPageSignatureVector(t *testing.T) {
	const ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
	for _, address := range []string{"http://mp.weixin.qq.com?params=value", "http://mp.weixin.qq.com?params=value#top"} {
		if got := signPage(ticket, "Wm3WZYTPz0wzccnW", 1414587457, address); got != "0f9de62fce790f9a083d5c99e95740ceb90c27ed" {
			t.Errorf("%s: %s", address, got)
		}
	}
	p, clock := newTicketed(t), newClock()
	source := p.tickets(NewMemoryTokens(clock.now), clock)
	const page = "https://mishu.example.com/wechat/notices?in"
	s, err := source.SignPage(t.Context(), page)
	if err != nil || s.AppID != testAccount.AppID || s.Timestamp != clock.now().Unix() || s.Signature != signPage("K1", s.Nonce, s.Timestamp, page) {
		t.Errorf("%+v %v", s, err)
	}
	if again, _ := source.SignPage(t.Context(), page); again.Nonce == s.Nonce {
		t.Error("the same nonce twice")
	}
}

// A code is exchanged once, on whichever process, and the platform's refusals are
// told apart. No error holds the code, the secret or the OpenID.
func TestLogin(t *testing.T) {
	clock := newClock()
	stores(t, clock, func(t *testing.T, store TokenStore) {
		p := newTicketed(t)
		one, two := NewLogins(p.api(clock), store), NewLogins(p.api(clock), store)
		if id, err := one.OpenID(t.Context(), "CODEcode1"); id != "oVillager1" || err != nil {
			t.Errorf("%q %v", id, err)
		}
		for _, l := range []*Logins{one, two} {
			if _, err := l.OpenID(t.Context(), "CODEcode1"); !errors.Is(err, ErrCodeUsed) {
				t.Errorf("again: %v", err)
			}
		}
		if n := p.logins.Load(); n != 1 {
			t.Errorf("the platform was asked %d times about one code", n)
		}
		var texts []string
		for i, c := range []struct {
			answer string
			want   error
		}{
			{`{"errcode":40029,"errmsg":"invalid code CODE rid: 1"}`, ErrCodeUsed},
			{`{"errcode":40163,"errmsg":"code been used CODE"}`, ErrCodeUsed},
			{`{"openid":"oVillager2","is_snapshotuser":1}`, ErrSnapshot},
			{`{}`, nil},
			{`<html>`, nil},
			{`{"errcode":40125,"errmsg":"invalid appsecret CODE ` + testAccount.Secret + `"}`, nil},
		} {
			p.answer = c.answer
			id, err := two.OpenID(t.Context(), fmt.Sprintf("CODEother%d", i))
			if id != "" || err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s: %q %v", c.answer, id, err)
			}
			texts = append(texts, err.Error())
		}
		p.checkNoSecrets(t, texts...)
		for _, text := range append(texts, p.log.String()) {
			if strings.Contains(text, "CODE") {
				t.Errorf("a code is shown: %s", text)
			}
		}
	})
}
