package wechat

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// platform is a pretend API: it gives out tokens T1, T2 ... and answers calls
// as the test scripts them.
type platform struct {
	*httptest.Server
	log *syncBuffer

	mu       sync.Mutex
	tokens   int      // given out so far
	valid    string   // the token that calls must carry; "" takes the last one
	seconds  int      // expires_in
	fixed    bool     // normal mode gives the same token until forced
	forced   int      // forced renewals
	answers  []answer // one a call, the last repeats
	sent     []string // bodies of calls
	tokenErr string   // raw answer of the token path
	userInfo string   // raw answer of user/info
	asked    int      // calls of user/info
}

// answer is how one call ends. JSON if body is set, else by what.
type answer struct {
	body   string
	status int
	cut    bool // connection closed without an answer
	slow   time.Duration
}

func code(n int, msg string) answer {
	return answer{body: fmt.Sprintf(`{"errcode":%d,"errmsg":%q}`, n, msg)}
}

func newPlatform(t *testing.T, answers ...answer) *platform {
	t.Helper()
	p := &platform{seconds: 7200, answers: answers, log: &syncBuffer{}, userInfo: `{"subscribe":0,"openid":"oVillager1"}`}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(p.serve))
	p.Config.ErrorLog = slog.NewLogLogger(slog.NewTextHandler(p.log, nil), slog.LevelError)
	p.Start()
	t.Cleanup(p.Close)
	return p
}

func (p *platform) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == tokenPath {
		p.token(w, body)
		return
	}
	if r.URL.Path == "/cgi-bin/user/info" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked++
		_, _ = io.WriteString(w, p.userInfo)
		return
	}
	if r.URL.Path == classicPath {
		p.classic(w, r)
		return
	}
	p.mu.Lock()
	p.sent = append(p.sent, string(body))
	a := answer{body: `{"errcode":0,"errmsg":"ok"}`}
	if n := len(p.answers); n > 0 {
		a = p.answers[min(len(p.sent), n)-1]
	}
	want := p.valid
	p.mu.Unlock()
	if got := r.URL.Query().Get("access_token"); want != "" && got != want {
		a = code(40001, "invalid credential, access_token "+got+" is invalid rid: 6-7")
	}
	time.Sleep(a.slow)
	switch {
	case a.cut:
		panic(http.ErrAbortHandler)
	case a.status != 0:
		w.WriteHeader(a.status)
	}
	_, _ = io.WriteString(w, a.body)
}

func (p *platform) token(w http.ResponseWriter, body []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var req tokenRequest
	_ = json.Unmarshal(body, &req)
	if p.tokenErr != "" {
		_, _ = io.WriteString(w, p.tokenErr)
		return
	}
	if req.Secret != testAccount.Secret {
		_, _ = io.WriteString(w, `{"errcode":40125,"errmsg":"invalid appsecret `+req.Secret+`"}`)
		return
	}
	if req.ForceRefresh {
		p.forced++
	}
	if !p.fixed || p.tokens == 0 || req.ForceRefresh {
		p.tokens++
	}
	_, _ = fmt.Fprintf(w, `{"access_token":"SECRET-T%d","expires_in":%d}`, p.tokens, p.seconds)
}

// classic gives a new token to everybody who asks in the old way.
func (p *platform) classic(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := r.URL.Query()
	if r.Method != http.MethodGet || q.Get("grant_type") != "client_credential" || q.Get("appid") != testAccount.AppID || q.Get("secret") != testAccount.Secret {
		_, _ = io.WriteString(w, `{"errcode":40125,"errmsg":"invalid appsecret"}`)
		return
	}
	p.tokens++
	_, _ = fmt.Fprintf(w, `{"access_token":"SECRET-T%d","expires_in":%d}`, p.tokens, p.seconds)
}

func (p *platform) calls() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sent)
}

func (p *platform) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

// testClock is a wall clock that a test moves.
type testClock struct{ at atomic.Int64 }

func newClock() *testClock {
	c := &testClock{}
	c.at.Store(day.UnixNano())
	return c
}

func (c *testClock) now() time.Time       { return time.Unix(0, c.at.Load()) }
func (c *testClock) move(d time.Duration) { c.at.Add(int64(d)) }

func (p *platform) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (p *platform) source(store TokenStore, clock *testClock) *TokenSource {
	return NewTokens(testAccount, p.URL, store, p.Client(), clock.now, p.logger())
}

func (p *platform) api(clock *testClock) *API {
	store := NewMemoryTokens(clock.now)
	return NewAPI(testAccount, p.URL+"/", p.source(store, clock), p.Client(), APIOptions{Now: clock.now, Log: p.logger()})
}

// checkNoSecrets holds texts and the log against every secret there is.
func (p *platform) checkNoSecrets(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range append(texts, p.log.String()) {
		for _, secret := range []string{testAccount.Secret, "SECRET-T", "access_token=", "oVillager"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q shows %q", text, secret)
			}
		}
	}
}
