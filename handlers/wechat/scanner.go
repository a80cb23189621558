package wechat

import (
	"errors"
	"strings"
)

// maxDepth is deeper than any message of the platform nests (its deepest has
// five levels).
const maxDepth = 16

var errMalformed = errors.New("malformed message")

// A scanner walks the elements of one message and hands each leaf to an Inbound.
// It is not an XML parser: it ignores declarations (the platform's and its users'
// may name a wrong encoding), attributes, comments and white space between
// elements, and it refuses DOCTYPE.
type scanner struct {
	rest  string
	path  [maxDepth]string // names of the open elements
	depth int
	value value
	into  *Inbound
}

// run reads one whole document.
func (p *scanner) run() error {
	p.rest = strings.TrimPrefix(p.rest, "\ufeff")
	for closed := false; !closed; {
		i := strings.IndexByte(p.rest, '<')
		if i < 0 {
			return errMalformed
		}
		p.value.add(p.rest[:i], false)
		p.rest = p.rest[i+1:]
		var err error
		if closed, err = p.markup(); err != nil {
			return err
		}
	}
	return nil
}

// markup reads what follows a "<"; closed is true after the outermost end tag.
func (p *scanner) markup() (closed bool, err error) {
	switch {
	case strings.HasPrefix(p.rest, "/"):
		return p.endTag()
	case strings.HasPrefix(p.rest, "![CDATA["):
		text, err := p.until("![CDATA[", "]]>")
		p.value.add(text, true)
		return false, err
	case strings.HasPrefix(p.rest, "!--"):
		_, err = p.until("!--", "-->")
		return false, err
	case strings.HasPrefix(p.rest, "?"):
		_, err = p.until("?", "?>")
		return false, err
	case strings.HasPrefix(p.rest, "!"):
		return false, errMalformed
	}
	return p.startTag()
}

// until skips lead, returns what stands before end and moves behind it.
func (p *scanner) until(lead, end string) (string, error) {
	text, rest, found := strings.Cut(p.rest[len(lead):], end)
	if !found {
		return "", errMalformed
	}
	p.rest = rest
	return text, nil
}

func (p *scanner) startTag() (closed bool, err error) {
	tag, err := p.tag()
	if err != nil {
		return false, err
	}
	empty := strings.HasSuffix(tag, "/")
	name := strings.TrimSuffix(tag, "/")
	if i := strings.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i] // attributes mean nothing to the platform
	}
	if name == "" || p.depth == maxDepth || (p.depth == 0 && name != "xml") {
		return false, errMalformed
	}
	p.path[p.depth] = name
	p.depth++
	p.value.reset()
	p.into.begin(p.path[:p.depth])
	if empty {
		return p.close(), nil
	}
	return false, nil
}

// tag returns what stands before the ">" that ends a tag; one inside quotes
// does not.
func (p *scanner) tag() (string, error) {
	quote := byte(0)
	for i := 0; i < len(p.rest); i++ {
		c := p.rest[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			tag := p.rest[:i]
			p.rest = p.rest[i+1:]
			return tag, nil
		case c == '<':
			return "", errMalformed
		}
	}
	return "", errMalformed
}

func (p *scanner) endTag() (closed bool, err error) {
	name, err := p.until("/", ">")
	if err != nil {
		return false, err
	}
	if p.depth == 0 || strings.TrimRight(name, " \t\r\n") != p.path[p.depth-1] {
		return false, errMalformed
	}
	return p.close(), nil
}

func (p *scanner) close() (closed bool) {
	if p.value.open {
		p.into.take(p.path[:p.depth], p.value.text())
	}
	p.value.open = false
	p.depth--
	return p.depth == 0
}
