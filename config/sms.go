package config

import (
	"net/url"
	"regexp"
	"strings"
)

// SMS is a gateway and what it is used for.
type SMS struct {
	URL, Method, Header, Body string
	Secret                    Secret
	Taken                     string
	Urgent, Brief             bool   // beside danger
	Copy                      string // file of the duty telephones
}

// IsSet reports whether there is a gateway.
func (s SMS) IsSet() bool { return s.URL != "" }

func (r *reader) sms() SMS {
	s := SMS{
		URL: r.text("MISHU_SMS_URL"), Method: strings.ToUpper(r.text("MISHU_SMS_METHOD")), Header: r.text("MISHU_SMS_HEADER"),
		Body: r.text("MISHU_SMS_BODY"), Secret: NewSecret(r.text("MISHU_SMS_SECRET")), Taken: r.text("MISHU_SMS_TAKEN"), Copy: r.text("MISHU_SMS_COPY"),
	}
	if s.Method != "POST" && s.Method != "GET" {
		r.wrong("MISHU_SMS_METHOD is no method for a gateway: write POST or GET")
	}
	if _, err := regexp.Compile(s.Taken); err != nil {
		r.wrong("MISHU_SMS_TAKEN is no regular expression: write one such as \"code\":0")
	}
	r.purposes(&s)
	if !s.IsSet() {
		if r.given("MISHU_SMS_HEADER") || r.given("MISHU_SMS_BODY") || r.given("MISHU_SMS_SECRET") || r.given("MISHU_SMS_FOR") {
			r.wrong("MISHU_SMS_URL is missing: the other SMS settings do nothing without the gateway's address")
		}
		return SMS{}
	}
	r.gateway(s)
	return s
}

func (r *reader) purposes(s *SMS) {
	for purpose := range strings.SplitSeq(r.text("MISHU_SMS_FOR"), ",") {
		switch strings.TrimSpace(purpose) {
		case "":
		case "danger": // in any case
		case "urgent":
			s.Urgent = true
		case "brief":
			s.Brief = true
		default:
			r.wrong("MISHU_SMS_FOR names something else than urgent and brief: danger goes by SMS in any case")
		}
	}
}

// gateway checks the request of a gateway; its values may hold the secret and
// are not shown.
func (r *reader) gateway(s SMS) {
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(s.URL))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		r.wrong("MISHU_SMS_URL is no address: write https://host/path")
	}
	all := s.URL + s.Body
	for place, what := range map[string]string{"{phone}": "the telephone goes", "{text}": "the words go"} {
		if !strings.Contains(all, place) {
			r.wrong("MISHU_SMS_BODY does not say where %s: write %s into it, or into MISHU_SMS_URL", what, place)
		}
	}
	if strings.Contains(all+s.Header, "{secret}") && !s.Secret.IsSet() && !r.given("MISHU_SMS_SECRET") {
		r.wrong("MISHU_SMS_SECRET is missing: the request names {secret}")
	}
	if s.Header != "" && !strings.Contains(s.Header, ":") {
		r.wrong("MISHU_SMS_HEADER is no header: write Name: value")
	}
}
