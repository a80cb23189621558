package simulator

import (
	"crypto/rand"
	"sync"
	"time"
)

// codeLife is how long a login code can be exchanged.
const codeLife = 5 * time.Minute

// login is one code that was given out.
type login struct {
	person string
	at     time.Time
	used   bool
}

// logins are the codes with which accounts learn whose phone opened a page.
type logins struct {
	now func() time.Time
	mu  sync.Mutex
	all map[string]login
}

func newLogins(now func() time.Time) *logins { return &logins{now: now, all: map[string]login{}} }

func (l *logins) issue(person string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for code, old := range l.all {
		if l.now().Sub(old.at) > 2*codeLife {
			delete(l.all, code)
		}
	}
	code := rand.Text()
	l.all[code] = login{person: person, at: l.now()}
	return code
}

// take exchanges a code, once.
func (l *logins) take(code string) (person string, no int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	in, ok := l.all[code]
	switch {
	case !ok || l.now().Sub(in.at) > codeLife:
		return "", codeLogin
	case in.used:
		return "", codeLoginUsed
	}
	in.used = true
	l.all[code] = in
	return in.person, 0
}

// loginView is what the exchange of a code tells.
type loginView struct {
	Token   string `json:"access_token"`
	Expire  int    `json:"expires_in"`
	Refresh string `json:"refresh_token"`
	OpenID  string `json:"openid"`
	Scope   string `json:"scope"`
}

func (s *Simulator) apiLogin(c call) (any, *refusal) {
	q := c.query
	if no := s.checkApp(q.Get("grant_type"), "authorization_code", q.Get("appid"), q.Get("secret")); no != nil {
		return nil, no
	}
	person, code := s.codes.take(q.Get("code"))
	if code != 0 {
		return nil, refuse(code, "code: "+q.Get("code")) // the real one quotes it as well
	}
	v := loginView{Token: "OAUTH_" + rand.Text(), Expire: 7200, Refresh: "OAUTH_" + rand.Text(), Scope: "snsapi_base"}
	if err := s.book.look(person, func(ch *chat) { v.OpenID = ch.person.OpenID }); err != nil {
		return nil, refuse(codeLogin, "")
	}
	return v, nil
}
