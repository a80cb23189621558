package bot

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
)

// choosing is the question who of those who share a telephone speaks, or about
// which of his villages somebody does. What he typed is kept and heard then.
const choosing = "speaker"

// speaksFor is how long a speaker is taken for the same: after that the next
// may have the telephone in his hand.
const speaksFor = 30 * time.Minute

// pick finds the binding that a message is heard under: of several villages that
// of the open question, else the one used last, else it asks (settled.md 47); of
// several people who share the telephone the one who said so in this dialogue,
// else it asks. A text that is not empty is the question.
func (b *Bot) pick(ctx context.Context, s *scene) (storage.Member, string, error) {
	active := s.facts.active()
	if len(active) < 2 || s.mute() {
		if i := slices.IndexFunc(active, func(m storage.Member) bool { return m.Person == s.state.Speaker }); i >= 0 {
			return active[i], "", nil
		}
		m, _ := s.facts.speaker(s.state.Village)
		return m, "", nil
	}
	names, err := b.namesOf(ctx, active)
	if err != nil {
		return storage.Member{}, "", err
	}
	active = s.answered(active, names)
	here, text := s.where(active, names)
	if text != "" {
		return storage.Member{}, text, nil
	}
	m, text := s.who(here, names)
	return m, text, nil
}

// mute reports whether nobody can be asked: an event of the platform, or words
// that cannot wait for an answer.
func (s *scene) mute() bool {
	event := s.msg.Kind == talk.Event && s.msg.Event != talk.Click
	var c read.Context
	if m, bound := s.facts.speaker(s.state.Village); bound {
		if bk := s.kept(m.Village); bk != nil {
			c = bk.Reading(s.now)
		}
	}
	return event || s.alone || s.msg.Kind != talk.Event && s.msg.Text == "" || read.Read(s.msg.Text, c).Danger.Level == read.Strong
}

// named is a binding with what people call it.
type named struct{ village, person string }

func (b *Bot) namesOf(ctx context.Context, members []storage.Member) (map[int64]named, error) {
	names := map[int64]named{}
	for _, m := range members {
		bk, err := b.books.Read(ctx, m.Village)
		if err != nil {
			return nil, err
		}
		names[m.ID] = named{bk.Village.Name, bk.Name(m.Person)}
	}
	return names, nil
}

// answered takes the answer to the question, and puts the words that waited for
// it in the place of the message.
func (s *scene) answered(active []storage.Member, names map[int64]named) []storage.Member {
	q := s.state.Open
	if q == nil || q.Line != choosing {
		return active
	}
	s.state.Open = nil
	said := strings.TrimRight(strings.TrimSpace(s.msg.Text), "。.，, ")
	i := slices.IndexFunc(active, func(m storage.Member) bool {
		n := slices.Index(q.Refs, m.ID)
		called := names[m.ID].person
		if q.Name == "where" {
			called = names[m.ID].village
		}
		return n >= 0 && (said == strconv.Itoa(n+1) || strings.Contains(said, called))
	})
	if i < 0 {
		return active
	}
	s.state.Village = active[i].Village
	if q.Name == "who" {
		s.speaks(active[i].Person)
	}
	s.msg.Text = q.Data
	return active
}

// speaks makes somebody the speaker of this dialogue. What was asked of another
// is not his to answer.
func (s *scene) speaks(person int64) {
	if s.state.Speaker != person {
		s.state.Drop()
		s.state.Kept, s.state.Fragment, s.state.Fails = nil, nil, 0
	}
	s.state.Speaker, s.state.SpokeAt = person, s.now.UnixMilli()
}

