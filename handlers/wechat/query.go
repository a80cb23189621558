package wechat

import (
	"net/url"
	"strings"
)

// query is what the platform says beside the body.
type query struct {
	signature, timestamp, nonce, echo string
	encryptType, msgSignature         string
}

// readQuery picks the six parameters out of a raw query. url.ParseQuery would
// build a map of them all for every message.
func readQuery(raw string) query {
	var q query
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		name, value, _ := strings.Cut(pair, "=")
		if at := q.field(name); at != nil && *at == "" {
			*at = unescape(value)
		}
	}
	return q
}

func (q *query) field(name string) *string {
	switch name {
	case "signature":
		return &q.signature
	case "timestamp":
		return &q.timestamp
	case "nonce":
		return &q.nonce
	case "echostr":
		return &q.echo
	case "encrypt_type":
		return &q.encryptType
	case "msg_signature":
		return &q.msgSignature
	}
	return nil
}

// unescape undoes percent signs; what cannot be undone is left, and will not
// be signed.
func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}
