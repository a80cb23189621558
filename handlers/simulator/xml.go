package simulator

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// node is one element of a message: a text, a number written without quotes,
// or more elements.
type node struct {
	name   string
	text   string
	bare   bool
	within []node
}

func quoted(name, text string) node { return node{name: name, text: text} }

func number(name string, n int64) node {
	return node{name: name, text: strconv.FormatInt(n, 10), bare: true}
}

func group(name string, within ...node) node { return node{name: name, within: within} }

// message writes one message as the platform does: its three common fields,
// then the others in the order given.
func (s *Simulator) message(openID string, at time.Time, fields ...node) []byte {
	common := []node{
		quoted("ToUserName", s.opt.Wire.AccountID), quoted("FromUserName", openID),
		number("CreateTime", at.Unix()),
	}
	var b strings.Builder
	writeNode(&b, group("xml", append(common, fields...)...))
	return []byte(b.String())
}

func writeNode(b *strings.Builder, n node) {
	b.WriteString("<" + n.name + ">")
	switch {
	case n.within != nil:
		for _, child := range n.within {
			writeNode(b, child)
		}
	case n.bare:
		b.WriteString(n.text)
	default:
		b.WriteString(quote(n.text))
	}
	b.WriteString("</" + n.name + ">")
}

// quote puts text into a CDATA section. Text that holds the end mark is
// written with entities instead, as a section cannot carry it.
func quote(text string) string {
	text = legal(text)
	if strings.Contains(text, "]]>") {
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;").Replace(text)
	}
	return "<![CDATA[" + text + "]]>"
}

// legal drops what XML 1.0 cannot hold: control characters other than tab and
// line ends, surrogates, and bytes that are no UTF-8.
func legal(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, text)
}
