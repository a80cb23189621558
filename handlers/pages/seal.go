package pages

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// seal makes values that only we can read and make: encrypted and authenticated
// (AES-256-GCM), good for one purpose and for a while.
type seal struct{ box cipher.AEAD }

// newSeal makes the key from the account's secret: every replica makes the same,
// and a new secret ends what was sealed under the old one.
func newSeal(secret, purpose string) (*seal, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "mishu pages: "+purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return &seal{box}, nil
}

// sealed is what a cookie holds.
type sealed struct {
	Text  string `json:"t"`           // an OpenID, or the state of a login
	To    string `json:"p,omitempty"` // the page that somebody was on his way to
	Until int64  `json:"u"`           // seconds
}

var errSeal = errors.New("the seal is broken or too old")

func (s *seal) close(v sealed) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	nonce := make([]byte, s.box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(s.box.Seal(nonce, nonce, raw, nil)), nil
}

func (s *seal) open(text string, now time.Time) (sealed, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) < s.box.NonceSize() {
		return sealed{}, errSeal
	}
	plain, err := s.box.Open(nil, raw[:s.box.NonceSize()], raw[s.box.NonceSize():], nil)
	if err != nil {
		return sealed{}, errSeal
	}
	var v sealed
	if err := json.Unmarshal(plain, &v); err != nil || now.Unix() >= v.Until {
		return sealed{}, errSeal
	}
	return v, nil
}
