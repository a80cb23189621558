package pages

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// village is an account with two who may come in.
type village struct {
	logins  int
	doubted int
	signed  []string
	fail    error
	left    map[string]int
}

func (v *village) OpenID(_ context.Context, code string) (string, error) {
	v.logins++
	switch {
	case v.fail != nil:
		return "", v.fail
	case !strings.HasPrefix(code, "code-of-"):
		return "", ErrCodeUsed
	}
	return strings.TrimPrefix(code, "code-of-"), nil
}

func (v *village) SignPage(_ context.Context, address string) (Signature, error) {
	v.signed = append(v.signed, address)
	return Signature{AppID: "wx1", Timestamp: 7, Nonce: "n7", Signature: "sig7"}, nil
}

func (v *village) Doubted(context.Context) error { v.doubted++; return nil }

func (v *village) Visitor(_ context.Context, openid string) (Visitor, error) {
	switch openid {
	case "oSecretary":
		return Visitor{Known: true, Name: "向春兰", Works: true, Left: v.left}, nil
	case "oVillager":
		return Visitor{Known: true, Name: "刘满生"}, nil
	case "oBroken":
		return Visitor{}, errors.New("the records are away: oBroken")
	}
	return Visitor{}, nil
}

// phone is a browser: its cookies, and what it was told last.
type phone struct {
	t       *testing.T
	mux     *http.ServeMux
	cookies map[string]string
	agent   string
}

const wechatAgent = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"

// desk is the pages of one account, with a clock.
type desk struct {
	t    *testing.T
	v    *village
	now  time.Time
	mux  *http.ServeMux
	log  bytes.Buffer
	page *Pages
}

func newDesk(t *testing.T, change ...func(*Options)) *desk {
	t.Helper()
	d := &desk{t: t, v: &village{left: map[string]int{}}, now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), mux: http.NewServeMux()}
	opt := Options{
		AppID: "wx1", Secret: "appSecret", Public: "https://mishu.example.com", Path: "/wechat", Open: "https://open.weixin.qq.com",
		Script: "https://res.wx.qq.com/open/js/jweixin-1.6.0.js", Notices: []Notice{{Template: "T1"}, {Template: "T2", Long: true}},
		Now: func() time.Time { return d.now }, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	}
	for _, f := range change {
		f(&opt)
	}
	var err error
	if d.page, err = New(d.v, opt); err != nil {
		t.Fatal(err)
	}
	d.page.Mount(d.mux)
	return d
}

func (d *desk) phone() *phone {
	return &phone{t: d.t, mux: d.mux, cookies: map[string]string{}, agent: wechatAgent}
}

// get asks for a page and keeps the cookies that come with it.
func (p *phone) get(target string) *http.Response {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("User-Agent", p.agent)
	for name, value := range p.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	p.mux.ServeHTTP(w, r)
	res := w.Result()
	for _, c := range res.Cookies() {
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/wechat" {
			p.t.Errorf("a cookie that others may use: %+v", c)
		}
		p.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(p.cookies, c.Name)
		}
	}
	return res
}

func bodyOf(res *http.Response) string {
	var b bytes.Buffer
	_, _ = b.ReadFrom(res.Body)
	return b.String()
}

// begins opens the page and returns the state that the platform gives back.
func (p *phone) begins() string {
	p.t.Helper()
	res := p.get("/wechat/notices")
	to, err := res.Location()
	if res.StatusCode != http.StatusFound || err != nil {
		p.t.Fatalf("%d %v: %s", res.StatusCode, err, bodyOf(res))
	}
	q := to.Query()
	want := url.Values{"appid": {"wx1"}, "redirect_uri": {"https://mishu.example.com/wechat/login"}, "response_type": {"code"}, "scope": {"snsapi_base"}, "state": {q.Get("state")}}
	if to.Host != "open.weixin.qq.com" || to.Path != "/connect/oauth2/authorize" || to.Fragment != "wechat_redirect" || q.Encode() != want.Encode() || len(q.Get("state")) < 20 {
		p.t.Errorf("it goes to %s", to)
	}
	return q.Get("state")
}

