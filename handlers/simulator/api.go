package simulator

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
)

// maxCall bounds the body of an API call; a picture is the largest.
const maxCall = 4 << 20

// call is one API call whose token was good.
type call struct {
	r     *http.Request
	query url.Values
	body  []byte
}

// read decodes the JSON of a call.
func (c call) read(v any) *refusal {
	if len(c.body) == 0 {
		return refuse(codeEmptyBody, "")
	}
	if err := json.Unmarshal(c.body, v); err != nil {
		return refuse(codeBadJSON, "")
	}
	return nil
}

// endpoint is one path of the API.
type endpoint struct {
	method string // "" takes both
	open   bool   // needs no token
	run    func(*Simulator, call) (any, *refusal)
}

// endpoints are the paths that the pretend platform knows.
var endpoints = map[string]endpoint{
	"/cgi-bin/token":                     {http.MethodGet, true, (*Simulator).apiToken},
	"/cgi-bin/stable_token":              {http.MethodPost, true, (*Simulator).apiStableToken},
	"/cgi-bin/message/custom/send":       {http.MethodPost, false, (*Simulator).apiCustom},
	"/cgi-bin/message/custom/typing":     {http.MethodPost, false, (*Simulator).apiTyping},
	"/cgi-bin/message/template/send":     {http.MethodPost, false, (*Simulator).apiTemplate},
	"/cgi-bin/message/subscribe/bizsend": {http.MethodPost, false, (*Simulator).apiSubscribe},
	"/cgi-bin/menu/create":               {http.MethodPost, false, (*Simulator).apiMenuCreate},
	"/cgi-bin/menu/get":                  {http.MethodGet, false, (*Simulator).apiMenuGet},
	"/cgi-bin/menu/delete":               {http.MethodGet, false, (*Simulator).apiMenuDelete},
	"/cgi-bin/menu/addconditional":       {http.MethodPost, false, (*Simulator).apiMenuAdd},
	"/cgi-bin/menu/delconditional":       {http.MethodPost, false, (*Simulator).apiMenuDrop},
	"/cgi-bin/menu/trymatch":             {http.MethodPost, false, (*Simulator).apiMenuTry},
	"/cgi-bin/get_current_selfmenu_info": {http.MethodGet, false, (*Simulator).apiSelfMenu},
	"/cgi-bin/user/info":                 {http.MethodGet, false, (*Simulator).apiUserInfo},
	"/cgi-bin/user/get":                  {http.MethodGet, false, (*Simulator).apiUserList},
	"/cgi-bin/tags/create":               {http.MethodPost, false, (*Simulator).apiTagCreate},
	"/cgi-bin/tags/get":                  {http.MethodGet, false, (*Simulator).apiTagList},
	"/cgi-bin/tags/getidlist":            {http.MethodPost, false, (*Simulator).apiTagsOf},
	"/cgi-bin/tags/members/batchtagging": {http.MethodPost, false, (*Simulator).apiTag},
	"/cgi-bin/tags/members/batchuntagging": {
		http.MethodPost, false, (*Simulator).apiUntag,
	},
	"/cgi-bin/qrcode/create":  {http.MethodPost, false, (*Simulator).apiQRCode},
	"/cgi-bin/callback/check": {http.MethodPost, false, (*Simulator).apiCallback},
	"/cgi-bin/template/get_all_private_template": {
		http.MethodGet, false, (*Simulator).apiTemplates,
	},
	"/wxaapi/newtmpl/gettemplate": {http.MethodGet, false, (*Simulator).apiSubscriptions},
	"/cgi-bin/ticket/getticket":   {http.MethodGet, false, (*Simulator).apiTicket},
	"/sns/oauth2/access_token":    {http.MethodGet, true, (*Simulator).apiLogin},
	clearPath:                     {http.MethodPost, false, (*Simulator).apiClearQuota},
	gatewayPath:                   {http.MethodPost, true, (*Simulator).apiSMS},
	"/cgi-bin/media/upload":       {http.MethodPost, false, (*Simulator).apiUpload},
	"/cgi-bin/media/get":          {http.MethodGet, false, (*Simulator).apiMedia},
}

