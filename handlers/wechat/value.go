package wechat

import (
	"html"
	"strings"
	"unicode/utf8"
)

// value gathers the text of one leaf element, which may come in several pieces
// of plain text and CDATA.
type value struct {
	open  bool // between a start tag and the next tag
	exact bool // some of it stood in CDATA
	one   string
	more  []string
}

func (v *value) reset() { *v = value{open: true} }

// add takes one more piece. Plain text has entities; a piece of white space
// around a CDATA section is only the way the message was laid out.
func (v *value) add(piece string, exact bool) {
	if !v.open || (!exact && strings.TrimSpace(piece) == "") {
		return
	}
	if !exact && strings.IndexByte(piece, '&') >= 0 {
		piece = html.UnescapeString(piece)
	}
	v.exact = v.exact || exact
	if v.one == "" {
		v.one = piece
		return
	}
	v.more = append(v.more, piece)
}

func (v *value) text() string {
	s := v.one
	if len(v.more) > 0 {
		s += strings.Join(v.more, "")
	}
	if !v.exact {
		s = strings.TrimSpace(s)
	}
	return clean(s)
}

// clean takes out what XML forbids: control characters and bytes that are no
// UTF-8. Text that is in order comes back as it is, without a copy.
func clean(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || forbidden(rune(c)) {
			return cleanFrom(s)
		}
	}
	return s
}

func cleanFrom(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// forbidden reports whether XML 1.0 has no place for r.
func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}
