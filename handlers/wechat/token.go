package wechat

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

const (
	tokenPath   = "/cgi-bin/stable_token"
	classicPath = "/cgi-bin/token"
	// The platform allows a forced renewal every 30 s and 20 a day.
	forceEvery = 30 * time.Second
	forceADay  = 20
)

// A TokenSource hands out the access token of an account. All processes that
// share a store share one token; without the store each goes on with a copy of
// its own, which stable_token makes harmless: it gives everybody the same.
type TokenSource struct {
	*kept
	account Account
	to      transport
}

// NewTokens makes the source of an account's token. base is the address of the
// platform's API, "" the real one; client may be nil.
func NewTokens(account Account, base string, store TokenStore, client *http.Client, now func() time.Time, log *slog.Logger) *TokenSource {
	s := &TokenSource{
		kept:    newKept("token", account.AppID, store, now, log),
		account: account,
		to:      newTransport(base, client, account.Secret),
	}
	s.kept.fetch = func(ctx context.Context, bad string) (string, error) {
		token, err := s.fetchToken(ctx, false, bad)
		if err == nil && token == bad {
			return s.force(ctx, bad)
		}
		return token, err
	}
	return s
}

// Token is the token to use now.
func (s *TokenSource) Token(ctx context.Context) (string, error) {
	return s.other(ctx, "")
}

// Refused tells that the platform takes the token bad no more, and returns
// another. Only bad is dropped: what another process fetched meanwhile stays.
func (s *TokenSource) Refused(ctx context.Context, bad string) (string, error) {
	s.drop(ctx, bad)
	return s.other(ctx, bad)
}

var errNoForce = errors.New("the platform keeps giving a token that it refuses, and it may not be forced again yet")

// force makes the platform give up a token that it refuses and yet hands out.
// The lock is left to run out: it is the distance between two forced renewals.
func (s *TokenSource) force(ctx context.Context, bad string) (string, error) {
	got, err := s.store.Lock(ctx, s.key("force"), randomName(), forceEvery)
	if err != nil || !got {
		if token, found := s.await(ctx, bad, callTimeout); err == nil && found {
			return token, nil
		}
		return "", errNoForce
	}
	day := s.now().In(shanghai).Format(time.DateOnly)
	if n, err := s.store.Count(ctx, s.key("forced:"+day), 24*time.Hour); err != nil || n > forceADay {
		return "", errNoForce
	}
	s.log.Warn("force a new token")
	return s.fetchToken(ctx, true, "")
}

type tokenRequest struct {
	GrantType    string `json:"grant_type"`
	AppID        string `json:"appid"`
	Secret       string `json:"secret"`
	ForceRefresh bool   `json:"force_refresh"`
}

// asks is the request for a token: of the stable one, or of the classic one,
// which ends the classic token before it.
func (s *TokenSource) asks(force bool) (request, error) {
	if s.account.ClassicToken {
		q := url.Values{"grant_type": {"client_credential"}, "appid": {s.account.AppID}, "secret": {s.account.Secret}}
		return request{path: classicPath, query: "?" + q.Encode()}, nil
	}
	body, err := encode(tokenRequest{"client_credential", s.account.AppID, s.account.Secret, force})
	return request{path: tokenPath, body: body}, err
}

// fetchToken asks the platform. A token equal to bad is returned but not kept.
func (s *TokenSource) fetchToken(ctx context.Context, force bool, bad string) (string, error) {
	req, err := s.asks(force)
	if err != nil {
		return "", err
	}
	var res struct {
		Token   string `json:"access_token"`
		Seconds int64  `json:"expires_in"`
	}
	if err := s.to.carry(ctx, req, &res); err != nil {
		return "", err
	}
	if res.Token == "" || res.Seconds <= 0 {
		return "", s.to.fail(req.path, noAnswer, "the answer holds no token")
	}
	if res.Token != bad {
		s.keep(ctx, res.Token, res.Seconds)
	}
	return res.Token, nil
}
