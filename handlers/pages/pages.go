// Package pages serves the pages that phones open inside WeChat: who it is, the
// platform tells by OAuth, once; then a short-lived cookie does. Neither a token
// nor an OpenID stands in an address, in a page or in the log.
package pages

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Notice is a subscription notice that people are asked to agree to.
type Notice struct {
	Template string
	Long     bool // one consent serves all of its kind
}

// Visitor is whoever opened a page.
type Visitor struct {
	Known bool   // bound to somebody of a village
	Name  string // his own; "" where several share the telephone
	Works bool   // for the village, in any office or as a volunteer
	// Left is how many more notices of a template may be sent to him.
	Left map[string]int
}

// Signature is what wx.config takes: see the JS-SDK of the platform.
type Signature struct {
	AppID     string `json:"appId"`
	Timestamp int64  `json:"timestamp"` // seconds
	Nonce     string `json:"nonceStr"`
	Signature string `json:"signature"`
}

// Account is what the pages need of one Official Account.
type Account interface {
	// OpenID exchanges a login code; ErrCodeUsed and ErrGuest are its refusals.
	OpenID(ctx context.Context, code string) (string, error)
	// SignPage signs the page at an address for the JS-SDK.
	SignPage(ctx context.Context, address string) (Signature, error)
	// Doubted tells that a phone refused a signature.
	Doubted(ctx context.Context) error
	// Visitor tells who an OpenID is now.
	Visitor(ctx context.Context, openid string) (Visitor, error)
}

// Options are what the pages of one account are made of.
type Options struct {
	AppID   string
	Secret  string // the AppSecret: cookies are sealed with keys made from it
	Public  string // https://host as phones reach it, without a slash at its end
	Path    string // what stands before the pages: /wechat, or /wechat/gh_...
	Open    string // where the platform asks who it is: https://open.weixin.qq.com
	Script  string // the address of the JS-SDK
	Notices []Notice
	// AnyBrowser lets others in than WeChat's own: for a pretend platform.
	AnyBrowser bool
	Now        func() time.Time
	Log        *slog.Logger
}

// Pages are the pages of one account.
type Pages struct {
	opt     Options
	account Account
	seals   map[string]*seal // by what they are for
	logins  chan struct{}    // those under way at the platform
}

// atOnce is how many logins go to the platform at once; more are asked to wait.
const atOnce = 16

// The pages, below Options.Path.
const (
	Notices = "/notices" // where subscription notices are agreed to
	Login   = "/login"   // where the platform sends phones back to
)

// New makes the pages of an account.
func New(account Account, opt Options) (*Pages, error) {
	p := &Pages{opt: opt, account: account, seals: map[string]*seal{}, logins: make(chan struct{}, atOnce)}
	for _, purpose := range []string{stateCookie, sessionCookie} {
		s, err := newSeal(opt.Secret, purpose+" "+opt.AppID)
		if err != nil {
			return nil, err
		}
		p.seals[purpose] = s
	}
	return p, nil
}

// Mount adds the pages to what is served.
func (p *Pages) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET "+p.opt.Path+Notices, p.notices)
	mux.HandleFunc("GET "+p.opt.Path+Login, p.login)
}
