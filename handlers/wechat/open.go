package wechat

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// maxBody bounds a request. Real messages are under 4 kB.
const maxBody = 64 << 10

// maxOpenID is the longest name of a person that is taken; usual is 28.
const maxOpenID = 64

// An exchange is one delivery: what came, under which key, and the room it is
// worked in.
type exchange struct {
	arrived time.Time
	in      Inbound
	key     *key // nil in plain mode
	scratch *scratch
}

// open takes a request apart: signatures first, then size, cipher, XML. What
// it returns may be trusted to come from the platform.
func (g *Gate) open(r *http.Request, q *query, x *exchange) *refusal {
	if no := g.checkQuery(q, x); no != nil {
		return no
	}
	if no := readBody(r, x.scratch); no != nil {
		return no
	}
	in, err := Parse(string(x.scratch.body))
	if err != nil {
		return refusedMalformed
	}
	if g.mode.sealed() {
		if in, err = g.unseal(q, x, &in); err != nil {
			return asRefusal(err)
		}
	}
	x.in = in
	return g.checkMessage(&in)
}

// checkQuery is everything that can be refused before a byte of the body is
// read.
func (g *Gate) checkQuery(q *query, x *exchange) *refusal {
	parts := [...]string{g.account.Token, q.timestamp, q.nonce}
	if !signed(x.scratch, q.signature, parts[:]) {
		return refusedSignature
	}
	if no := g.checkFresh(q, x); no != nil {
		return no
	}
	if g.mode.sealed() && (q.encryptType != "aes" || q.msgSignature == "") {
		return refusedMode
	}
	return nil
}

func readBody(r *http.Request, s *scratch) *refusal {
	if r.ContentLength > maxBody {
		return refusedSize
	}
	s.body = s.body[:0]
	for {
		if len(s.body) == cap(s.body) {
			s.body = append(s.body, 0)[:len(s.body)]
		}
		n, err := r.Body.Read(s.body[len(s.body):cap(s.body)])
		s.body = s.body[:len(s.body)+n]
		switch {
		case len(s.body) > maxBody:
			return refusedSize
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return refusedRead
		}
	}
}

// unseal opens the encrypted message of an envelope. The plain fields that
// compatible mode sends beside it are ignored: nothing signs them.
func (g *Gate) unseal(q *query, x *exchange, outer *Inbound) (Inbound, error) {
	if outer.Encrypt == "" {
		return Inbound{}, refusedMode
	}
	parts := [...]string{g.account.Token, q.timestamp, q.nonce, outer.Encrypt}
	if !signed(x.scratch, q.msgSignature, parts[:]) {
		return Inbound{}, refusedSignature
	}
	message, worked, err := g.keys.open(x.scratch, outer.Encrypt)
	if err != nil {
		return Inbound{}, err
	}
	x.key = worked
	in, err := Parse(string(message))
	if err == nil && outer.ToUserName != "" && in.ToUserName != "" && outer.ToUserName != in.ToUserName {
		err = errOtherAppID
	}
	return in, err
}

func asRefusal(err error) *refusal {
	if no := (*refusal)(nil); errors.As(err, &no) {
		return no
	}
	switch {
	case errors.Is(err, errOtherAppID):
		return refusedAccount
	case errors.Is(err, errSealed):
		return refusedSealed
	}
	return refusedMalformed
}

func (g *Gate) checkMessage(in *Inbound) *refusal {
	switch {
	case in.MsgType == "" || in.ToUserName == "" || in.FromUserName == "" || len(in.FromUserName) > maxOpenID:
		return refusedMalformed
	case g.account.ID != "" && in.ToUserName != g.account.ID:
		return refusedAccount
	}
	return nil
}
