package wechat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"time"
)

const loginPath = "/sns/oauth2/access_token"

// codeLives is more than a login code lives, five minutes: it is taken once in
// that time.
const codeLives = 10 * time.Minute

// The refusals of a login.
var (
	// ErrCodeUsed means that the code was exchanged before, or is too old.
	ErrCodeUsed = errors.New("the login code was used")
	// ErrSnapshot means that the person looks at the page as a guest of the
	// platform: the OpenID is not his.
	ErrSnapshot = errors.New("the page is looked at by a guest account")
)

// A Logins exchanges the codes with which the platform tells a web page who
// opened it. Every process may be handed a code; the store sees to it that each
// is taken once.
type Logins struct {
	api   *API
	store TokenStore
}

// NewLogins makes the logins of an account.
func NewLogins(api *API, store TokenStore) *Logins { return &Logins{api, store} }

// OpenID exchanges a code for the OpenID of whoever opened the page. A code that
// was seen before is not asked about again: ErrCodeUsed. What the platform gives
// beside the OpenID is not kept.
func (l *Logins) OpenID(ctx context.Context, code string) (string, error) {
	sum := sha256.Sum256([]byte(code))
	key := "mishu:wechat:{" + l.api.AppID() + "}:login:" + hex.EncodeToString(sum[:16])
	first, err := l.store.Lock(ctx, key, "1", codeLives)
	if err == nil && !first {
		return "", ErrCodeUsed
	}
	return l.exchange(ctx, code) // without the store the platform itself takes a code once
}

func (l *Logins) exchange(ctx context.Context, code string) (string, error) {
	var res struct {
		OpenID   string `json:"openid"`
		Snapshot int    `json:"is_snapshotuser"`
	}
	q := url.Values{"appid": {l.api.AppID()}, "secret": {l.api.account.Secret}, "code": {code}, "grant_type": {"authorization_code"}}
	err := l.api.carryOpen(ctx, request{path: loginPath, query: "?" + q.Encode()}, &res, code)
	switch {
	case actionOf(codeOf(err)) == actLogin:
		return "", fmt.Errorf("%w: %w", ErrCodeUsed, err)
	case err != nil:
		return "", fmt.Errorf("log in: %w", err)
	case res.Snapshot == 1:
		return "", ErrSnapshot
	case res.OpenID == "":
		return "", fmt.Errorf("log in: %w", l.api.to.fail(loginPath, noAnswer, "the answer names nobody"))
	}
	return res.OpenID, nil
}
