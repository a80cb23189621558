package wechat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/talk"
	"mishu/handlers/simulator"
	"mishu/handlers/wechat"
	"mishu/handlers/wechat/wire"
)

// The account of the fault matrix, and the only person who follows it.
const (
	matrixSecret = "appsecret-of-nobody"
	follower     = "oFollowerOfTheMatrix00000001"
	stranger     = "oStrangerOfTheMatrix00000001"
	templateID   = "TPL_MATRIX"
	consentID    = "SUB_MATRIX"

	customPath    = "/cgi-bin/message/custom/send"
	templatePath  = "/cgi-bin/message/template/send"
	subscribePath = "/cgi-bin/message/subscribe/bizsend"
)

// matrixPatience is how long a call is waited for: long for a busy machine, and
// shorter than what is told to be slow.
const matrixPatience = 3 * time.Second

var matrixWire = wire.Wire{Token: "pamtest", AESKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", AppID: "wxb11529c136998cb6", AccountID: "gh_c0ffee"}

// tally is both ledgers, and what was done to them.
type tally struct {
	mu                sync.Mutex
	windows, consents int
	shut, dropped     int
}

func (t *tally) change(f func()) { t.mu.Lock(); defer t.mu.Unlock(); f() }

type windowTally struct{ *tally }

func (t windowTally) Take(context.Context, string, string) (ticket string, _ error) {
	t.change(func() {
		if t.windows > 0 {
			t.windows--
			ticket = "1"
		}
	})
	return ticket, nil
}

func (t windowTally) Give(context.Context, string, string, string) error {
	t.change(func() { t.windows++ })
	return nil
}

func (t windowTally) Shut(context.Context, string, string) error {
	t.change(func() { t.windows, t.shut = 0, t.shut+1 })
	return nil
}

type consentTally struct{ *tally }

func (t consentTally) Take(context.Context, string, string, string, bool) (agreed bool, _ error) {
	t.change(func() {
		if agreed = t.consents > 0; agreed {
			t.consents--
		}
	})
	return agreed, nil
}

func (t consentTally) Give(context.Context, string, string, string) error {
	t.change(func() { t.consents++ })
	return nil
}

func (t consentTally) Drop(context.Context, string, string, string) error {
	t.change(func() { t.consents, t.dropped = 0, t.dropped+1 })
	return nil
}

// bench is the real outbound side against the pretend platform.
type bench struct {
	*wechat.Channels
	*tally
	sim      *simulator.Simulator
	page     http.Handler
	api      *httptest.Server
	registry *prometheus.Registry
	log      bytes.Buffer
	now      time.Time
}

// newBench opens as many windows and consents as are given, of which the
// platform knows too, and templates for who asks.
func newBench(t *testing.T, windows, consents int, template bool) *bench {
	t.Helper()
	b := &bench{tally: &tally{windows: windows, consents: consents}, registry: prometheus.NewRegistry(), now: time.Date(2026, 10, 21, 8, 0, 0, 0, time.UTC)}
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "success") }))
	t.Cleanup(hook.Close)
	var err error
	b.sim, err = simulator.New(simulator.Options{
		Webhook: hook.URL, Wire: matrixWire, Secret: matrixSecret, Log: slog.New(slog.DiscardHandler), Now: b.clock,
		People: func(context.Context, string, int) ([]simulator.Person, error) {
			return []simulator.Person{{ID: "p1", OpenID: follower, Bound: true}, {ID: "p2", OpenID: stranger}}, nil
		},
		Templates: []simulator.Template{{ID: templateID, Fields: []string{"thing1", "time2"}}, {ID: consentID, Subscription: true, Fields: []string{"thing1"}}},
		Cast:      []string{"p1", "p2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.sim.Close() })
	b.page = b.sim.Handler()
	b.api = httptest.NewUnstartedServer(b.sim.API())
	b.api.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	b.api.Start()
	t.Cleanup(b.api.Close)
	if windows > 0 {
		b.does(t, `{"person":"p1","kind":"text","text":"你好"}`)
	}
	for range consents {
		b.does(t, `{"person":"p1","kind":"consent","template":"`+consentID+`","accept":true}`)
	}
	log := slog.New(slog.NewTextHandler(&b.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	account := wechat.Account{ID: matrixWire.AccountID, AppID: matrixWire.AppID, Secret: matrixSecret, Token: matrixWire.Token, AESKey: matrixWire.AESKey}
	client := &http.Client{Timeout: matrixPatience, Transport: &http.Transport{}}
	tokens := wechat.NewTokens(account, b.api.URL, wechat.NewMemoryTokens(b.clock), client, b.clock, log)
	api := wechat.NewAPI(account, b.api.URL, tokens, client, wechat.APIOptions{Now: b.clock, Log: log, Metrics: b.registry})
	opt := wechat.ChannelOptions{
		Subscribe: wechat.Templates{"": {ID: consentID, Fields: map[string]string{"thing1": "{lead}"}}}, Consents: consentTally{b.tally}, Metrics: b.registry,
	}
	if template {
		opt.Templates = wechat.Templates{"": {ID: templateID, Fields: map[string]string{"thing1": "{lead}", "time2": "{time}"}}}
	}
	b.Channels = wechat.NewChannels(api, windowTally{b.tally}, opt)
	return b
}

func (b *bench) clock() time.Time { return b.now }

// does lets somebody do something on his phone.
func (b *bench) does(t *testing.T, act string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/sim/do", strings.NewReader(act))
	r.Host = "127.0.0.1"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	if b.page.ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", act, w.Code, w.Body)
	}
}

// sends sends one letter.
func (b *bench) sends(t *testing.T, to string) talk.Outcome {
	t.Helper()
	return b.Send(t.Context(), talk.Letter{Account: matrixWire.AccountID, OpenID: to, ID: "7", Text: "13号有人了：明天夏满妹来。", Lead: "您托的事有信了，回“看”"})
}

// arrived is how many bubbles came to the follower's phone through the API.
func (b *bench) arrived(t *testing.T) (n int) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/sim/state", nil)
	r.Host = "127.0.0.1"
	w := httptest.NewRecorder()
	b.page.ServeHTTP(w, r)
	var state struct {
		Phones []struct{ Bubbles []struct{ From string } }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &state); err != nil {
		t.Fatal(err)
	}
	for _, p := range state.Phones {
		for _, bubble := range p.Bubbles {
			if bubble.From == "push" {
				n++
			}
		}
	}
	return n
}

// counted reads a metric.
func (b *bench) counted(t *testing.T, name string, labels ...string) float64 {
	t.Helper()
	families, err := b.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			match := true
			for _, l := range m.GetLabel() {
				for i := 0; i < len(labels); i += 2 {
					match = match && (l.GetName() != labels[i] || l.GetValue() == labels[i+1])
				}
			}
			if match {
				return m.GetCounter().GetValue()
			}
		}
	}
	return 0
}

func (b *bench) logsNobody(t *testing.T) {
	t.Helper()
	for _, private := range []string{follower, stranger, matrixSecret, "access_token=", "夏满妹", "您托的事", "99_"} {
		if strings.Contains(b.log.String(), private) {
			t.Errorf("the log holds %q:\n%s", private, b.log.String())
		}
	}
}
