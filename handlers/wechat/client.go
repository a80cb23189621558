package wechat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// callLimit bounds one call with all it may need: a token, the call, a new
// token and the call again. A worker's lease must be longer.
const callLimit = 12 * time.Second

// APIOptions are the settings of an API. The zero value of each is usable.
type APIOptions struct {
	Now     func() time.Time // nil: time.Now
	Log     *slog.Logger
	Metrics prometheus.Registerer
}

// An API speaks to the platform for one Official Account: with the token that
// is valid now, once again with a new one where the platform refuses it, and
// not at all while the platform is in trouble.
type API struct {
	account Account
	tokens  *TokenSource
	to      transport
	now     func() time.Time
	log     *slog.Logger
	breaker breaker
	calls   *prometheus.CounterVec
}

// NewAPI makes an API. base is the platform's address, "" the real one; client
// may be nil. Whatever client allows, a request ends after five seconds and
// follows no redirect.
func NewAPI(account Account, base string, tokens *TokenSource, client *http.Client, opt APIOptions) *API {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	a := &API{
		account: account, tokens: tokens, now: opt.Now, log: opt.Log,
		to:    newTransport(base, client, account.Secret),
		calls: counter("api_total", "Calls to the platform by errcode.", "path", "code"),
	}
	if opt.Metrics != nil {
		opt.Metrics.MustRegister(a.calls)
	}
	return a
}

// request is one call: posted with a body, got without.
type request struct {
	path, query string
	body        []byte
}

// call makes a request and reads the answer into res, which may be nil.
func (a *API) call(ctx context.Context, req request, res any) error {
	return a.withToken(ctx, req.path, func(ctx context.Context, token string) error { return a.carry(ctx, req, token, res) })
}

// withToken makes a call, unless the platform is left alone, and notes how it
// went.
func (a *API) withToken(ctx context.Context, path string, call func(ctx context.Context, token string) error) error {
	if a.breaker.rest(a.now()) > 0 {
		return a.noted(path, a.to.fail(path, noCircuit, "the platform is in trouble and left alone for a while"))
	}
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	err := a.try(ctx, path, call)
	if !errors.Is(ctx.Err(), context.Canceled) { // our own shutting down says nothing about the platform
		a.breaker.note(busy(err), a.now())
	}
	return a.noted(path, err)
}

// try makes a call with the token that is valid now, once again with another
// where the platform refuses it.
func (a *API) try(ctx context.Context, path string, call func(ctx context.Context, token string) error) error {
	token, err := a.tokens.Token(ctx)
	if err != nil {
		return withoutToken(path, err)
	}
	if err = call(ctx, token); actionOf(codeOf(err)) != actRefresh {
		return err
	}
	if token, err = a.tokens.Refused(ctx, token); err != nil {
		return withoutToken(path, err)
	}
	return call(ctx, token)
}

func (a *API) carry(ctx context.Context, req request, token string, res any) error {
	req.query = "?access_token=" + url.QueryEscape(token) + req.query
	err := a.to.carry(ctx, req, res)
	if e := (*APIError)(nil); errors.As(err, &e) {
		e.Message = redact(e.Message, token)
	}
	return err
}

// carryOpen makes a call that needs no token; hide is what its errors must not
// show.
func (a *API) carryOpen(ctx context.Context, req request, res any, hide string) error {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	err := a.to.carry(ctx, req, res)
	if e := (*APIError)(nil); errors.As(err, &e) {
		e.Message = redact(e.Message, hide)
	}
	return a.noted(req.path, err)
}

// withoutToken is the error of a call that was never made. Whatever became of
// the request for the token, nothing of the call itself left.
func withoutToken(path string, err error) error {
	e := &APIError{Path: path, trouble: notSent, Message: err.Error(), Code: codeOf(err)}
	return fmt.Errorf("get token: %w", e)
}

func (a *API) noted(path string, err error) error {
	label := "0"
	if e := (*APIError)(nil); errors.As(err, &e) {
		if label = string(e.trouble); e.Code != 0 {
			label = codeLabel(e.Code)
		}
		if e.Code != noMenu { // to whoever asks for the menu that is an answer
			a.log.Warn("platform refused or failed", "path", path, "code", e.Code, "err", err)
		}
	}
	a.calls.WithLabelValues(path, label).Inc()
	return err
}

// send is call for a request that is encoded first.
func (a *API) send(ctx context.Context, path string, req, res any) error {
	body, err := encode(req)
	if err != nil {
		return err
	}
	return a.call(ctx, request{path: path, body: body}, res)
}

// get is call for a path that is read; query begins with "&".
func (a *API) get(ctx context.Context, path, query string, res any) error {
	return a.call(ctx, request{path: path, query: query}, res)
}