// comesIn logs in and returns the page.
func (p *phone) comesIn(openid string) *http.Response {
	p.t.Helper()
	res := p.get("/wechat/login?code=code-of-" + openid + "&state=" + p.begins())
	if to := res.Header.Get("Location"); res.StatusCode != http.StatusFound || to != "https://mishu.example.com/wechat/notices?in" {
		p.t.Fatalf("%d %s: %s", res.StatusCode, to, bodyOf(res))
	}
	return p.get("/wechat/notices?in")
}

// A secretary is known by the platform's word, sees the page with a signature of
// its own address, and is known for two hours.
func TestSecretaryOpensThePage(t *testing.T) {
	d := newDesk(t)
	d.v.left["T1"] = 3
	p := d.phone()
	res := p.comesIn("oSecretary")
	text := bodyOf(res)
	for _, want := range []string{"向春兰，开一下通知", `template="T1,T2"`, "您现在还能收3条", `"appId":"wx1"`, `"signature":"sig7"`, "wx-open-subscribe", "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not hold %q:\n%s", want, text)
		}
	}
	if strings.Join(d.v.signed, " ") != "https://mishu.example.com/wechat/notices?in" {
		t.Errorf("signed: %v", d.v.signed)
	}
	if res.Header.Get("Cache-Control") != "no-store" || !strings.Contains(res.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Errorf("headers: %v", res.Header)
	}
	d.v.left["T2"] = 1
	if text := bodyOf(p.get("/wechat/notices")); !strings.Contains(text, "一直收得到") {
		t.Errorf("with the long one: %s", text)
	}
	d.now = d.now.Add(sessionLives)
	if res := p.get("/wechat/notices"); res.StatusCode != http.StatusFound {
		t.Errorf("after two hours: %d", res.StatusCode)
	}
	if d.v.logins != 1 {
		t.Errorf("%d logins", d.v.logins)
	}
}

// Who has no work in a village is told so, and what he can do; who looks from
// outside of WeChat is sent into it, and nothing is asked of the platform.
func TestOthersAreToldWhy(t *testing.T) {
	d := newDesk(t)
	for openid, want := range map[string]string{"oVillager": "村里干部和志愿者", "oStranger": "公众号还不认得您"} {
		res := d.phone().comesIn(openid)
		if text := bodyOf(res); res.StatusCode != http.StatusForbidden || !strings.Contains(text, want) || strings.Contains(text, "刘满生") {
			t.Errorf("%s: %d %s", openid, res.StatusCode, text)
		}
	}
	outside := d.phone()
	outside.agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/130"
	before := d.v.logins
	res := outside.get("/wechat/notices")
	if text := bodyOf(res); res.StatusCode != http.StatusOK || !strings.Contains(text, "请在微信里打开") || len(outside.cookies) != 0 || d.v.logins != before {
		t.Errorf("outside: %d %s", res.StatusCode, text)
	}
}

// A login that this phone did not begin is refused, whatever its code; so is one
// that comes twice, and one whose cookie was made by somebody else.
func TestForgedLogins(t *testing.T) {
	d := newDesk(t)
	refused := func(what string, p *phone, target string) {
		t.Helper()
		before := d.v.logins
		res := p.get(target)
		if text := bodyOf(res); res.StatusCode != http.StatusForbidden || !strings.Contains(text, "从菜单再点一次") || d.v.logins != before || p.cookies[sessionCookie] != "" {
			t.Errorf("%s: %d, %d logins, %s", what, res.StatusCode, d.v.logins-before, text)
		}
	}
	const code = "?code=code-of-oSecretary&state="
	mine, other := d.phone(), d.phone()
	state := mine.begins()
	refused("a link that somebody was sent", d.phone(), "/wechat/login"+code+state)
	otherState := other.begins()
	refused("the state of another", mine, "/wechat/login"+code+otherState)
	state = mine.begins()
	refused("no code", mine, "/wechat/login?state="+state)
	state = mine.begins()
	refused("a code without end", mine, "/wechat/login?code="+strings.Repeat("x", longestCode+1)+"&state="+state)
	state = mine.begins()
	d.now = d.now.Add(stateLives)
	refused("after ten minutes", mine, "/wechat/login"+code+state)
	state = mine.begins()
	kept := mine.cookies[stateCookie]
	forger := newDesk(t, func(o *Options) { o.Secret = "anotherSecret" })
	p := forger.phone()
	p.cookies[stateCookie] = kept
	if res := p.get("/wechat/login" + code + state); res.StatusCode != http.StatusForbidden || forger.v.logins != 0 {
		t.Errorf("a cookie of another secret: %d", res.StatusCode)
	}
	if res := mine.get("/wechat/login" + code + state); res.StatusCode != http.StatusFound {
		t.Fatalf("the true one: %d", res.StatusCode)
	}
	delete(mine.cookies, sessionCookie)
	refused("the same address again", mine, "/wechat/login"+code+state)
}

