package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"
)

const (
	defaultBase = "https://api.weixin.qq.com"
	callTimeout = 5 * time.Second
	maxAnswer   = 1 << 20
)

// a transport sends JSON to the platform and reads JSON back, in bounded time
// and size.
type transport struct {
	base   string
	client *http.Client
	hide   []string // secrets that no error may show
}

// newTransport takes the client's connections but not its patience: a redirect
// would carry the token elsewhere, and no timeout would hold a worker for ever.
func newTransport(base string, client *http.Client, hide ...string) transport {
	if base == "" {
		base = defaultBase
	}
	own := http.Client{Transport: newRoundTripper()}
	if client != nil {
		own = *client
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if own.Timeout <= 0 || own.Timeout > callTimeout {
		own.Timeout = callTimeout
	}
	return transport{base: strings.TrimRight(base, "/"), client: &own, hide: hide}
}

func newRoundTripper() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout: 3 * time.Second,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     60 * time.Second,
		ForceAttemptHTTP2:   true,
	}
}

// status is what every answer of the platform may carry.
type status struct {
	ErrCode int    `json:"errcode"`
	ErrMsg  string `json:"errmsg"`
}

// carry makes a request (its query is part of no error) and reads the answer
// into res. An errcode is an *APIError.
func (t *transport) carry(ctx context.Context, req request, res any) error {
	path := req.path
	raw, err := t.exchange(ctx, req)
	if err != nil {
		return err
	}
	var st status
	if err := json.Unmarshal(raw, &st); err != nil {
		return t.fail(path, noAnswer, "the answer is no JSON")
	}
	if st.ErrCode != 0 {
		return &APIError{Path: path, Code: st.ErrCode, Message: redact(st.ErrMsg, t.hide...)}
	}
	if res == nil {
		return nil
	}
	if err := json.Unmarshal(raw, res); err != nil {
		return t.fail(path, noAnswer, "the answer has another shape")
	}
	return nil
}

func (t *transport) exchange(ctx context.Context, r request) ([]byte, error) {
	path := r.path
	var wrote atomic.Bool // set from the transport's own goroutine
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	req, err := t.made(ctx, r)
	if err != nil {
		return nil, t.fail(path, notSent, "the base address is no address")
	}
	res, err := t.client.Do(req)
	if err != nil {
		if wrote.Load() {
			return nil, t.fail(path, noAnswer, reason(err))
		}
		return nil, t.fail(path, notSent, reason(err))
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, t.fail(path, noAnswer, fmt.Sprintf("status %d", res.StatusCode))
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil || len(raw) > maxAnswer {
		return nil, t.fail(path, noAnswer, "the answer breaks off or is too long")
	}
	return raw, nil
}

func (t *transport) made(ctx context.Context, r request) (*http.Request, error) {
	if r.body == nil {
		return http.NewRequestWithContext(ctx, http.MethodGet, t.base+r.path+r.query, nil)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+r.path+r.query, bytes.NewReader(r.body))
	if err == nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, err
}

func (t *transport) fail(path string, how trouble, why string) error {
	return &APIError{Path: path, trouble: how, Message: redact(why, t.hide...)}
}

// encode is JSON as the platform likes it: it shows \u003c to people.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	return b.Bytes(), nil
}
