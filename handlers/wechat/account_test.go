package wechat

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestValidate(t *testing.T) {
	change := func(f func(*Account)) Account {
		a := testAccount
		f(&a)
		return a
	}
	for name, c := range map[string]struct {
		account Account
		want    []string // words of each sentence; none: valid
	}{
		"safe":           {testAccount, nil},
		"compatible":     {change(func(a *Account) { a.Mode = Compatible }), nil},
		"plain":          {change(func(a *Account) { a.Mode, a.AESKey = Plain, "" }), nil},
		"stray bits":     {change(func(a *Account) { a.AESKey = "o9XmzVxqnkkTbFnFmAVZSXZcrbmHNxPBVjbEkHBkRsS" }), nil},
		"empty":          {Account{}, []string{"token is empty", "app id is empty", "AES key is empty"}},
		"short key":      {change(func(a *Account) { a.AESKey = "short-key-value" }), []string{"AES key is wrong"}},
		"bad previous":   {change(func(a *Account) { a.PreviousAESKey = strings.Repeat("*", 43) }), []string{"previous WeChat AES key is wrong"}},
		"plain with key": {change(func(a *Account) { a.Mode = Plain }), []string{"mode is plain but an AES key is set"}},
		"unknown mode":   {change(func(a *Account) { a.Mode = "SAFE" }), []string{`mode "SAFE" is unknown`}},
	} {
		err := c.account.Validate()
		if len(c.want) == 0 && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, words := range c.want {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: %v lacks %q", name, err, words)
			}
		}
		if err != nil && strings.Contains(err.Error(), "short-key-value") {
			t.Errorf("%s: quotes the key: %v", name, err)
		}
	}
}

// TestKeyRotation: messages under either key are heard, and answered with the
// key that they came under.
func TestKeyRotation(t *testing.T) {
	account := testAccount
	account.AESKey, account.PreviousAESKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", testAccount.AESKey
	s := newStand(t, account, echo, nil, nil)
	now := time.Now()
	current, before := testWire, testWire
	current.AESKey = account.AESKey
	for i, w := range []struct {
		name string
		key  string
	}{{"current", current.AESKey}, {"previous", before.AESKey}} {
		use := testWire
		use.AESKey = w.key
		reply, status, err := use.Post(t.Context(), s.client, s.url, use.Text("o1", "hi", int64(i), now), now)
		if err != nil || status != 200 || !strings.Contains(string(reply), "您讲：hi") {
			t.Errorf("%s: %q %d %v", w.name, reply, status, err)
		}
	}
	third := testWire
	third.AESKey = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
	if _, status, _ := third.Post(t.Context(), s.client, s.url, third.Text("o1", "hi", 9, now), now); status != http.StatusBadRequest {
		t.Errorf("unknown key: %d", status)
	}
}

func TestPlainMode(t *testing.T) {
	account := testAccount
	account.Mode, account.AESKey = Plain, ""
	s := newStand(t, account, echo, nil, nil)
	plain := testWire
	plain.AESKey = ""
	now := time.Now()
	reply, status, err := plain.Post(t.Context(), s.client, s.url, plain.Text("o1", "hi", 1, now), now)
	if err != nil || status != 200 || !strings.Contains(string(reply), "<Content><![CDATA[您讲：hi]]></Content>") {
		t.Errorf("%q %d %v", reply, status, err)
	}
	plain.Token = "guess"
	if _, status, _ := plain.Post(t.Context(), s.client, s.url, plain.Text("o1", "hi", 2, now), now); status != http.StatusForbidden {
		t.Errorf("unsigned: %d", status)
	}
}

func TestVerification(t *testing.T) {
	account := testAccount
	account.Token = "AAAAA"
	s := newStand(t, account, echo, nil, func(o *GateOptions) { o.Now = func() time.Time { return time.Unix(1714036600, 0) } })
	const right = "?signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249"
	for name, c := range map[string]struct {
		method, query string
		status        int
		body          string
	}{
		"official":    {"GET", right, 200, "4375120948345356249"},
		"unsigned":    {"GET", "?echostr=1", 403, ""},
		"wrong":       {"GET", strings.Replace(right, "f464", "0464", 1), 403, ""},
		"put":         {"PUT", right, 405, ""},
		"delete":      {"DELETE", right, 405, ""},
		"post is not": {"POST", right, 403, ""},
	} {
		req, err := http.NewRequest(c.method, s.url+c.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		if status, body := s.raw(t, req); status != c.status || body != c.body {
			t.Errorf("%s: %d %q", name, status, body)
		}
	}
}

func TestOtherAccountRefused(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	other := testWire
	other.AccountID = "gh_stranger"
	now := time.Now()
	if _, status, _ := other.Post(t.Context(), s.client, s.url, other.Text("o1", "hi", 1, now), now); status != http.StatusForbidden {
		t.Errorf("%d", status)
	}
	any := testAccount
	any.ID = ""
	s = newStand(t, any, echo, nil, nil)
	if _, status, err := other.Post(t.Context(), s.client, s.url, other.Text("o1", "hi", 1, now), now); status != http.StatusOK {
		t.Errorf("an account without id: %d %v", status, err)
	}
}
