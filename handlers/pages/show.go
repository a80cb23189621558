package pages

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
)

//go:embed web/notices.html
var noticesPageText string

//go:embed web/words.html
var wordsPageText string

//go:embed web/style.css
var style string

var (
	noticesTemplate = made("notices", noticesPageText)
	wordsTemplate   = made("words", wordsPageText)
)

func made(name, text string) *template.Template {
	funcs := template.FuncMap{"style": func() template.CSS { return template.CSS(style) }}
	return template.Must(template.New(name).Funcs(funcs).Parse(text))
}

// words are a page that only says something.
type words struct{ Title, Text, Next string }

// What is said instead of a page: what is the matter, and what to do now.
var (
	outside   = words{"请在微信里打开", "这一页要在微信里才点得开。", "打开微信，进村里的公众号，点菜单“我的事”，再点“开通知”。"}
	expired   = words{"这一次没有登上", "这个地址用过了，或者放久了。", "关掉这一页，回公众号，从菜单再点一次。"}
	guest     = words{"还差一步", "微信这会儿只让您随便看看，不告诉我们您是哪个。", "点一下页面底下的“使用完整服务”，再来一次。"}
	crowded   = words{"这会儿人多", "等一下下就好。", "过一分钟，从公众号菜单再点一次。"}
	unknown   = words{"公众号还不认得您", "这一页只给登记了的人用。", "回公众号，讲一句“我是几组的某某某”，等村里认了您再来。"}
	notForYou = words{"这一页您用不着", "它是给村里干部和志愿者开通知用的。", "您有事，回公众号直接讲一句就行。"}
	broken    = words{"这会儿打不开", "是我们这边的毛病，不是您点错了。", "过几分钟，从公众号菜单再点一次。急事照旧在公众号里讲，或者打电话。"}
)

func (p *Pages) tell(w http.ResponseWriter, status int, said words) {
	p.show(w, status, wordsTemplate, func(string) any { return said })
}

// fail says that it is our fault, and tells the log why.
func (p *Pages) fail(w http.ResponseWriter, err error) {
	p.opt.Log.Error("page not shown", "err", err)
	p.tell(w, http.StatusBadGateway, broken)
}

// show writes a page, whole or not at all. view gets the nonce without which no
// script of the page runs.
func (p *Pages) show(w http.ResponseWriter, status int, page *template.Template, view func(nonce string) any) {
	nonce := rand.Text()
	var out bytes.Buffer
	if err := page.Execute(&out, view(nonce)); err != nil {
		p.opt.Log.Error("page not written", "err", err)
		http.Error(w, broken.Title, http.StatusInternalServerError)
		return
	}
	headers(w, p.policy(nonce))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // the phone went away: nothing to tell
}

// policy lets the page run its own script and the JS-SDK. The SDK's button is
// drawn by the platform, with styles and frames of its own.
func (p *Pages) policy(nonce string) string {
	sdk := p.opt.Script
	if u, err := url.Parse(sdk); err == nil {
		sdk = u.Scheme + "://" + u.Host
	}
	return "default-src 'none'; script-src 'nonce-" + nonce + "' " + sdk + "; style-src 'unsafe-inline'; img-src 'self' data: https:; " +
		"connect-src 'self' " + sdk + " https://*.qq.com; frame-src weixin: https://*.qq.com; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

func headers(w http.ResponseWriter, policy string) {
	h := w.Header()
	if policy != "" {
		h.Set("Content-Security-Policy", policy)
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}
