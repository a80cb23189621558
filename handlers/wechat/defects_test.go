package wechat

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mishu/bot/talk"
)

// The tests of this file carry the numbers of wechat-platform 2.4: what the
// usual Go library gets wrong on the way in, and ours must not.

// counted hears and counts.
func counted(n *atomic.Int64) hearFunc {
	return func(_ context.Context, m talk.Message) (talk.Reply, error) {
		n.Add(1)
		return talk.Reply{Text: "您讲：" + m.Text}, nil
	}
}

// sealedRequest is a good request that a test then spoils.
func sealedRequest(t *testing.T, s *stand, message []byte, at time.Time) *http.Request {
	t.Helper()
	req, err := testWire.Request(s.url, message, at)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func setQuery(req *http.Request, name, value string) {
	q := req.URL.Query()
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	req.URL.RawQuery = q.Encode()
}

func TestDefect1And2ModeIsNotTheCallersChoice(t *testing.T) {
	var heard atomic.Int64
	for _, mode := range []Mode{Safe, Compatible} {
		account := testAccount
		account.Mode = mode
		s := newStand(t, account, counted(&heard), nil, nil)
		now := time.Now()
		plain := testWire
		plain.AESKey = ""
		downgrade, err := plain.Request(s.url, testWire.Text("o1", "hi", 1, now), now)
		if err != nil {
			t.Fatal(err)
		}
		if status, body := s.raw(t, downgrade); status != http.StatusForbidden || body != "" {
			t.Errorf("%s: plaintext answered %d %q", mode, status, body)
		}
		for _, kind := range []string{"AES", "raw", ""} {
			req := sealedRequest(t, s, testWire.Text("o1", "hi", 2, now), now)
			setQuery(req, "encrypt_type", kind)
			if status, body := s.raw(t, req); status != http.StatusForbidden || body != "" {
				t.Errorf("%s: encrypt_type=%q answered %d %q", mode, kind, status, body)
			}
		}
		req, err := plain.Request(s.url, testWire.Text("o1", "hi", 3, now), now)
		if err != nil {
			t.Fatal(err)
		}
		setQuery(req, "encrypt_type", "aes")
		setQuery(req, "msg_signature", strings.Repeat("0", 40))
		if status, _ := s.raw(t, req); status != http.StatusForbidden {
			t.Errorf("%s: plaintext dressed as aes answered %d", mode, status)
		}
	}
	if heard.Load() != 0 {
		t.Errorf("heard %d messages", heard.Load())
	}
}

func TestDefect3TimestampsOf64Bits(t *testing.T) {
	for _, at := range []time.Time{time.Unix(2147483648, 0), time.Unix(253402300799, 0)} {
		s := newStand(t, testAccount, echo, nil, func(o *GateOptions) { o.Now = func() time.Time { return at } })
		if words, status, err := s.say(t, testWire.Text("o1", "hi", 1, at)); words != "您讲：hi" || err != nil {
			t.Errorf("%v: %q %d %v", at, words, status, err)
		}
	}
}

func TestDefect4SignaturesAreAllChecked(t *testing.T) {
	var heard atomic.Int64
	s := newStand(t, testAccount, counted(&heard), nil, nil)
	now := time.Now()
	for _, name := range []string{"signature", "msg_signature", "timestamp", "nonce"} {
		for _, wrong := range []string{"", "0", strings.Repeat("a", 40)} {
			req := sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)
			setQuery(req, name, wrong)
			if status, body := s.raw(t, req); status != http.StatusForbidden || body != "" {
				t.Errorf("%s=%q: %d %q", name, wrong, status, body)
			}
		}
	}
	if heard.Load() != 0 {
		t.Errorf("heard %d messages", heard.Load())
	}
}

func TestDefect5Window(t *testing.T) {
	at := time.Unix(1_790_000_000, 0)
	for name, c := range map[string]struct {
		window, off time.Duration
		status      int
	}{
		"inside":        {10 * time.Minute, -10 * time.Minute, 200},
		"early inside":  {10 * time.Minute, 10 * time.Minute, 200},
		"stale":         {10 * time.Minute, -10*time.Minute - time.Second, 403},
		"from tomorrow": {10 * time.Minute, 24 * time.Hour, 403},
		"year 2000":     {10 * time.Minute, -26 * 365 * 24 * time.Hour, 403},
		"window off":    {0, -26 * 365 * 24 * time.Hour, 200},
	} {
		s := newStand(t, testAccount, echo, nil, func(o *GateOptions) {
			o.Window, o.Now = c.window, func() time.Time { return at }
		})
		signed := at.Add(c.off)
		if status, _ := s.raw(t, sealedRequest(t, s, testWire.Text("o1", "hi", 1, signed), signed)); status != c.status {
			t.Errorf("%s: %d, want %d", name, status, c.status)
		}
	}
}

