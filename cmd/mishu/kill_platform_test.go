//go:build failpoints

package main

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"mishu/handlers/wechat"
	"mishu/handlers/wechat/wire"
)

// crashAccount is what platform and server share.
var crashAccount = wire.Wire{
	Token: "crashtoken", AESKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", AppID: "wxcrash0000000001", AccountID: "gh_crash",
}

// mail is one letter as the platform saw it.
type mail struct{ to, text string }

// platform counts the letters that arrive at its API. Unlike the real one it
// knows no windows: what is under test is how often a letter comes.
type platform struct {
	*httptest.Server
	mu      sync.Mutex
	letters map[mail]int
	slow    chan struct{} // if set, told of each letter, which is then answered late
}

func newPlatform(t *testing.T) *platform {
	t.Helper()
	p := &platform{letters: map[mail]int{}}
	mux := http.NewServeMux()
	tagsToo(mux)
	mux.HandleFunc("POST /cgi-bin/stable_token", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"access_token":"crash-test","expires_in":7200}`)
	})
	mux.HandleFunc("POST /cgi-bin/message/custom/send", p.receive)
	mux.HandleFunc("POST /cgi-bin/message/template/send", p.receive)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *platform) receive(w http.ResponseWriter, r *http.Request) {
	var m struct {
		ToUser string `json:"touser"`
		Text   struct {
			Content string `json:"content"`
		} `json:"text"`
	}
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		_, _ = io.WriteString(w, `{"errcode":47001,"errmsg":"data format error"}`)
		return
	}
	p.mu.Lock()
	p.letters[mail{m.ToUser, m.Text.Content}]++
	slow := p.slow
	p.mu.Unlock()
	if slow != nil {
		slow <- struct{}{}
		time.Sleep(300 * time.Millisecond)
	}
	_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok","msgid":1}`)
}

// arrived are the letters so far.
func (p *platform) arrived() map[mail]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	letters := make(map[mail]int, len(p.letters))
	for m, n := range p.letters {
		letters[m] = n
	}
	return letters
}

// words is one message that somebody wrote, delivered as often as needed.
type words struct {
	from string // OpenID
	id   int64
	text string
	at   time.Time
}

// wrote is a message that was written just now; its id is the moment.
func wrote(from, text string) words {
	now := time.Now()
	return words{from: from, id: now.UnixNano(), text: text, at: now}
}

func (m words) xml() []byte { return crashAccount.Text(m.from, m.text, m.id, m.at) }

// key is how the records know the message.
func (m words) key(t *testing.T) string {
	t.Helper()
	in, err := wechat.Parse(string(m.xml()))
	if err != nil {
		t.Fatal(err)
	}
	return in.Key()
}

// deliver brings the message once. false: no answer, the platform asks again.
func (m words) deliver(t *testing.T, url string) (string, bool) {
	t.Helper()
	// A connection of its own, as the platform's servers are many; it waits a
	// little longer than the platform's five seconds, to see what closes first.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 6 * time.Second}
	body, status, err := crashAccount.Post(t.Context(), client, url+"/wechat", m.xml(), time.Now())
	if err != nil || status >= http.StatusInternalServerError {
		return "", false
	}
	if status != http.StatusOK {
		t.Errorf("%q was refused with %d", m.text, status)
	}
	if string(body) == wire.Success {
		return "", true
	}
	var reply struct{ Content string }
	if err := xml.Unmarshal(body, &reply); err != nil {
		t.Errorf("reply to %q: %v", m.text, err)
	}
	return reply.Content, true
}
