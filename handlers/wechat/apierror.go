package wechat

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// trouble is how a call to the platform failed when no errcode came back.
type trouble string

const (
	notSent   trouble = "unsent"  // nothing of the request left: surely not delivered
	noAnswer  trouble = "unclear" // bytes went out and nothing usable came back
	noCircuit trouble = "circuit" // not even tried
)

// An APIError is a call that the platform refused or did not answer. Its text
// holds no token and no secret.
type APIError struct {
	Path    string
	Code    int    // errcode; 0 if none came
	Message string // errmsg or what went wrong, scrubbed
	trouble trouble
}

func (e *APIError) Error() string {
	if e.Code != 0 {
		return fmt.Sprintf("call %s: errcode %d: %s", e.Path, e.Code, e.Message)
	}
	return fmt.Sprintf("call %s: %s: %s", e.Path, e.trouble, e.Message)
}

// busy reports whether err is the provider's trouble and not ours: such errors
// open the circuit.
func busy(err error) bool {
	e := (*APIError)(nil)
	if !errors.As(err, &e) {
		return false
	}
	return e.Code == -1 || e.Code == 0 && e.trouble != noCircuit
}

func codeOf(err error) int {
	if e := (*APIError)(nil); errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// reason is the text of a transport error without its address, whose query
// holds the token.
func reason(err error) string {
	if e := (*url.Error)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return err.Error()
}

// redact takes secrets out of a text.
func redact(text string, secrets ...string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "***")
			text = strings.ReplaceAll(text, url.QueryEscape(s), "***")
		}
	}
	return text
}

// unclear reports whether a call may have been carried out though no answer
// came; unsent that it surely was not.
func unclear(err error) bool { return troubleOf(err) == noAnswer }

func unsent(err error) bool {
	how := troubleOf(err)
	return how == notSent || how == noCircuit
}

func troubleOf(err error) trouble {
	if e := (*APIError)(nil); errors.As(err, &e) {
		return e.trouble
	}
	return ""
}
