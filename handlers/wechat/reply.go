package wechat

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxText is how many bytes of text go into one bubble. The platform fails
// above about 2,048 bytes, which it does not document; 1,800 (600 汉字) leaves
// room.
const maxText = 1800

// successBody tells the platform that there is nothing to say and that it need
// not ask again. It is never encrypted, in no mode.
const successBody = "success"

const ellipsis = "……"

// fit cuts text to what one bubble carries, at the end of a line if there is
// one in the second half, else behind a mark, never inside a name, a number or a
// character.
func fit(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText - len(ellipsis)
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:wholeWords(text, end)] + ellipsis
}

// marks are what stands between words: no name and no number holds one.
const marks = "。！？；，、：”）！? "

// wholeWords is where text can be cut, at end or before.
func wholeWords(text string, end int) int {
	if line := strings.LastIndexByte(text[:end], '\n'); line > maxText/2 {
		return line
	}
	if at := strings.LastIndexAny(text[:end], marks); at > maxText/2 {
		_, size := utf8.DecodeRuneInString(text[at:])
		return at + size
	}
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	for at := end; at > maxText/2; at-- { // nothing but words: at least no number is cut
		if !digit(text[at]) || !digit(text[at-1]) {
			end = at
			break
		}
	}
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

// appendText writes the passive reply that answers in with text.
func appendText(dst []byte, in *Inbound, text string, now time.Time) []byte {
	dst = appendElement(append(dst, "<xml>"...), "ToUserName", in.FromUserName)
	dst = appendElement(dst, "FromUserName", in.ToUserName)
	dst = append(dst, "<CreateTime>"...)
	dst = strconv.AppendInt(dst, now.Unix(), 10)
	dst = append(dst, "</CreateTime>"...)
	dst = appendElement(dst, "MsgType", "text")
	dst = appendElement(dst, "Content", fit(clean(text)))
	return append(dst, "</xml>"...)
}

func appendElement(dst []byte, name, text string) []byte {
	dst = append(append(append(dst, '<'), name...), "><![CDATA["...)
	for {
		i := strings.Index(text, "]]>")
		if i < 0 {
			break
		}
		// The end mark cannot stand in a section: its two halves go into two.
		dst = append(append(dst, text[:i+2]...), "]]><![CDATA["...)
		text = text[i+2:]
	}
	dst = append(append(dst, text...), "]]></"...)
	return append(append(dst, name...), '>')
}

// appendSealed wraps an encrypted answer, signed with a nonce of our own.
func (g *Gate) appendSealed(dst []byte, s *scratch, encrypted string, now time.Time) []byte {
	var random [8]byte
	_, _ = rand.Read(random[:])
	nonce, stamp := hex.EncodeToString(random[:]), strconv.FormatInt(now.Unix(), 10)
	var mark [40]byte
	parts := [...]string{g.account.Token, stamp, nonce, encrypted}
	s.text = signature(&mark, s.text, parts[:])
	dst = appendElement(append(dst, "<xml>"...), "Encrypt", encrypted)
	dst = append(append(append(dst, "<MsgSignature><![CDATA["...), mark[:]...), "]]></MsgSignature>"...)
	dst = append(append(append(dst, "<TimeStamp>"...), stamp...), "</TimeStamp>"...)
	dst = appendElement(dst, "Nonce", nonce)
	return append(dst, "</xml>"...)
}

// write answers one delivery: the text, sealed with the key the message came
// under, or `success` where there is no text. It reports whether the answer
// left; a client that is gone is no reason to panic.
func (g *Gate) write(w http.ResponseWriter, x *exchange, text string) bool {
	s := x.scratch
	if strings.TrimSpace(clean(text)) == "" { // an empty Content shows the person a fault notice
		return reply(w, typePlain, append(s.out[:0], successBody...))
	}
	now := g.opt.Now()
	s.out = appendText(s.out[:0], &x.in, text, now)
	if x.key != nil {
		s.coded, s.plain = x.key.seal(s.coded[:0], s.plain, s.out, g.account.AppID)
		s.out = g.appendSealed(s.out[:0], s, string(s.coded), now)
	}
	return reply(w, typeXML, s.out)
}

// Header values, shared by all answers: net/http reads them only.
var (
	typePlain = []string{"text/plain; charset=utf-8"}
	typeXML   = []string{"application/xml; charset=utf-8"}
	noSniff   = []string{"nosniff"}
)

func reply(w http.ResponseWriter, kind []string, body []byte) bool {
	h := w.Header()
	h["Content-Type"] = kind
	h["X-Content-Type-Options"] = noSniff
	_, err := w.Write(body)
	return err == nil
}
