package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// letter is one push as it arrived at the platform.
type letter struct{ to, text string }

// postOffice is the platform's API. It takes every letter.
type postOffice struct {
	*httptest.Server
	refuse  atomic.Bool // quotes what it refuses
	mu      sync.Mutex
	letters []letter
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	p := &postOffice{}
	mux := http.NewServeMux()
	tagsToo(mux)
	mux.HandleFunc("POST /cgi-bin/stable_token", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"access_token":"`+officialAccess+`","expires_in":7200}`)
	})
	mux.HandleFunc("POST /cgi-bin/message/custom/send", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			To   string `json:"touser"`
			Text struct {
				Content string `json:"content"`
			} `json:"text"`
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.URL.Query().Get("access_token") != officialAccess {
			t.Errorf("a call that the platform would refuse: %v", err)
		}
		if p.refuse.Load() {
			_ = json.NewEncoder(w).Encode(map[string]any{"errcode": 40003, "errmsg": "invalid openid " + in.To + " for " + in.Text.Content + " by " + officialAccess})
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.letters = append(p.letters, letter{in.To, afterOpening(in.Text.Content)})
		_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// afterOpening is what a message says once it is opened: before it stands what a
// locked telephone shows.
func afterOpening(text string) string {
	opening, words, found := strings.Cut(text, "：\n")
	if !found || !strings.Contains(opening, "点开来看") {
		return text
	}
	return words
}

// take removes the first letter that fits and returns whether there was one.
func (p *postOffice) take(fits func(letter) bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, l := range p.letters {
		if fits(l) {
			p.letters = append(p.letters[:i], p.letters[i+1:]...)
			return true
		}
	}
	return false
}

func (p *postOffice) left() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.letters...)
}
