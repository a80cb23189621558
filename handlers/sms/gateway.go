// Package sms takes a few words to a telephone through the HTTP gateway of any
// provider: what its request looks like is a template in the settings.
package sms

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"mishu/bot/talk"
)

// Channel is the name under which outcomes carry this way.
const Channel = "sms"

const (
	// timeout leaves room for the chat's own 30 s within a notice's lease of 60.
	timeout = 8 * time.Second
	// maxAnswer is above what any gateway answers.
	maxAnswer = 64 << 10
	// restAfter is when a message that surely did not leave is tried again.
	restAfter = 30 * time.Second
)

// Gateway is an HTTP gateway, made with New.
type Gateway struct {
	form   form
	took   *regexp.Regexp // nil: a status of 2xx is enough
	client *http.Client
	log    *slog.Logger
}

// Options describe a provider's request. URL, Header and Body may hold {phone},
// {text}, {id} and {secret}; each is written as the place needs it.
type Options struct {
	URL    string
	Method string // "" is POST
	Header string // one header, "Authorization: Bearer {secret}"
	Body   string // JSON where it begins with {", else a form
	Secret string
	Took   string // expression that the answer of a taken message matches
	Client *http.Client
	Log    *slog.Logger
}

// New makes a gateway. The error is a sentence for the operator, without the
// secret.
func New(opt Options) (*Gateway, error) {
	f, err := newForm(opt)
	if err != nil {
		return nil, err
	}
	g := &Gateway{form: f, log: opt.Log}
	if opt.Took != "" {
		if g.took, err = regexp.Compile(opt.Took); err != nil {
			return nil, fmt.Errorf("what a taken message looks like is no expression: %w", err)
		}
	}
	if g.log == nil {
		g.log = slog.New(slog.DiscardHandler)
	}
	own := http.Client{Transport: roundTripper()}
	if opt.Client != nil {
		own = *opt.Client
	}
	own.Timeout = timeout
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	g.client = &own
	return g, nil
}

func roundTripper() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout:   3 * time.Second,
		ResponseHeaderTimeout: timeout,
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       time.Minute,
	}
}

// Text sends one message. It answers within eight seconds: Sent when the
// gateway took it, Refused when it did not, Later when nothing left, Unsure
// when bytes went out and nothing usable came back.
func (g *Gateway) Text(ctx context.Context, m talk.SMS) talk.Outcome {
	var wrote atomic.Bool // set from the transport's own goroutine
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	req, err := g.form.request(ctx, m)
	if err != nil {
		return g.outcome(talk.Refused, err)
	}
	res, err := g.client.Do(req)
	switch {
	case err != nil && wrote.Load():
		return g.outcome(talk.Unsure, errors.New("no answer"))
	case err != nil:
		return g.outcome(talk.Later, errors.New("no connection"))
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	return g.read(res.StatusCode, answer, err)
}

// read tells what an answer means. A server error says nothing about the
// message: it may be on its way.
func (g *Gateway) read(status int, answer []byte, broken error) talk.Outcome {
	switch {
	case status >= 500:
		return g.outcome(talk.Unsure, fmt.Errorf("status %d", status))
	case status/100 != 2:
		return g.outcome(talk.Refused, fmt.Errorf("status %d", status))
	case broken != nil:
		return g.outcome(talk.Unsure, errors.New("the answer breaks off"))
	case g.took != nil && !g.took.Match(answer):
		return g.outcome(talk.Refused, errors.New("the gateway did not take it"))
	}
	return talk.Outcome{Verdict: talk.Sent, Channel: Channel}
}

// outcome logs what went wrong, in words of our own: what the gateway or the
// transport says may hold the telephone or the secret.
func (g *Gateway) outcome(v talk.Verdict, why error) talk.Outcome {
	g.log.Warn("SMS not taken", "verdict", string(v), "why", why)
	out := talk.Outcome{Verdict: v, Channel: Channel}
	if v == talk.Later {
		out.After = restAfter
	}
	return out
}

// phones are telephones that the gateway is asked for: digits, with an optional
// country code.
var phones = regexp.MustCompile(`^\+?[0-9]{5,15}$`)

// bare takes what people write between the digits of a telephone out.
func bare(phone string) string {
	return strings.NewReplacer("-", "", " ", "", "(", "", ")", "", "（", "", "）", "").Replace(phone)
}
