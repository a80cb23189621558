package config

import (
	"fmt"
	"strings"
)

// key is one setting an operator can make.
type key struct {
	name    string
	secret  bool   // may come from the file that NAME_FILE names, and is never shown
	usual   string // the default
	meaning string
}

// keys are all settings, in the order in which they are explained.
var keys = []key{
	{name: "MISHU_LISTEN", usual: "127.0.0.1:8080", meaning: "host:port that the platform's webhook reaches, usually through a reverse proxy"},
	{name: "MISHU_PUBLIC", meaning: "https://host under which the platform and phones reach MISHU_LISTEN; for the page where notices are agreed to, and for mishu check"},
	{name: "MISHU_ADMIN", usual: "127.0.0.1:8081", meaning: "host:port of /healthz, /readyz, /metrics and profiles; keep it off the public net"},
	{name: "MISHU_DATABASE", secret: true, meaning: "sqlite:PATH, or mysql://user:password@host:port/name"},
	{name: "MISHU_REDIS", secret: true, meaning: "redis://, rediss://, redis+sentinel://h1,h2/master or redis+cluster://h1,h2; needed with mysql"},
	{name: "MISHU_WECHAT_APPID", meaning: "the Official Account's AppID, begins with wx"},
	{name: "MISHU_WECHAT_SECRET", secret: true, meaning: "its AppSecret"},
	{name: "MISHU_WECHAT_TOKEN", secret: true, meaning: "the Token set beside the webhook's URL"},
	{name: "MISHU_WECHAT_AESKEY", secret: true, meaning: "the EncodingAESKey, 43 characters; not needed in plain mode"},
	{name: "MISHU_WECHAT_AESKEY_PREVIOUS", secret: true, meaning: "the key before, for as long as messages under it may come"},
	{name: "MISHU_WECHAT_MODE", usual: "safe", meaning: "safe, compatible or plain, as set beside the webhook's URL"},
	{name: "MISHU_WECHAT_API", usual: "https://api.weixin.qq.com", meaning: "base address of the platform's API"},
	{name: "MISHU_WECHAT_OPEN", usual: RealOpen, meaning: "base address of the platform's pages as phones reach it; another one only for a pretend platform"},
	{name: "MISHU_WECHAT_PROXY", secret: true, meaning: "proxy for calls to the platform, http://, https:// or socks5://user:password@host:port; else what HTTPS_PROXY says"},
	{name: "MISHU_WECHAT_CREDENTIAL", usual: "stable", meaning: "stable or classic: which kind of access token is fetched; classic only where another program needs it"},
	{name: "MISHU_WECHAT_TEMPLATE", meaning: "template messages: ID thing1={lead} time2={time}; more after a semicolon, as kind:ID ..."},
	{name: "MISHU_WECHAT_SUBSCRIBE", meaning: "subscription notices, written in the same way; the word long after the ID of a long-term one"},
	{name: "MISHU_WECHAT_ACCOUNT", meaning: "the account's original id, begins with gh_; set, messages for other accounts are refused"},
	{name: "MISHU_WECHAT_MORE", meaning: "files of further Official Accounts, with a comma between them; each holds MISHU_WECHAT_ settings alone"},
	{name: "MISHU_SMS_URL", meaning: "address of an SMS gateway; it, the header and the body may hold {phone}, {text}, {id} and {secret}"},
	{name: "MISHU_SMS_METHOD", usual: "POST", meaning: "POST or GET"},
	{name: "MISHU_SMS_HEADER", meaning: "one header of the request, such as Authorization: Bearer {secret}"},
	{name: "MISHU_SMS_BODY", meaning: "body of the request: JSON, or a form; needed unless the address says all"},
	{name: "MISHU_SMS_SECRET", secret: true, meaning: "the gateway's key"},
	{name: "MISHU_SMS_TAKEN", meaning: "regular expression that the answer to a taken message matches; unset, a status of 2xx is enough"},
	{name: "MISHU_SMS_FOR", meaning: "what beside danger goes by SMS where no chat takes it: urgent, brief, or both with a comma"},
	{name: "MISHU_SMS_COPY", meaning: "file that keeps the duty telephones for danger while the database is away; unset, they are kept in memory alone"},
	{name: "MISHU_LOG", usual: "info", meaning: "debug, info, warn or error"},
	{name: "MISHU_LIMIT_PERSON", usual: "30", meaning: "messages from one person in 10 seconds, 0 for no limit"},
	// Four times the burst that a province is designed for.
	{name: "MISHU_LIMIT_ALL", usual: "2000", meaning: "messages from everybody in a second, 0 for no limit"},
}

// byName finds a setting, by its name only.
var byName = index(keys)

func index(keys []key) map[string]key {
	m := make(map[string]key, len(keys))
	for _, k := range keys {
		m[k.name] = k
	}
	return m
}

// fileSuffix makes a secret's name that of the file it stands in.
const fileSuffix = "_FILE"

// known reports whether name is a setting, or a secret's file, and of which.
func known(name string) (key, bool) {
	if k, ok := byName[name]; ok {
		return k, true
	}
	k, ok := byName[strings.TrimSuffix(name, fileSuffix)]
	return k, ok && k.secret
}

// Help explains every setting, a line each.
func Help() string {
	var b strings.Builder
	for _, k := range keys {
		fmt.Fprintf(&b, "%-30s %s", k.name, k.meaning)
		if k.usual != "" {
			fmt.Fprintf(&b, " (default %s)", k.usual)
		}
		b.WriteByte('\n')
	}
	b.WriteString("Passwords and keys may stand in a file: set the same name with _FILE at its end to the file's path.\n")
	return b.String()
}