// API is the pretend api.weixin.qq.com. It answers 200 to everything, as the
// real one does; what went wrong stands in errcode. What phones open at the
// platform's other addresses is there too.
func (s *Simulator) API() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.serveOpen(w, r) {
			return
		}
		trouble, met := s.troubles.next(r.URL.Path)
		if met && s.disturb(w, r, trouble) {
			return
		}
		out, no := s.serve(w, r)
		if met && trouble.How == Unheard {
			panic(http.ErrAbortHandler)
		}
		code := 0
		if no != nil {
			code, out = no.Code, no
		}
		s.counts.called(r.URL.Path, code)
		if file, ok := out.(file); ok {
			w.Header().Set("Content-Type", file.kind)
			w.Header().Set("Content-Disposition", `attachment; filename="`+file.name+`"`)
			_, _ = w.Write(file.data) // the caller went away: nothing to tell
			return
		}
		answer(w, http.StatusOK, out)
	})
}

// file is an answer that is no JSON.
type file struct {
	name, kind string
	data       []byte
}

func (s *Simulator) serve(w http.ResponseWriter, r *http.Request) (any, *refusal) {
	e, ok := endpoints[r.URL.Path]
	if !ok {
		return nil, refuse(codeBusy, "")
	}
	if no := allowed(e.method, r.Method); no != nil {
		return nil, no
	}
	if code := s.quotas.take(r.URL.Path); code != 0 {
		return nil, refuse(code, "")
	}
	c := call{r: r, query: r.URL.Query()}
	if !e.open {
		if code := s.tokens.check(c.query.Get("access_token")); code != 0 {
			return nil, refuse(code, "")
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		return nil, refuse(codeTooLong, "")
	}
	if err != nil {
		return nil, refuse(codeBusy, "")
	}
	c.body = body
	return e.run(s, c)
}

func allowed(want, got string) *refusal {
	switch {
	case want == got, want == "":
		return nil
	case want == http.MethodGet:
		return refuse(codeNeedGet, "")
	}
	return refuse(codeNeedPost, "")
}

// done is the answer of calls that return nothing.
var done = struct {
	Code int    `json:"errcode"`
	Text string `json:"errmsg"`
}{0, "ok"}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the caller went away: nothing to tell
}

// tokenView is what both token calls answer.
type tokenView struct {
	Token  string `json:"access_token"`
	Expire int    `json:"expires_in"` // seconds
}

func (s *Simulator) checkApp(grant, want, appID, secret string) *refusal {
	switch {
	case grant != want:
		return refuse(codeGrantType, "")
	case appID != s.opt.Wire.AppID:
		return refuse(codeAppID, "")
	case secret == "":
		return refuse(codeSecretMissing, "")
	case secret != s.opt.Secret:
		return refuse(codeSecret, "")
	}
	return nil
}

func (s *Simulator) apiToken(c call) (any, *refusal) {
	q := c.query
	if no := s.checkApp(q.Get("grant_type"), "client_credential", q.Get("appid"), q.Get("secret")); no != nil {
		return nil, no
	}
	token, life := s.tokens.classic()
	return tokenView{token, int(life.Seconds())}, nil
}

func (s *Simulator) apiStableToken(c call) (any, *refusal) {
	var in struct {
		Grant  string `json:"grant_type"`
		AppID  string `json:"appid"`
		Secret string `json:"secret"`
		Force  bool   `json:"force_refresh"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	if no := s.checkApp(in.Grant, "client_credential", in.AppID, in.Secret); no != nil {
		return nil, no
	}
	token, life, code := s.tokens.steady(in.Force)
	if code != 0 {
		return nil, refuse(code, "")
	}
	return tokenView{token, int(life.Seconds())}, nil
}