func TestDefect6EmptyTokenRefused(t *testing.T) {
	account := testAccount
	account.Token = ""
	if err := account.Validate(); err == nil || !strings.Contains(err.Error(), "token is empty") {
		t.Errorf("Validate: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a gate without token was made")
		}
	}()
	NewGate(account, echo, nil, GateOptions{})
}

func TestDefect7PostWithEchostrIsAMessage(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	req := sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)
	setQuery(req, "echostr", "<script>")
	if status, body := s.raw(t, req); status != 200 || !strings.Contains(body, "<Encrypt>") || strings.Contains(body, "script") {
		t.Errorf("%d %q", status, body)
	}
}

func TestDefect8BodyLimit(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	for name, length := range map[string]int64{"announced": maxBody + 1, "chunked": -1} {
		req := sealedRequest(t, s, nil, now)
		req.Body = io.NopCloser(bytes.NewReader(make([]byte, maxBody+1)))
		req.ContentLength = length
		if status, body := s.raw(t, req); status != http.StatusRequestEntityTooLarge || body != "" {
			t.Errorf("%s: %d %q", name, status, body)
		}
	}
}

func TestDefect9MalformedIsNotOK(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	for _, message := range []string{
		"", "hello", "{}", "<xml>", "<xml></xml>", "<xml><MsgType>text</MsgType></xml>", "<html></html>",
		"<xml><ToUserName>gh_c0ffee</ToUserName><FromUserName>o1</FromUserName><MsgType>text</MsgType>",
		"<!DOCTYPE x><xml><ToUserName>gh_c0ffee</ToUserName></xml>",
		`{"ToUserName":"gh_c0ffee","FromUserName":"o1","MsgType":"text"}`,
	} {
		if status, body := s.raw(t, sealedRequest(t, s, []byte(message), now)); status != http.StatusBadRequest || body != "" {
			t.Errorf("%q: %d %q", message, status, body)
		}
	}
	failing := hearFunc(func(context.Context, talk.Message) (talk.Reply, error) { return talk.Reply{}, context.Canceled })
	s = newStand(t, testAccount, failing, nil, nil)
	if status, body := s.raw(t, sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)); status != 500 || body != "" {
		t.Errorf("hear error: %d %q", status, body)
	}
}

func TestDefect10NothingToSayIsSuccess(t *testing.T) {
	for _, nothing := range []string{"", "  \n", "\x00\x0b"} {
		silent := hearFunc(func(context.Context, talk.Message) (talk.Reply, error) { return talk.Reply{Text: nothing}, nil })
		s := newStand(t, testAccount, silent, nil, nil)
		now := time.Now()
		if status, body := s.raw(t, sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)); status != 200 || body != "success" {
			t.Errorf("%q: %d %q", nothing, status, body)
		}
	}
}

func TestDefect11PanicsAreContained(t *testing.T) {
	var calls atomic.Int64
	s := newStand(t, testAccount, hearFunc(func(context.Context, talk.Message) (talk.Reply, error) {
		if calls.Add(1) == 1 {
			panic("王桂香 told me secrets")
		}
		return talk.Reply{Text: "好了"}, nil
	}), nil, nil)
	now := time.Now()
	message := testWire.Text("o1", "hi", 1, now)
	if status, body := s.raw(t, sealedRequest(t, s, message, now)); status != 500 || body != "" {
		t.Errorf("panic answered %d %q", status, body)
	}
	if words, status, err := s.say(t, message); words != "好了" {
		t.Errorf("the retry got %q %d %v", words, status, err)
	}
	if log := s.log.String(); !strings.Contains(log, "hear panicked") {
		t.Errorf("log: %s", log)
	}
}

// brokenWriter is a client that is gone.
type brokenWriter struct{ http.ResponseWriter }

func (brokenWriter) Write([]byte) (int, error) { return 0, http.ErrHandlerTimeout }

func TestDefect11ClientGoneWhileWriting(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	s.pace.grace = 10 * time.Millisecond
	now := time.Now()
	req := sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)
	s.ServeHTTP(brokenWriter{httptest.NewRecorder()}, req)
	if got := s.late.wait(t); got != "o1: 您讲：hi" {
		t.Errorf("late: %q", got)
	}
}

func TestDefect12FreshRandomAndNonce(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	seen := map[string]bool{}
	for range 20 {
		req := sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)
		nonce := req.URL.Query().Get("nonce")
		_, body := s.raw(t, req)
		in, err := Parse(body)
		if err != nil || in.Encrypt == "" || strings.Contains(body, nonce) {
			t.Fatalf("%v %q", err, body)
		}
		if first := in.Encrypt[:20]; seen[first] { // 20 characters are the first block, all of it random
			t.Fatal("the first block repeats")
		} else {
			seen[first] = true
		}
	}
}
