package bot_test

import (
	"strings"

	"mishu/bot/talk"
)

// lockScreen is how many characters of a message a locked telephone shows
// (settled.md 19), and leadBound how many a template's field takes.
const (
	lockScreen = 20
	leadBound  = 20
)

// discreet fails where somebody who looks at a locked telephone would read a
// name of the village, other than its owner's.
func (s *stage) discreet(l talk.Letter, to int64) {
	s.t.Helper()
	shown := []rune(l.Opening + l.Text)
	for id, label := range s.names {
		_, name, found := strings.Cut(label, "组") // "2组王桂香" where there are several
		if !found {
			name = label
		}
		if id == to || name == s.nameOf(to) {
			continue
		}
		if strings.Contains(string(shown[:min(len(shown), lockScreen)]), name) || strings.Contains(l.Lead, name) {
			s.fail("a lock screen shows %s: %s%s", name, l.Opening, l.Text)
		}
	}
	if l.Lead == "" || len([]rune(l.Lead)) > leadBound {
		s.fail("the lead of %s is %q", l.Kind, l.Lead)
	}
}

func (s *stage) nameOf(id int64) string {
	if id < 0 {
		return "舒德贵" // who is bound in the course of a conversation, or nobody
	}
	label := s.names[id]
	if _, name, found := strings.Cut(label, "组"); found {
		return name
	}
	return label
}