// where keeps the members of one village.
func (s *scene) where(active []storage.Member, names map[int64]named) ([]storage.Member, string) {
	in := func(village int64) []storage.Member {
		return slices.DeleteFunc(slices.Clone(active), func(m storage.Member) bool { return m.Village != village })
	}
	for _, m := range active { // he names another of his villages
		if m.Village != s.state.Village && strings.HasPrefix(s.msg.Text, names[m.ID].village) {
			s.state.Drop()
			s.state.Village, s.state.Speaker = m.Village, 0
			return in(m.Village), ""
		}
	}
	if here := in(s.state.Village); len(here) > 0 {
		return here, ""
	}
	if here := in(active[0].Village); len(here) == len(active) {
		return here, ""
	}
	one := slices.CompactFunc(slices.SortedStableFunc(slices.Values(active), inVillageOrder), func(x, y storage.Member) bool { return x.Village == y.Village })
	return nil, s.choose("where", one, "您讲的是哪个村的事？", func(m storage.Member) string { return names[m.ID].village })
}

func inVillageOrder(x, y storage.Member) int { return cmp.Compare(x.Village, y.Village) }

// calls is somebody saying who speaks now: 我是满爷爷, and what he wants.
var calls = regexp.MustCompile(`^我是([^，,。 ]{2,12})[，,。 ]*(.*)$`)

// who keeps one of those who share the telephone in one village.
func (s *scene) who(here []storage.Member, names map[int64]named) (storage.Member, string) {
	if len(here) == 1 {
		s.state.Speaker = 0
		return here[0], ""
	}
	s.shared = true
	if said := calls.FindStringSubmatch(strings.TrimSpace(s.msg.Text)); said != nil {
		if i := s.called(here, said[1]); i >= 0 {
			s.speaks(here[i].Person)
			if s.msg.Text = said[2]; said[2] == "" {
				return here[i], "好，" + names[here[i].ID].person + "，您讲。"
			}
			return here[i], ""
		}
	}
	i := slices.IndexFunc(here, func(m storage.Member) bool { return m.Person == s.state.Speaker })
	if i >= 0 && s.now.Sub(time.UnixMilli(s.state.SpokeAt)) < speaksFor {
		s.speaks(here[i].Person)
		return here[i], ""
	}
	return storage.Member{}, s.choose("who", here, "这个号几个人用，是哪位讲？", func(m storage.Member) string { return names[m.ID].person })
}

// called finds whom a name means among those who share the telephone.
func (s *scene) called(here []storage.Member, name string) int {
	bk := s.kept(here[0].Village)
	if bk == nil {
		return -1
	}
	found := read.Read(name, read.Context{Now: s.now, Roster: bk.Roster}).Mentions
	return slices.IndexFunc(here, func(m storage.Member) bool {
		return bk.Name(m.Person) == name || len(found) == 1 && slices.Contains(found[0].People, m.Person)
	})
}

// choose puts the question, and keeps the words for its answer.
func (s *scene) choose(what string, among []storage.Member, text string, called func(storage.Member) string) string {
	words := s.msg.Text
	if s.msg.Kind == talk.Event {
		words = s.msg.EventKey
	}
	q := line.Question{Line: choosing, Name: what, Data: words, At: s.now.UnixMilli(), Text: text}
	for i, m := range among {
		q.Refs = append(q.Refs, m.ID)
		q.Text += strconv.Itoa(i+1) + called(m) + " "
	}
	q.Text = strings.TrimSpace(q.Text) + "，回数字。"
	s.state.Open, s.state.Digits = &q, nil
	return q.Text
}

// question is what has to be asked before anything else, "" for nothing.
func (s *scene) question() string {
	if s == nil {
		return ""
	}
	return s.asks
}

// named begins a reply with whose it is, where several share the telephone.
func (s *scene) named(text string) string {
	if !s.shared || s.me == 0 || text == "" || s.reading.Danger.Level == read.Strong {
		return text
	}
	return s.book.Name(s.me) + "，" + text
}

// active are the bindings that somebody has vouched for.
func (f facts) active() []storage.Member {
	return slices.DeleteFunc(slices.Clone(f.members), func(m storage.Member) bool { return m.State != storage.Active })
}
