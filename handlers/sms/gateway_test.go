package sms

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"mishu/bot/talk"
)

const secret = "s3cret&key"

// provider is a gateway that answers as a test says. The lock is what orders
// its reading with the test's: a connection that is cut off orders nothing.
type provider struct {
	*httptest.Server
	mu     sync.Mutex
	got    []*http.Request
	bodies []string
}

func newProvider(t *testing.T, answer http.HandlerFunc) *provider {
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		p.got, p.bodies = append(p.got, r), append(p.bodies, string(raw))
		p.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// last is the newest request with its body, and how many there were.
func (p *provider) last() (r *http.Request, body string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n = len(p.got); n == 0 {
		return nil, "", 0
	}
	return p.got[n-1], p.bodies[n-1], n
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func gateway(t *testing.T, opt Options) *Gateway {
	t.Helper()
	g, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var urgent = talk.SMS{ID: "7", Phone: "1990000-0002", Text: `村里有急事，打"值班"19900000002`}

func TestFormsOfProviders(t *testing.T) {
	p := newProvider(t, says(`{"code":0}`))
	for name, c := range map[string]struct {
		opt          Options
		query, body  string
		header, kind string
	}{
		"json": {
			opt:  Options{URL: "/send", Body: `{"mobile":"{phone}","content":"{text}","sn":"{id}"}`, Header: "Authorization: Bearer {secret}", Secret: secret},
			body: `{"mobile":"19900000002","content":"村里有急事，打\"值班\"19900000002","sn":"7"}`, header: "Bearer " + secret, kind: kindJSON,
		},
		"form": {
			opt:  Options{URL: "/send", Body: "key={secret}&m={phone}&c={text}", Secret: secret},
			body: "key=s3cret%26key&m=19900000002&c=%E6%9D%91%E9%87%8C%E6%9C%89%E6%80%A5%E4%BA%8B%EF%BC%8C%E6%89%93%22%E5%80%BC%E7%8F%AD%2219900000002", kind: kindForm,
		},
		"get": {opt: Options{URL: "/send?m={phone}&c={text}", Method: "GET"}, query: "m=19900000002&c=%E6%9D%91%E9%87%8C%E6%9C%89%E6%80%A5%E4%BA%8B%EF%BC%8C%E6%89%93%22%E5%80%BC%E7%8F%AD%2219900000002"},
	} {
		c.opt.URL, c.opt.Took = p.URL+c.opt.URL, `"code":\s*0`
		if out := gateway(t, c.opt).Text(t.Context(), urgent); out.Verdict != talk.Sent || out.Channel != Channel {
			t.Errorf("%s: %+v", name, out)
		}
		r, body, _ := p.last()
		if body != c.body || r.URL.RawQuery != c.query {
			t.Errorf("%s: query %s body %s", name, r.URL.RawQuery, body)
		}
		if r.Header.Get("Authorization") != c.header || r.Header.Get("Content-Type") != c.kind {
			t.Errorf("%s: header %q kind %q", name, r.Header.Get("Authorization"), r.Header.Get("Content-Type"))
		}
	}
}

// What went wrong is told apart: only what surely did not leave may be sent
// again.
func TestMisbehaviour(t *testing.T) {
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   talk.Verdict
	}{
		"taken":     {says(`{"code":0}`), talk.Sent},
		"refused":   {says(`{"code":7,"msg":"19900000002 is blocked"}`), talk.Refused},
		"not json":  {says("<html>busy"), talk.Refused},
		"key wrong": {status(http.StatusUnauthorized), talk.Refused},
		"redirect":  {status(http.StatusFound), talk.Refused},
		"broken":    {status(http.StatusBadGateway), talk.Unsure},
		"cut off":   {cut, talk.Unsure},
	} {
		p := newProvider(t, c.answer)
		g := gateway(t, Options{URL: p.URL, Body: `{"m":"{phone}","c":"{text}"}`, Took: `"code":0`})
		if out := g.Text(t.Context(), urgent); out.Verdict != c.want {
			t.Errorf("%s: %s, want %s", name, out.Verdict, c.want)
		}
	}
	p := newProvider(t, says("ok"))
	p.Close()
	g := gateway(t, Options{URL: p.URL, Body: `{"m":"{phone}","c":"{text}"}`})
	if out := g.Text(t.Context(), urgent); out.Verdict != talk.Later || out.After == 0 {
		t.Errorf("nobody there: %+v", out)
	}
}

func TestNoTelephone(t *testing.T) {
	p := newProvider(t, says("ok"))
	g := gateway(t, Options{URL: p.URL, Body: `{"m":"{phone}","c":"{text}"}`})
	for _, phone := range []string{"", "没有", "1234", "19900000002 19900000003"} {
		out := g.Text(t.Context(), talk.SMS{Phone: phone, Text: "x"})
		if _, _, n := p.last(); out.Verdict != talk.Refused || n > 0 {
			t.Errorf("%q: %+v, %d requests", phone, out, n)
		}
	}
}

// Neither the telephone nor the words nor the secret reach the log, whatever
// happens.
func TestLogIsSilent(t *testing.T) {
	var log bytes.Buffer
	p := newProvider(t, says("19900000002 "+secret))
	opt := Options{URL: p.URL + "/?k={secret}", Body: `{"m":"{phone}","c":"{text}"}`, Secret: secret, Took: "never", Log: slog.New(slog.NewTextHandler(&log, nil))}
	gateway(t, opt).Text(t.Context(), urgent)
	p.Close()
	gateway(t, opt).Text(t.Context(), urgent)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	gateway(t, opt).Text(ctx, urgent)
	if log.Len() == 0 {
		t.Fatal("nothing was logged")
	}
	for _, private := range []string{"19900000002", "s3cret", "急事"} {
		if strings.Contains(log.String(), private) {
			t.Errorf("the log holds %q:\n%s", private, log.String())
		}
	}
}

func TestWrongSettings(t *testing.T) {
	for want, opt := range map[string]Options{
		"where the telephone goes": {URL: "http://h/", Body: `{"c":"{text}"}`},
		"where the words go":       {URL: "http://h/?m={phone}"},
		"none is set":              {URL: "http://h/", Body: `{"m":"{phone}","c":"{text}","k":"{secret}"}`},
		"no JSON":                  {URL: "http://h/", Body: `{"m":{phone},"c":{text}}`},
		"no address":               {URL: "h/?m={phone}&c={text}"},
		"no header":                {URL: "http://h/?m={phone}&c={text}", Header: "Bearer"},
		"no expression":            {URL: "http://h/?m={phone}&c={text}", Took: "("},
	} {
		if _, err := New(opt); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", opt, err, want)
		}
	}
}
