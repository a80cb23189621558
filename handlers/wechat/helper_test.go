package wechat

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/handlers/wechat/wire"
)

var testAccount = Account{
	ID:     "gh_c0ffee",
	AppID:  "wxb11529c136998cb6",
	Secret: "appsecret-of-nobody",
	Token:  "pamtest",
	AESKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}

var testWire = wire.Wire{
	Token: testAccount.Token, AESKey: testAccount.AESKey, AppID: testAccount.AppID, AccountID: testAccount.ID,
}

// hearFunc is a conversation of one function.
type hearFunc func(ctx context.Context, m talk.Message) (talk.Reply, error)

func (f hearFunc) Hear(ctx context.Context, m talk.Message) (talk.Reply, error) { return f(ctx, m) }

// echo repeats what was said.
var echo = hearFunc(func(_ context.Context, m talk.Message) (talk.Reply, error) {
	return talk.Reply{Text: "您讲：" + m.Text}, nil
})

// records is what a test says is committed.
type records struct {
	mu      sync.Mutex
	replies map[string]talk.Reply // by key; "*" stands for every key
	err     error
}

func (r *records) Committed(_ context.Context, _, key string) (talk.Reply, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	reply, found := r.replies[key]
	if !found {
		reply, found = r.replies["*"]
	}
	return reply, found, r.err
}

// lateBox gathers what went to OnLate.
type lateBox struct {
	mu   sync.Mutex
	said []string
	came chan string
}

func newLateBox() *lateBox { return &lateBox{came: make(chan string, 16)} }

func (b *lateBox) take(m talk.Message, r talk.Reply) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, m.OpenID+": "+r.Text)
	b.came <- m.OpenID + ": " + r.Text
}

func (b *lateBox) wait(t *testing.T) string {
	t.Helper()
	select {
	case s := <-b.came:
		return s
	case <-time.After(3 * time.Second):
		t.Fatal("nothing came late")
		return ""
	}
}

func (b *lateBox) none(t *testing.T, within time.Duration) {
	t.Helper()
	select {
	case s := <-b.came:
		t.Errorf("came late: %q", s)
	case <-time.After(within):
	}
}

// stand is a gate behind a real server, with its log kept.
type stand struct {
	*Gate
	url    string
	client *http.Client
	log    *syncBuffer
	late   *lateBox
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// newStand opens a gate for tests; change, if not nil, alters the options.
func newStand(t *testing.T, account Account, hear Hearer, done Committed, change func(*GateOptions)) *stand {
	t.Helper()
	s := &stand{log: &syncBuffer{}, late: newLateBox()}
	opt := GateOptions{
		Window: 10 * time.Minute,
		Log:    slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		OnLate: s.late.take,
	}
	if change != nil {
		change(&opt)
	}
	s.Gate = NewGate(account, hear, done, opt)
	srv := httptest.NewUnstartedServer(s.Gate)
	srv.Config.ErrorLog = slog.NewLogLogger(slog.NewTextHandler(s.log, nil), slog.LevelError)
	srv.Start()
	s.url, s.client = srv.URL, srv.Client()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = s.Close(ctx)
		srv.Close()
	})
	return s
}

// say delivers one message once and returns the words of the answer, or
// `success`.
func (s *stand) say(t *testing.T, message []byte) (words string, status int, err error) {
	t.Helper()
	reply, status, err := testWire.Post(context.Background(), s.client, s.url, message, s.opt.Now())
	if err != nil || status != http.StatusOK || string(reply) == wire.Success {
		return string(reply), status, err
	}
	in, err := Parse(string(reply))
	if err != nil {
		t.Fatalf("reply %q: %v", reply, err)
	}
	return in.Content, status, nil
}

// raw sends any request and returns its status and body.
func (s *stand) raw(t *testing.T, req *http.Request) (int, string) {
	t.Helper()
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}
