package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"mishu/handlers/wechat/wire"
	"mishu/storage"
)

// badRequest is something that no platform sends.
type badRequest struct {
	name   string
	query  url.Values
	body   []byte
	status int
}

// badRequests are made from one good envelope: what is wrong is one thing each.
func badRequests(t *testing.T) []badRequest {
	t.Helper()
	message := official.Text("oStranger", "帮我家屋漏水找个人", ids(), time.Now())
	seal := func(w wire.Wire, m []byte, at time.Time) wire.Envelope {
		e, err := w.Seal(m, at)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	now := time.Now()
	good := seal(official, message, now)
	with := func(name, value string) url.Values {
		q := url.Values{}
		for k, v := range good.Query {
			q[k] = v
		}
		if q.Set(name, value); value == "" {
			q.Del(name)
		}
		return q
	}
	plain, otherKey, otherApp := official, official, official
	plain.AESKey = ""
	otherKey.AESKey = strings.ToUpper(official.AESKey[:26]) + official.AESKey[26:]
	otherApp.AppID, otherApp.AccountID = "wxffffffffffffffff", "gh_other"
	old, early := seal(official, message, now.Add(-11*time.Minute)), seal(official, message, now.Add(11*time.Minute))
	open, stranger, other := seal(plain, message, now), seal(otherKey, message, now), seal(otherApp, message, now)
	broken, nothing := seal(official, []byte("<xml><MsgType>text"), now), seal(official, []byte{}, now)
	long := append(bytes.Clone(good.Body), bytes.Repeat([]byte(" "), 64<<10+1-len(good.Body))...)
	return []badRequest{
		{"unsigned", url.Values{}, good.Body, 403},
		{"signature", with("signature", strings.Repeat("0", 40)), good.Body, 403},
		{"message signature", with("msg_signature", strings.Repeat("0", 40)), good.Body, 403},
		{"no message signature", with("msg_signature", ""), good.Body, 403},
		{"nonce changed", with("nonce", "1"), good.Body, 403},
		{"old", old.Query, old.Body, 403},
		{"early", early.Query, early.Body, 403},
		{"64 KiB and one", good.Query, long, 413},
		{"plain", open.Query, open.Body, 403},
		{"plain, said to be sealed", with("encrypt_type", "aes"), open.Body, 403},
		{"another key", stranger.Query, stranger.Body, 400},
		{"another account", other.Query, other.Body, 403},
		{"broken inside", broken.Query, broken.Body, 400},
		{"nothing inside", nothing.Query, nothing.Body, 400},
		{"broken outside", good.Query, good.Body[:len(good.Body)/2], 400},
		{"no XML", good.Query, []byte("{}"), 400},
		{"empty", good.Query, nil, 400},
	}
}

// What is wrong gets a status and not a word, and leaves no trace in any table.
func TestBadInputAtTheWebhook(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		environ := append(account(nobody), fresh(t)...)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
		s := serves(t, environ)
		store := records(t, environ)
		waitFor(t, "the first tick", func() bool { return rows(t, store, "watermark") > 0 })
		before := everyRow(t, store)
		for _, bad := range badRequests(t) {
			status, body := throws(t, http.MethodPost, s.url+"/wechat?"+bad.query.Encode(), bad.body)
			if status != bad.status || body != "" {
				t.Errorf("%s: %d %q, want %d", bad.name, status, body, bad.status)
			}
		}
		for _, method := range []string{http.MethodPut, http.MethodDelete} {
			if status, body := throws(t, method, s.url+"/wechat", nil); status != 405 || body != "" {
				t.Errorf("%s: %d %q", method, status, body)
			}
		}
		if status, body := throws(t, http.MethodGet, s.url+"/wechat?echostr=hello", nil); status != 403 || body != "" {
			t.Errorf("unsigned question for the address: %d %q", status, body)
		}
		if after := everyRow(t, store); after != before {
			t.Errorf("rows before %s\nafter %s", before, after)
		}
		showsNoSecret(t, s.err.String())
	})
}

// throws sends something and returns the status and the body of the answer.
func throws(t *testing.T, method, url string, body []byte) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(said)
}

// everyRow counts the rows of every table, but those that only keep the time.
func everyRow(t *testing.T, store *storage.Store) string {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if store.Driver() == storage.MySQL {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name"
	}
	var tables []string
	if err := store.DB().Select(&tables, query); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range tables {
		if table != "watermark" {
			fmt.Fprintf(&b, "%s:%d ", table, rows(t, store, "`"+table+"`"))
		}
	}
	return b.String()
}

// Kinds of message and event that nobody has heard of are taken, so that the
// platform does not bring them again.
func TestUnknownKindsAreTaken(t *testing.T) {
	t.Parallel()
	s := serves(t, append(account(nobody), backings[1].fresh(t)...))
	for _, fields := range [][]wire.Field{
		{{Name: "MsgType", Text: "hologram"}, {Name: "MsgId", Text: "77"}},
		{{Name: "MsgType", Text: "event"}, {Name: "Event", Text: "TELEPORTED"}},
		{{Name: "MsgType", Text: "event"}, {Name: "Event", Text: "VIEW"}, {Name: "EventKey", Text: "https://example.com"}},
	} {
		status, body := 0, ""
		req, err := official.Request(s.url+"/wechat", official.Message("oStranger", time.Now(), fields...), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(req.Body)
		if err != nil {
			t.Fatal(err)
		}
		if status, body = throws(t, http.MethodPost, req.URL.String(), raw); status != http.StatusOK || body != wire.Success {
			t.Errorf("%v: %d %q", fields, status, body)
		}
	}
}
