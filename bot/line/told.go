package line

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// told are the last replies with the keys of their messages, newest last. They
// are looked at for a repeated message and otherwise carried along, so they are
// kept as they are stored: nothing is decoded until somebody asks. Each reply is
// the length of the key, the key, the length of the words, the words.
type told []byte

// toldBound is how many replies are kept: the platform delivers a message three
// times within 15 s, and few people write five bubbles in that time.
const toldBound = 5

// next cuts the first reply off; ok is false at the end, or where the rest makes
// no sense.
func (t told) next() (key, text []byte, rest told, ok bool) {
	if key, t, ok = cut(t); !ok {
		return nil, nil, nil, false
	}
	text, rest, ok = cut(t)
	return key, text, rest, ok
}

// cut takes one field with its length off the front.
func cut(b []byte) (field, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	return b[size : size+int(n)], b[size+int(n):], true
}

func field(b, value []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))), value...)
}

// add remembers one more reply and forgets the oldest beyond the bound.
func (t told) add(key, text string) told {
	n := 0
	for rest := t; ; n++ {
		var ok bool
		if _, _, rest, ok = rest.next(); !ok {
			break
		}
	}
	for ; n >= toldBound; n-- {
		_, _, t, _ = t.next()
	}
	out := make(told, 0, len(t)+len(key)+len(text)+4)
	return field(field(append(out, t...), []byte(key)), []byte(text))
}

// find is the reply that a message got.
func (t told) find(key string) (string, bool) {
	for rest := t; ; {
		k, text, more, ok := rest.next()
		if !ok {
			return "", false
		}
		if string(k) == key {
			return string(text), true
		}
		rest = more
	}
}

// Tell remembers the reply to a message.
func (s *State) Tell(key, text string) { s.told = s.told.add(key, text) }

// ToldTo is the reply that a message got; false if it is not remembered.
func (s *State) ToldTo(key string) (string, bool) { return s.told.find(key) }

var errPacked = errors.New("a session that no version of this program packed")

// Pack is the state as it is stored: the replies, then the rest as JSON.
func (s *State) Pack() ([]byte, error) {
	rest, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("pack session: %w", err)
	}
	return append(field(make([]byte, 0, len(s.told)+len(rest)+4), s.told), rest...), nil
}

// Unpack reads what Pack wrote; nothing stored is the empty state.
func (s *State) Unpack(b []byte) error {
	*s = State{}
	if len(b) == 0 {
		return nil
	}
	replies, rest, ok := cut(b)
	if !ok {
		return errPacked
	}
	if err := json.Unmarshal(rest, s); err != nil {
		*s = State{}
		return fmt.Errorf("unpack session: %w", err)
	}
	s.told = replies
	return nil
}
