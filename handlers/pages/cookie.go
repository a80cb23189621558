package pages

import (
	"net/http"
	"time"
)

// The cookies: the state of a login under way, and who it is afterwards.
const (
	stateCookie   = "mishu_login"
	sessionCookie = "mishu_session"

	stateLives   = 10 * time.Minute
	sessionLives = 2 * time.Hour
)

// put gives a sealed cookie to the phone. Scripts cannot read it, no other site
// can make the phone send it along with a form, and it never leaves HTTPS.
func (p *Pages) put(w http.ResponseWriter, name string, v sealed, lives time.Duration) error {
	v.Until = p.opt.Now().Add(lives).Unix()
	text, err := p.seals[name].close(v)
	if err != nil {
		return err
	}
	http.SetCookie(w, p.cookie(name, text, int(lives.Seconds())))
	return nil
}

func (p *Pages) forget(w http.ResponseWriter, name string) {
	http.SetCookie(w, p.cookie(name, "", -1))
}

func (p *Pages) cookie(name, text string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: text, Path: p.opt.Path, MaxAge: seconds,
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	}
}

// got opens a cookie. A phone may send several of one name, those of other
// accounts on this host among them: the one that is ours opens.
func (p *Pages) got(r *http.Request, name string) (sealed, bool) {
	for _, c := range r.CookiesNamed(name) {
		if v, err := p.seals[name].open(c.Value, p.opt.Now()); err == nil {
			return v, true
		}
	}
	return sealed{}, false
}