// The session's cookie cannot be made, changed or used for another purpose.
func TestForgedSessions(t *testing.T) {
	d := newDesk(t)
	p := d.phone()
	p.comesIn("oSecretary")
	good := p.cookies[sessionCookie]
	if strings.Contains(good, "oSecretary") {
		t.Error("the cookie shows the OpenID")
	}
	state := d.phone()
	state.begins()
	flipped := []byte(good)
	flipped[len(flipped)/2] ^= 1
	for what, value := range map[string]string{
		"changed": string(flipped), "cut": good[:20], "empty": "", "plain": "oSecretary", "of a login": state.cookies[stateCookie],
	} {
		p := d.phone()
		p.cookies[sessionCookie] = value
		if res := p.get("/wechat/notices"); res.StatusCode != http.StatusFound {
			t.Errorf("%s: %d", what, res.StatusCode)
		}
	}
}

// What goes wrong behind a page is told in the page's own words, and nobody is
// named in the log.
func TestTroubleOfPages(t *testing.T) {
	d := newDesk(t)
	p := d.phone()
	res := p.comesIn("oBroken")
	if text := bodyOf(res); res.StatusCode != http.StatusBadGateway || !strings.Contains(text, "这会儿打不开") {
		t.Errorf("the records are away: %d %s", res.StatusCode, text)
	}
	for _, c := range []struct {
		err    error
		status int
		want   string
	}{
		{ErrGuest, http.StatusForbidden, "使用完整服务"}, {ErrCodeUsed, http.StatusForbidden, "从菜单再点一次"}, {errors.New("call: timeout"), http.StatusBadGateway, "过几分钟"},
	} {
		d.v.fail = c.err
		p := d.phone()
		res := p.get("/wechat/login?code=code-of-oSecretary&state=" + p.begins())
		if text := bodyOf(res); res.StatusCode != c.status || !strings.Contains(text, c.want) || p.cookies[sessionCookie] != "" {
			t.Errorf("%v: %d %s", c.err, res.StatusCode, text)
		}
	}
	if log := d.log.String(); strings.Contains(log, "code-of-") || strings.Contains(log, "state=") {
		t.Errorf("the log shows a login: %s", log)
	}
	// A phone that keeps no cookies does not go round for ever.
	if res := d.phone().get("/wechat/notices?in"); res.StatusCode != http.StatusForbidden {
		t.Errorf("no cookies: %d", res.StatusCode)
	}
}

// A phone that refuses the signature gets the page once more, signed anew.
func TestRefusedSignature(t *testing.T) {
	d := newDesk(t)
	p := d.phone()
	p.comesIn("oSecretary")
	text := bodyOf(p.get("/wechat/notices?again=1"))
	if d.v.doubted != 1 || !strings.Contains(text, "tried =  true") && !strings.Contains(text, "tried = true") {
		t.Errorf("%d doubts: %s", d.v.doubted, text)
	}
	if d.phone().get("/wechat/notices?again=1"); d.v.doubted != 1 {
		t.Error("somebody unknown had the ticket dropped")
	}
}

// Two accounts on one host do not open one another's cookies.
func TestAccountsApart(t *testing.T) {
	d := newDesk(t)
	p := d.phone()
	p.comesIn("oSecretary")
	other := newDesk(t, func(o *Options) { o.AppID = "wx2" })
	q := other.phone()
	q.cookies[sessionCookie] = p.cookies[sessionCookie]
	if res := q.get("/wechat/notices"); res.StatusCode != http.StatusFound {
		t.Errorf("the session of another account: %d", res.StatusCode)
	}
}
