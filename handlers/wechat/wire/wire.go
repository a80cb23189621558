// Package wire is the platform's side of the webhook protocol: it signs and
// encrypts a message as WeChat's servers do, posts it and reads the answer.
// The simulator, the benchmarks and the tests speak to the real gate through
// it. It is built on silenceper's crypto and not on the gate's own, so that a
// mistake in one of them does not hide in the other.
package wire

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/silenceper/wechat/v2/util"
)

// maxReply bounds what Post reads of an answer. A passive reply carries at
// most 2 kB of text; encrypted and wrapped it stays far below this.
const maxReply = 64 << 10

// Success is the answer that says nothing to the person and stops the retries.
const Success = "success"

// Wire knows the secrets that the platform and one Official Account share.
// Without an AESKey it speaks plaintext mode, otherwise safe mode.
type Wire struct {
	Token     string
	AESKey    string // 43 characters
	AppID     string
	AccountID string // the ToUserName on the envelope, gh_...
}

// Envelope is one sealed message: what stands in the body and in the query.
type Envelope struct {
	Body  []byte
	Query url.Values
}

// Sign is the platform's signature over parts, in whatever order they come.
func Sign(parts ...string) string {
	return util.Signature(append([]string(nil), parts...)...)
}

// Seal signs a message for the moment now and encrypts it if there is a key.
func (w Wire) Seal(message []byte, now time.Time) (Envelope, error) {
	stamp, nonce := strconv.FormatInt(now.Unix(), 10), freshNonce()
	q := url.Values{
		"signature": {Sign(w.Token, stamp, nonce)},
		"timestamp": {stamp},
		"nonce":     {nonce},
		"openid":    {openID(message)},
	}
	if w.AESKey == "" {
		return Envelope{Body: message, Query: q}, nil
	}
	secret, err := w.encrypt(message)
	if err != nil {
		return Envelope{}, err
	}
	q.Set("encrypt_type", "aes")
	q.Set("msg_signature", Sign(w.Token, stamp, nonce, secret))
	return Envelope{Body: w.wrap(secret), Query: q}, nil
}

// Request seals a message and makes the POST that carries it to url.
func (w Wire) Request(url string, message []byte, now time.Time) (*http.Request, error) {
	env, err := w.Seal(message, now)
	if err != nil {
		return nil, err
	}
	join := "?"
	if strings.Contains(url, "?") {
		join = "&"
	}
	req, err := http.NewRequest(http.MethodPost, url+join+env.Query.Encode(), bytes.NewReader(env.Body))
	if err != nil {
		return nil, fmt.Errorf("make webhook request: %w", err)
	}
	req.Header.Set("Content-Type", "text/xml")
	return req, nil
}

// Post delivers one message once. It returns the decrypted XML of the reply,
// or the raw body where the answer is not a sealed reply (`success`, empty, or
// a status other than 200). A connection closed without an answer is an error.
func (w Wire) Post(ctx context.Context, client *http.Client, url string, message []byte, now time.Time) (reply []byte, status int, err error) {
	req, err := w.Request(url, message, now)
	if err != nil {
		return nil, 0, err
	}
	res, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, 0, fmt.Errorf("post message: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxReply))
	if err != nil {
		return nil, res.StatusCode, fmt.Errorf("read reply: %w", err)
	}
	if res.StatusCode != http.StatusOK || len(body) == 0 || string(body) == Success {
		return body, res.StatusCode, nil
	}
	reply, err = w.OpenReply(body)
	return reply, res.StatusCode, err
}

// sealedReply is the answer of safe mode.
type sealedReply struct {
	Encrypt      string
	MsgSignature string
	TimeStamp    string
	Nonce        string
}

// OpenReply checks the signature of a passive reply and decrypts it. The bodies
// that are never sealed, `success` and nothing, come back as they are, and so
// does everything in plaintext mode.
func (w Wire) OpenReply(body []byte) ([]byte, error) {
	if w.AESKey == "" || len(body) == 0 || string(body) == Success {
		return body, nil
	}
	var r sealedReply
	if err := xml.Unmarshal(body, &r); err != nil {
		return nil, fmt.Errorf("read sealed reply: %w", err)
	}
	if r.Encrypt == "" {
		return nil, errors.New("reply is not encrypted though there is a key")
	}
	if Sign(w.Token, r.TimeStamp, r.Nonce, r.Encrypt) != r.MsgSignature {
		return nil, errors.New("reply carries a wrong signature")
	}
	_, plain, err := util.DecryptMsg(w.AppID, r.Encrypt, w.AESKey)
	if err != nil {
		return nil, fmt.Errorf("decrypt reply: %w", err)
	}
	return plain, nil
}

func (w Wire) encrypt(message []byte) (string, error) {
	random := make([]byte, 16)
	_, _ = rand.Read(random) // never fails: see crypto/rand
	out, err := util.EncryptMsg(random, message, w.AppID, w.AESKey)
	if err != nil {
		return "", fmt.Errorf("encrypt message: %w", err)
	}
	return string(out), nil
}

// wrap is the body of safe mode, with the white space the platform sends.
func (w Wire) wrap(secret string) []byte {
	var b bytes.Buffer
	b.Grow(len(secret) + 128)
	b.WriteString("<xml>\n    <ToUserName>")
	b.WriteString(cdata(w.AccountID))
	b.WriteString("</ToUserName>\n    <Encrypt>")
	b.WriteString(cdata(secret))
	b.WriteString("</Encrypt>\n</xml>")
	return b.Bytes()
}

func freshNonce() string {
	var b [6]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// openID is the sender of a message, which the platform repeats in the query.
func openID(message []byte) string {
	var m struct{ FromUserName string }
	_ = xml.Unmarshal(message, &m) // a broken message is sent broken, on purpose
	return m.FromUserName
}
