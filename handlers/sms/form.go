package sms

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"mishu/bot/talk"
)

// form is a provider's request with places for what changes.
type form struct {
	method, url, name, value, body, kind, secret string
}

const (
	kindJSON = "application/json"
	kindForm = "application/x-www-form-urlencoded"
)

// newForm checks a provider's request once, with a message of the kind that it
// will carry.
func newForm(opt Options) (form, error) {
	f := form{method: opt.Method, url: opt.URL, body: opt.Body, secret: opt.Secret, kind: kindForm}
	if f.method == "" {
		f.method = http.MethodPost
	}
	if strings.HasPrefix(opt.Body, `{"`) {
		f.kind = kindJSON
	}
	if opt.Header != "" {
		name, value, found := strings.Cut(opt.Header, ":")
		if !found || strings.TrimSpace(name) == "" {
			return form{}, errors.New("the header is no header: write Name: value")
		}
		f.name, f.value = strings.TrimSpace(name), strings.TrimSpace(value)
	}
	switch all := opt.URL + opt.Body; {
	case !strings.Contains(all, "{phone}"):
		return form{}, errors.New("neither address nor body says where the telephone goes: write {phone}")
	case !strings.Contains(all, "{text}"):
		return form{}, errors.New("neither address nor body says where the words go: write {text}")
	case strings.Contains(opt.URL+opt.Header+opt.Body, "{secret}") && opt.Secret == "":
		return form{}, errors.New("the request names {secret} and none is set")
	}
	return f, f.check()
}

func (f form) check() error {
	req, err := f.request(context.Background(), talk.SMS{ID: "1", Phone: "19900000000", Text: "“\"\\&"})
	if err != nil {
		return err
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" || req.URL.Host == "" || req.URL.User != nil {
		return errors.New("the gateway's address is no address: write https://host/path")
	}
	if body := f.fill(f.body, talk.SMS{Text: "“\"\\&"}, inJSON); f.kind == kindJSON && !json.Valid([]byte(body)) {
		return errors.New("the body is no JSON: put {phone} and {text} between quotes")
	}
	return nil
}

// request is the form filled in for one message.
func (f form) request(ctx context.Context, m talk.SMS) (*http.Request, error) {
	m.Phone = bare(m.Phone)
	if !phones.MatchString(m.Phone) {
		return nil, errors.New("no telephone number")
	}
	escape := url.QueryEscape
	if f.kind == kindJSON {
		escape = inJSON
	}
	req, err := http.NewRequestWithContext(ctx, f.method, f.fill(f.url, m, url.QueryEscape), strings.NewReader(f.fill(f.body, m, escape)))
	if err != nil {
		return nil, errors.New("the gateway's address is no address")
	}
	if f.body != "" {
		req.Header.Set("Content-Type", f.kind)
	}
	if f.name != "" {
		req.Header.Set(f.name, f.fill(f.value, m, func(s string) string { return s }))
	}
	return req, nil
}

func (f form) fill(text string, m talk.SMS, escape func(string) string) string {
	return strings.NewReplacer("{phone}", escape(m.Phone), "{text}", escape(m.Text), "{id}", escape(m.ID), "{secret}", escape(f.secret)).Replace(text)
}

// inJSON writes a text as it stands between the quotes of a JSON string.
func inJSON(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		return "" // a string always marshals
	}
	return string(raw[1 : len(raw)-1])
}
