package absence

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// speakers are the roles whose word about an absence is taken. Whoever speaks for
// an elder is heard about him too.
var speakers = []string{storage.Helper, storage.Leader, storage.Doctor, storage.Secretary, storage.Chair, storage.ChildCare, storage.Women, storage.Cook}

// Heard hears 舒忠良去长沙女儿家了 月底回, 舒忠良回来了, 舒忠良没过世, and 过世 of the
// secretary-general who was asked.
func Heard(t *line.Turn) (line.Answer, error) {
	if t.Book == nil || t.Me == 0 || utf8.RuneCountInString(t.Read.Text) > longest {
		return line.Answer{}, nil
	}
	for _, step := range []line.Handler{confirmDeath, restore, back, gone, howLong} {
		if a, err := step(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

// gone hears that somebody is away. The secretary-general's word counts at once;
// everybody else's is printed with his name until she confirms (settled.md 28).
func gone(t *line.Turn) (line.Answer, error) {
	kind, id := news(t), sole(t)
	if kind == "" || id == 0 || !maySay(t, id) {
		return line.Answer{}, nil
	}
	a := entry(t, id, kind, t.Read.Text)
	if !t.Is(storage.Secretary) {
		if err := said(t, &a); err != nil {
			return line.Answer{}, err
		}
		return line.Say(fmt.Sprintf("好，记下了：%s%s，%s再问。%s定了探访就先停。", who(t.Book, id), shortKind(kind), onDay(a.Until), t.Book.Called())), nil
	}
	if err := confirm(t, &a); err != nil {
		return line.Answer{}, err
	}
	return line.Say(stoppedWords(t, a)), nil
}

// stoppedWords say what stops and when it is asked about.
func stoppedWords(t *line.Turn, a storage.Absence) string {
	if a.Kind == storage.NoVisits {
		return fmt.Sprintf("好，%s的探访先停，%s问您要不要接着看。错了讲一声。", who(t.Book, a.Person), onDay(a.Until))
	}
	return fmt.Sprintf("好，%s%s，探访先停，%s问您回来没有。错了讲一声。", who(t.Book, a.Person), a.Kind, onDay(a.Until))
}

func maySay(t *line.Turn, id int64) bool {
	return t.Is(speakers...) || id == t.Me || slices.ContainsFunc(t.Book.Proxies(t.Me), func(p storage.Proxy) bool { return p.Elder == id })
}

// entry is an absence as a line tells it.
func entry(t *line.Turn, id int64, kind, words string) storage.Absence {
	r := t.Read
	r.Text = words
	a := storage.Absence{
		Person: id, Kind: kind, Words: say.Clip(words, 100), SaidBy: t.Me, From: storage.Day(t.Now()), State: storage.AbsenceSaid,
		SourceKey: t.Source(), Ordinal: t.Next("absence"),
	}
	if kind != storage.Died {
		a.Until = untilDay(r, t.Now(), kind)
		a.AskAt = asksAt(a.Until)
	}
	return a
}

// asksAt is nine in the morning of a day.
func asksAt(day string) storage.Moment {
	d, err := time.ParseInLocation(time.DateOnly, day, storage.Shanghai)
	if err != nil {
		return 0
	}
	return storage.At(d.Add(9 * time.Hour))
}

// said stores what somebody said, in place of what he or others said before of
// the same.
func said(t *line.Turn, a *storage.Absence) error {
	if err := t.In.LockPerson(a.Person); err != nil {
		return err
	}
	old, found, err := running(t.In, a.Person)
	if err != nil {
		return err
	}
	if found && old.State == storage.AbsenceOn && old.Kind == a.Kind { // known already: only its end changes
		old.Until, old.AskAt = a.Until, a.AskAt
		*a = old
		return t.In.SaveAbsence(old)
	}
	if found && old.State == storage.AbsenceSaid {
		old.State = storage.AbsenceUndone
		if err := t.In.SaveAbsence(old); err != nil {
			return err
		}
	}
	return t.In.AddAbsence(a)
}

// running is the absence of a person that was said or confirmed and is not over.
func running(v storage.In, person int64) (storage.Absence, bool, error) {
	all, err := v.AbsencesOf(person)
	if err != nil {
		return storage.Absence{}, false, err
	}
	i := slices.IndexFunc(all, func(a storage.Absence) bool { return a.State == storage.AbsenceSaid || a.State == storage.AbsenceOn })
	if i < 0 {
		return storage.Absence{}, false, nil
	}
	return all[i], true, nil
}

// hearAway keeps what another line heard at a closed door or at the end of an
// alert.
func hearAway(t *line.Turn, f line.Fact) error {
	if f.Person == 0 {
		return nil
	}
	kind := kindOf(f.Words)
	if kind == "" {
		kind = storage.Outside
	}
	a := entry(t, f.Person, kind, f.Words)
	if t.Is(storage.Secretary) {
		return confirm(t, &a)
	}
	return said(t, &a)
}

// back hears that somebody is here again, by name or from whoever was asked.
func back(t *line.Turn) (line.Answer, error) {
	still, here := holds(t.Read.Text, awayStill), holds(t.Read.Text, backWords)
	if !still && !here {
		return line.Answer{}, nil
	}
	a, found, err := meant(t)
	if err != nil || !found || !maySay(t, a.Person) {
		return line.Answer{}, err
	}
	if a, found, err = t.In.LockAbsence(a.ID); err != nil || !found {
		return line.Answer{}, err
	}
	if still {
		a.Until = untilDay(t.Read, t.Now(), a.Kind)
		a.AskAt = asksAt(a.Until)
		if err := t.In.SaveAbsence(a); err != nil {
			return line.Answer{}, err
		}
		return line.Say(fmt.Sprintf("好，%s还没回来，%s再问。", who(t.Book, a.Person), onDay(a.Until))), nil
	}
	if err := end(t, a, storage.AbsenceEnded); err != nil {
		return line.Answer{}, err
	}
	return line.Say("好，" + who(t.Book, a.Person) + "回来了，探访照常" + visitorWords(t, a.Person) + "。"), nil
}

// visitorWords hand the elder back to whoever visited him before.
func visitorWords(t *line.Turn, person int64) string {
	p, found, err := t.In.Plan(person)
	if err != nil || !found || p.Visitor == 0 {
		return ""
	}
	if p.Visitor == t.Me {
		return "，还是请您看"
	}
	return "，还是" + t.Book.Name(p.Visitor) + "看"
}

// meant is the absence that a line is about: of whoever is named, else the only
// one about which the speaker was asked.
func meant(t *line.Turn) (storage.Absence, bool, error) {
	if len(t.Read.Mentions) > 0 || len(t.Read.KinIDs) > 0 {
		id := sole(t)
		if id == 0 {
			return storage.Absence{}, false, nil
		}
		a, found, err := running(t.In, id)
		return a, found && a.Kind != storage.Died, err
	}
	if strings.Contains(t.Read.Text, "我") {
		if a, found, err := running(t.In, t.Me); err != nil || found {
			return a, found && a.Kind != storage.Died, err
		}
	}
	var asked []storage.Absence
	for _, state := range []string{storage.AbsenceSaid, storage.AbsenceOn} {
		all, err := t.In.Absences(state)
		if err != nil {
			return storage.Absence{}, false, err
		}
		for _, a := range all {
			if mine, err := wasAsked(t, a); err != nil {
				return storage.Absence{}, false, err
			} else if mine {
				asked = append(asked, a)
			}
		}
	}
	if len(asked) != 1 {
		return storage.Absence{}, false, nil
	}
	return asked[0], true, nil
}

func wasAsked(t *line.Turn, a storage.Absence) (bool, error) {
	if a.Kind == storage.Died || a.Until > storage.Day(t.Now()) {
		return false, nil
	}
	notices, err := t.In.NoticesAbout(noteBack, subject(a.ID))
	return slices.ContainsFunc(notices, func(n storage.Notice) bool { return n.Person == t.Me }), err
}

func shortKind(kind string) string {
	if kind == storage.NoVisits {
		return "先不要看"
	}
	return kind
}

// who is a person with the group, and the age where it is known.
func who(b *book.Book, id int64) string {
	p := b.Person(id)
	return fmt.Sprintf("%s（%d组）", p.Name, p.Group)
}

// onDay is "12月24号".
func onDay(day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "到时候"
	}
	return fmt.Sprintf("%d月%d号", d.Month(), d.Day())
}

// named reports whether a text names a person, by name or the end of it.
func named(b *book.Book, text string, id int64) bool {
	n := []rune(b.Name(id))
	return strings.Contains(text, string(n)) || len(n) > 2 && strings.Contains(text, string(n[1:]))
}
