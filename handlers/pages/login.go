package pages

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// The refusals of a login.
var (
	ErrCodeUsed = errors.New("the login code was used")
	ErrGuest    = errors.New("a guest of the platform, not the person")
)

// back marks the address of a page to which a login has led.
const back = "in"

// longestCode is more than a login code has characters.
const longestCode = 512

// who is the OpenID of whoever opened the page, "" where a login has begun or
// somebody was told why it cannot.
func (p *Pages) who(w http.ResponseWriter, r *http.Request) string {
	if s, ok := p.got(r, sessionCookie); ok {
		return s.Text
	}
	if r.URL.Query().Has(back) { // a phone that keeps no cookies would go round for ever
		p.tell(w, http.StatusForbidden, expired)
		return ""
	}
	if !p.opt.AnyBrowser && !strings.Contains(r.UserAgent(), "MicroMessenger") {
		p.tell(w, http.StatusOK, outside)
		return ""
	}
	p.begin(w, r)
	return ""
}

// begin sends the phone to the platform, which tells us who it is without asking
// anybody (snsapi_base). The state comes back with the code, and only the phone
// that has the cookie can bring it: nobody is logged in as somebody else by a
// link that he was sent.
func (p *Pages) begin(w http.ResponseWriter, r *http.Request) {
	state := rand.Text()
	if err := p.put(w, stateCookie, sealed{Text: state, To: r.URL.Path}, stateLives); err != nil {
		p.fail(w, err)
		return
	}
	q := url.Values{
		"appid": {p.opt.AppID}, "redirect_uri": {p.opt.Public + p.opt.Path + Login},
		"response_type": {"code"}, "scope": {"snsapi_base"}, "state": {state},
	}
	p.move(w, p.opt.Open+"/connect/oauth2/authorize?"+q.Encode()+"#wechat_redirect")
}

// login is where the platform sends the phone back to.
func (p *Pages) login(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	begun, ok := p.got(r, stateCookie)
	p.forget(w, stateCookie) // good once
	code := q.Get("code")
	if !ok || subtle.ConstantTimeCompare([]byte(begun.Text), []byte(q.Get("state"))) != 1 || code == "" || len(code) > longestCode {
		p.tell(w, http.StatusForbidden, expired)
		return
	}
	select {
	case p.logins <- struct{}{}:
		defer func() { <-p.logins }()
	default:
		p.tell(w, http.StatusServiceUnavailable, crowded)
		return
	}
	openid, err := p.account.OpenID(r.Context(), code)
	switch {
	case errors.Is(err, ErrCodeUsed):
		p.tell(w, http.StatusForbidden, expired)
	case errors.Is(err, ErrGuest):
		p.tell(w, http.StatusForbidden, guest)
	case err != nil:
		p.fail(w, err)
	default:
		if err := p.put(w, sessionCookie, sealed{Text: openid}, sessionLives); err != nil {
			p.fail(w, err)
			return
		}
		p.move(w, p.opt.Public+begun.To+"?"+back) // sealed: it is a page of ours
	}
}

// move sends the phone elsewhere; http.Redirect would write the address, with
// its state, into a body.
func (p *Pages) move(w http.ResponseWriter, address string) {
	headers(w, "")
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusFound)
}
