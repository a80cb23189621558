package config

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// WeChat is one Official Account and where its platform is.
type WeChat struct {
	AppID          string
	Secret         Secret
	Token          Secret
	AESKey         Secret
	PreviousAESKey Secret
	Mode           string // safe, compatible or plain
	API            string // base address, no slash at its end
	Open           string // base address of the platform's pages, as phones reach it
	Proxy          Secret // an address; unset: as the environment says
	Classic        bool   // the classic access token, not the stable one
	Template       []Template
	Subscribe      []Template
	Account        string // the original id gh_…; "" takes messages for any
}

var (
	appID   = regexp.MustCompile(`^wx[0-9A-Za-z]{4,62}$`)
	token   = regexp.MustCompile(`^[0-9A-Za-z]{3,32}$`)
	account = regexp.MustCompile(`^gh_[0-9A-Za-z_-]{1,60}$`)
	modes   = []string{"safe", "compatible", "plain"}
)

// wechat reads the account. No mistake here shows a value: these are the
// settings among which a secret ends up in the wrong line.
func (r *reader) wechat(need Need) WeChat {
	mode, required := r.mode(), need >= Account
	if mode == "plain" && r.given("MISHU_WECHAT_AESKEY") && need == Account {
		r.wrong("MISHU_WECHAT_MODE is plain but MISHU_WECHAT_AESKEY is set: take the key out, or write safe as set beside the webhook's URL")
	}
	return WeChat{
		AppID:          r.appID(required),
		Secret:         r.secret(required),
		Token:          r.token(required),
		AESKey:         r.aesKey("MISHU_WECHAT_AESKEY", required && mode != "plain"),
		PreviousAESKey: r.aesKey("MISHU_WECHAT_AESKEY_PREVIOUS", false),
		Mode:           mode,
		API:            r.platform("MISHU_WECHAT_API"),
		Open:           r.platform("MISHU_WECHAT_OPEN"),
		Proxy:          r.proxy(),
		Classic:        r.credential() == "classic",
		Template:       r.templates("MISHU_WECHAT_TEMPLATE"),
		Subscribe:      r.templates("MISHU_WECHAT_SUBSCRIBE"),
		Account:        r.account(need == Platform),
	}
}

func (r *reader) mode() string {
	mode := r.text("MISHU_WECHAT_MODE")
	if !slices.Contains(modes, mode) {
		r.wrong("MISHU_WECHAT_MODE is no mode: write safe, compatible or plain")
	}
	return mode
}

// pick returns a setting, or "" with a mistake where it is required and was
// not made.
func (r *reader) pick(name string, required bool) string {
	text := r.text(name)
	if text == "" && required && !r.given(name) {
		r.wrong("%s is missing: write %s", name, byName[name].meaning)
	}
	return text
}

func (r *reader) appID(required bool) string {
	text := r.pick("MISHU_WECHAT_APPID", required)
	if text != "" && !appID.MatchString(text) {
		r.wrong("MISHU_WECHAT_APPID is not an AppID: write the account's, which begins with wx")
	}
	return text
}

func (r *reader) secret(required bool) Secret {
	text := r.pick("MISHU_WECHAT_SECRET", required)
	if strings.HasPrefix(text, "wx") || strings.ContainsAny(text, " \t\r\n") {
		r.wrong("MISHU_WECHAT_SECRET is not an AppSecret: write the account's, 32 letters and digits")
	}
	return NewSecret(text)
}

func (r *reader) token(required bool) Secret {
	text := r.pick("MISHU_WECHAT_TOKEN", required)
	if text != "" && !token.MatchString(text) {
		r.wrong("MISHU_WECHAT_TOKEN is not a token: write the 3 to 32 letters and digits set beside the webhook's URL")
	}
	return NewSecret(text)
}

// aesKey takes 43 characters of base64. The last one may carry bits that mean
// nothing, so it is not decoded strictly.
func (r *reader) aesKey(name string, required bool) Secret {
	text := r.pick(name, required)
	if text == "" {
		return Secret{}
	}
	if raw, err := base64.StdEncoding.DecodeString(text + "="); err != nil || len(raw) != 32 || len(text) != 43 {
		r.wrong("%s is not an EncodingAESKey: write its 43 letters and digits, without a sign after them", name)
	}
	return NewSecret(text)
}

// RealOpen is where the platform itself asks who opened a page.
const RealOpen = "https://open.weixin.qq.com"

// platform is one of the platform's addresses.
func (r *reader) platform(name string) string {
	text := strings.TrimRight(r.text(name), "/")
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		r.wrong("%s is not a base address: write one such as %s", name, byName[name].usual)
	}
	return text
}

// proxy takes an address whose mistakes never show it: it may hold a password.
func (r *reader) proxy() Secret {
	text := r.text("MISHU_WECHAT_PROXY")
	if text == "" {
		return Secret{}
	}
	u, err := url.Parse(text)
	if err != nil || !slices.Contains([]string{"http", "https", "socks5"}, u.Scheme) || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		r.wrong("MISHU_WECHAT_PROXY is not a proxy's address: write http://host:port, https:// or socks5://, with user:password@ before the host if need be")
		return Secret{}
	}
	return NewSecret(text)
}

func (r *reader) credential() string {
	kind := r.text("MISHU_WECHAT_CREDENTIAL")
	if kind != "stable" && kind != "classic" {
		r.wrong("MISHU_WECHAT_CREDENTIAL is no kind of access token: write stable or classic")
	}
	return kind
}

func (r *reader) account(required bool) string {
	text := r.pick("MISHU_WECHAT_ACCOUNT", required)
	if text != "" && !account.MatchString(text) {
		r.wrong("MISHU_WECHAT_ACCOUNT is not an original id: write the account's, which begins with gh_, or leave it out")
	}
	return text
}
