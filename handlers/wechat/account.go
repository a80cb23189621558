package wechat

import (
	"encoding/base64"
	"errors"
	"fmt"
)

// keyLength is how many characters an EncodingAESKey has: 32 bytes in base64
// without the closing "=".
const keyLength = 43

// An Account is one Official Account as its console shows it. Token, Secret and
// the keys are secrets: an Account is never printed.
type Account struct {
	ID             string // ToUserName, gh_...; "" accepts any
	AppID          string
	Secret         string
	Token          string // signs every request of the platform
	AESKey         string // EncodingAESKey, 43 characters
	PreviousAESKey string // the key before the last change; messages under it go on arriving
	Mode           Mode   // "" means Safe
	// ClassicToken fetches tokens from /cgi-bin/token. One that is fetched there
	// ends the one before: only for an account that another program shares which
	// knows no other way, and hands its own out.
	ClassicToken bool
}

// Validate tells everything that keeps the account from receiving messages,
// one sentence each, without quoting a secret.
func (a Account) Validate() error {
	var wrong []error
	say := func(bad bool, sentence string) {
		if bad {
			wrong = append(wrong, errors.New(sentence))
		}
	}
	mode := a.Mode.orSafe()
	say(a.Token == "", "the WeChat token is empty: anybody could sign a message; copy it from the console")
	say(!mode.known(), fmt.Sprintf("the WeChat mode %q is unknown: write safe, compatible or plain", a.Mode))
	say(mode == Plain && a.AESKey != "", "the WeChat mode is plain but an AES key is set: remove the key or choose safe")
	say(mode.sealed() && a.AppID == "", "the WeChat app id is empty: encrypted messages name it")
	say(mode.sealed() && a.AESKey == "", "the WeChat AES key is empty: safe and compatible mode need it")
	say(a.AESKey != "" && !validKey(a.AESKey), "the WeChat AES key is wrong: it has 43 letters and digits")
	say(a.PreviousAESKey != "" && !validKey(a.PreviousAESKey), "the previous WeChat AES key is wrong: it has 43 letters and digits")
	return errors.Join(wrong...)
}

func validKey(key string) bool {
	_, err := decodeKey(key)
	return err == nil
}

// decodeKey reads an EncodingAESKey. The decoder is not the strict one: the
// last character of a key may carry bits that mean nothing.
func decodeKey(key string) ([]byte, error) {
	if len(key) != keyLength {
		return nil, fmt.Errorf("AES key has %d characters, not %d", len(key), keyLength)
	}
	raw, err := base64.StdEncoding.DecodeString(key + "=")
	if err != nil || len(raw) != 32 {
		return nil, errors.New("AES key is not base64")
	}
	return raw, nil
}
