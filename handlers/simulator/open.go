package simulator

import (
	_ "embed"
	"encoding/json"
	htmltemplate "html/template"
	"net/http"
	"net/url"
	"strings"

	qr "github.com/piglig/go-qr"
)

// What phones open at the platform's own addresses, open.weixin.qq.com and
// res.wx.qq.com and mp.weixin.qq.com: who is asking, the JS-SDK, pictures of
// codes. They answer as pages do, not as the API.
var openPaths = map[string]func(*Simulator, http.ResponseWriter, *http.Request){
	"/connect/oauth2/authorize": (*Simulator).openAuthorize,
	"/cgi-bin/showqrcode":       (*Simulator).openQRCode,
	"/open/js/jweixin-1.6.0.js": (*Simulator).openSDK,
	"/open/pretend/config":      (*Simulator).openConfig,
	"/open/pretend/subscribe":   (*Simulator).openSubscribe,
}

// phoneCookie tells which phone the browser is: it was asked, or a page was opened
// from that phone's menu.
const phoneCookie = "simulated_phone"

//go:embed open/authorize.html
var authorizeText string

var authorizePage = htmltemplate.Must(htmltemplate.New("authorize").Parse(authorizeText))

//go:embed open/jweixin.js
var jweixin []byte

// openAuthorize is where an account sends a phone to learn whose it is. The real
// platform knows; here the browser is asked which phone it is.
func (s *Simulator) openAuthorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case q.Get("appid") != s.opt.Wire.AppID:
		http.Error(w, "AppID 参数错误", http.StatusBadRequest)
		return
	case err != nil || back.Host == "" || back.Scheme != "http" && back.Scheme != "https":
		http.Error(w, "redirect_uri 参数错误", http.StatusBadRequest)
		return
	case q.Get("response_type") != "code" || q.Get("scope") != "snsapi_base" && q.Get("scope") != "snsapi_userinfo":
		http.Error(w, "Scope 参数错误", http.StatusBadRequest)
		return
	}
	person, known := s.phoneOf(r)
	if as := q.Get("as"); as != "" {
		person, known = as, s.book.look(as, func(*chat) {}) == nil
	}
	if !known {
		s.askPhone(w, r)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: phoneCookie, Value: url.QueryEscape(person), Path: "/", SameSite: http.SameSiteLaxMode})
	query := back.Query()
	query.Set("code", s.codes.issue(person))
	query.Set("state", q.Get("state"))
	back.RawQuery = query.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// phoneOf is the phone that this browser said it is.
func (s *Simulator) phoneOf(r *http.Request) (string, bool) {
	c, err := r.Cookie(phoneCookie)
	if err != nil {
		return "", false
	}
	id, err := url.QueryUnescape(c.Value)
	return id, err == nil && s.book.look(id, func(*chat) {}) == nil
}

// askPhone lists the phones that lie open.
func (s *Simulator) askPhone(w http.ResponseWriter, r *http.Request) {
	type choice struct{ Name, Note, To string }
	var all []choice
	phones, _ := s.book.views()
	for _, p := range phones {
		q := r.URL.Query()
		q.Set("as", p.ID)
		all = append(all, choice{p.Name, p.Note, r.URL.Path + "?" + q.Encode()})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	_ = authorizePage.Execute(w, all) // the browser went away: nothing to tell
}

// openQRCode is the picture of a code.
func (s *Simulator) openQRCode(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	if _, ok := sceneOf(ticket); !ok {
		http.NotFound(w, r)
		return
	}
	code, err := qr.EncodeText(codeURL(ticket), qr.Medium)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	_ = code.WriteAsPNG(qr.NewQrCodeImgConfig(10, 4), w) // the browser went away: nothing to tell
}

func (s *Simulator) openSDK(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(jweixin) // the browser went away: nothing to tell
}

// openConfig is wx.config of a page: its signature has to be of that address, by
// the ticket that is valid now.
func (s *Simulator) openConfig(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	titles := map[string]string{}
	for _, t := range s.opt.Templates {
		titles[t.ID] = t.Title
	}
	err := s.tickets.check(q.Get("noncestr"), q.Get("timestamp"), q.Get("url"), q.Get("signature"))
	switch {
	case q.Get("appid") != s.opt.Wire.AppID:
		err = "invalid appid"
	case err == "" && !strings.HasPrefix(q.Get("url"), r.Header.Get("Origin")+"/"):
		err = "invalid url domain"
	}
	answer(w, http.StatusOK, map[string]any{"error": err, "titles": titles})
}

// openSubscribe is the answer of the person who opened the page.
func (s *Simulator) openSubscribe(w http.ResponseWriter, r *http.Request) {
	person, known := s.phoneOf(r)
	if !known || r.Method != http.MethodPost {
		http.Error(w, "哪部手机？", http.StatusForbidden)
		return
	}
	var in struct {
		Template string
		Accept   bool
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	if err := s.do(r.Context(), act{Person: person, Kind: "consent", Template: in.Template, Accept: in.Accept}); err != nil {
		s.fail(w, err)
		return
	}
	answer(w, http.StatusOK, done)
}

// serveOpen serves what phones open. A page of the account, elsewhere on this
// machine, may ask on behalf of the browser; other sites may not.
func (s *Simulator) serveOpen(w http.ResponseWriter, r *http.Request) bool {
	run, ok := openPaths[r.URL.Path]
	if !ok {
		return false
	}
	setHeaders(w.Header())
	if !s.opt.Public && !loopback(r.Host) || !s.ours(r) {
		http.Error(w, "only from this machine", http.StatusForbidden)
		return true
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxPost)
	run(s, w, r)
	return true
}

// ours tells whether a browser's call comes from a page of the account.
func (s *Simulator) ours(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	from, err := url.Parse(origin)
	return err == nil && (s.opt.Public || loopback(from.Host))
}
