package alert

import (
	"regexp"
	"slices"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// report is what one person said of a danger.
type report struct {
	Class  read.Class `json:"class"`
	Signs  []string   `json:"signs,omitempty"`
	Words  string     `json:"words"`
	Elders []int64    `json:"elders,omitempty"` // who it may be; one is sure, several are a tie
	Named  string     `json:"named,omitempty"`  // how the person was called, as typed
	Group  int        `json:"group,omitempty"`  // the group that was said
	county bool       // those who protect children in the county's office are told
}

// maxElders bounds how many people of one name are listed to a helper.
const maxElders = 4

// heard makes a report of the line that was read.
func heard(t *line.Turn) report {
	r := report{Class: t.Read.Danger.Class, Signs: t.Read.Danger.Words, Words: t.Read.Text, Group: t.Read.Group}
	if r.Class == read.Child && namesCadre(t) {
		r.Class = cadre
	}
	r.Elders, r.Named = meant(t)
	return r
}

// meant finds whom a line is about, and how he was called. Where several are
// named, those on the visit list are meant: the others are who saw it.
func meant(t *line.Turn) (people []int64, called string) {
	for _, m := range t.Read.Mentions {
		for _, id := range m.People {
			if !slices.Contains(people, id) {
				people = append(people, id)
			}
		}
		if called == "" {
			called = typed(t.Read.Text, m.Span)
		}
	}
	if len(people) == 0 {
		return ownPeople(t), called
	}
	if listed := onList(t, people); len(people) > 1 && len(listed) > 0 {
		people = listed
	}
	return people[:min(len(people), maxElders)], called
}

func typed(text string, s read.Span) string {
	if s.From < 0 || s.To > len(text) || s.From >= s.To {
		return ""
	}
	return text[s.From:s.To]
}

func onList(t *line.Turn, people []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(people), func(id int64) bool {
		_, listed := t.Book.Plan(id)
		return !listed
	})
}

// ownMatter are the classes in which a line that names nobody is about the one
// who writes: it is he who must be able to say where he is.
var ownMatter = map[read.Class]bool{read.SelfHarm: true, read.Violence: true, read.Fraud: true}

// ownPeople are meant by 我爸 from somebody who speaks for one elder, and by 我
// from the speaker himself.
func ownPeople(t *line.Turn) []int64 {
	if t.Me == 0 {
		return nil
	}
	proxies := t.Book.Proxies(t.Me)
	switch {
	case len(t.Read.KinIDs) > 0:
		return t.Read.KinIDs[:min(len(t.Read.KinIDs), maxElders)]
	case t.Read.Kin != "" && len(proxies) == 1:
		return []int64{proxies[0].Elder}
	case t.Read.Kin == "" && t.Read.Self, ownMatter[t.Read.Danger.Class], t.Read.Kin == "" && feels(t):
		return []int64{t.Me}
	}
	return nil
}

// felt are signs that whoever has them can tell himself, and others those that are
// only seen.
var (
	felt     = regexp.MustCompile(`痛|疼|闷|冷汗|出不得气|喘不|麻|没力|冇力|晕|起不来|走不得|动不得|流血|吐血`)
	onlySeen = regexp.MustCompile(`他|她|喊不|叫不|不应|不醒|没反应|冇反应|昏迷|没气|冇气|抽|白沫|人家|别个|有人|有个|隔壁|老倌|老头|老婆|堂客|娭毑|爹爹|婆婆|细伢`)
)

// feels reports whether a line that names nobody tells what an elder feels himself:
// 胸口痛 出冷汗. Then 120 has to go to his own door.
func feels(t *line.Turn) bool {
	_, listed := t.Book.Plan(t.Me)
	return listed && felt.MatchString(t.Read.Text) && !onlySeen.MatchString(t.Read.Text)
}

// elder is the person in danger, 0 if it is not sure who.
func (r report) elder() int64 {
	if len(r.Elders) == 1 {
		return r.Elders[0]
	}
	return 0
}

// signs are the words that made it a danger, short enough to be read out.
func signs(words []string) string {
	if len(words) == 0 {
		return "人有危险"
	}
	return say.Clip(say.List(words), 14)
}

// group is where it happens as far as it is known: the elder's group, else the
// one that was said, else that of the speaker, 0 for unknown.
func (r report) group(t *line.Turn) int {
	if g := t.Book.Person(r.elder()).Group; g > 0 {
		return g
	}
	if r.Group > 0 {
		return r.Group
	}
	if p := t.Book.Person(t.Me); p.Status != storage.Away {
		return p.Group
	}
	return 0
}
