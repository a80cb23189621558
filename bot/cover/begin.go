package cover

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// first hears 我去县里两天，找向会计 from whoever holds an office, the same of him
// from the chair, 我回来了, and 停3天 from a volunteer.
func (d desk) first(t *line.Turn) (line.Answer, error) {
	for _, hear := range []line.Handler{d.back, rest, reads, free} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	said, ok := read.Away(t.Read)
	if !ok {
		return line.Answer{}, nil
	}
	office, ok := whose(t, said)
	if !ok {
		return line.Answer{}, nil
	}
	standIn, text := chosen(t, said, office.Person)
	if standIn == 0 {
		return line.Ask(text), nil
	}
	until, ok := ends(t, said.Days)
	if !ok {
		ref := []int64{office.Person, standIn}
		return t.Question(line.Question{Line: name, Name: askUntil, Ref: office.Person, Refs: ref, Data: office.Role + "," + strconv.Itoa(office.Group), Text: "好，找" + t.Book.Name(standIn) + "。到哪天？讲“两天”或“到28号”。"}), nil
	}
	return begin(t, office, standIn, until)
}

// whose office it is about: the speaker's own, or, from the chair, that of
// whoever he names (settled.md 31).
func whose(t *line.Turn, said read.Absence) (storage.Role, bool) {
	if said.Self {
		return officeOf(t.Book, t.Me)
	}
	if !t.Is(storage.Chair) || len(said.Away.People) == 0 {
		return storage.Role{}, false
	}
	for _, id := range said.Away.People {
		if r, ok := officeOf(t.Book, id); ok {
			return r, true
		}
	}
	return storage.Role{}, false
}

// chosen is who stands in: somebody who has an office or helps, and has the
// account, for he will be told what the holder is told. If that is nobody, what
// to say.
func chosen(t *line.Turn, said read.Absence, away int64) (int64, string) {
	fit := slices.DeleteFunc(slices.Clone(said.Instead.People), func(id int64) bool {
		return id == away || len(t.Book.Roles(id)) == 0 || said.Title != "" && !titled(t.Book, id, said.Title)
	})
	switch len(fit) {
	case 0:
		return 0, "替班的要是村里有职务的人、志愿者也行。您讲全名再来一遍，比如“我去县里两天，找向丽”。"
	case 1:
		members, err := t.In.MembersOf(fit[0])
		if err != nil || len(members) == 0 {
			return 0, t.Book.Name(fit[0]) + "还没用这个号，收不到。换一个，或先请人来登记。"
		}
		return fit[0], ""
	}
	var parts []string
	for _, id := range fit[:min(len(fit), 4)] {
		parts = append(parts, fmt.Sprintf("%d组%s", t.Book.Person(id).Group, t.Book.Name(id)))
	}
	return 0, "是" + strings.Join(parts, "还是") + "？讲全名再来一遍。"
}

// titled reports whether a person holds the office of a title.
func titled(b *book.Book, id int64, title string) bool {
	role := map[string]string{"会计": storage.Accountant, "会长": storage.Chair, "书记": storage.Chair, "支书": storage.Chair, "医生": storage.Doctor, "组长": storage.Leader, "主任": storage.ChildCare, "监督": storage.Supervisor, "秘书长": storage.Secretary}[title]
	return b.Has(id, role)
}

// ends is the end that a line names: so many days from today (from tomorrow,
// if the day is over), or before the day that it names is begun again.
func ends(t *line.Turn, days int) (time.Time, bool) {
	now := t.Now()
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, storage.Shanghai)
	morning := t.Book.Clock(book.QuietTo, "07:00") // before the brief: the holder gets that again
	switch {
	case days > 0:
		if now.Hour() >= 18 {
			days++
		}
		return midnight.AddDate(0, 0, days).Add(morning), true
	case t.Read.When.Grain != "" && t.Read.When.At.After(now):
		at := t.Read.When.At.In(storage.Shanghai)
		return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, storage.Shanghai).Add(morning), true
	}
	return time.Time{}, false
}

// answerUntil hears the end.
func (d desk) answerUntil(t *line.Turn, q line.Question) (line.Answer, error) {
	until, ok := ends(t, read.Days(t.Read.Text))
	if !ok || len(q.Refs) != 2 {
		return line.Answer{}, nil
	}
	t.Close()
	role, group, _ := strings.Cut(q.Data, ",")
	no, _ := strconv.Atoi(group) // written by first
	return begin(t, storage.Role{Person: q.Ref, Role: role, Group: no}, q.Refs[1], until)
}

// begin stores a substitution, ends one that ran before, and tells the stand-in.
func begin(t *line.Turn, office storage.Role, standIn int64, until time.Time) (line.Answer, error) {
	if old, runs := t.Book.Substitute(office.Person, office.Role); runs {
		if _, _, err := t.In.EndSubstitute(old.ID); err != nil {
			return line.Answer{}, err
		}
	}
	s := storage.Substitute{Person: office.Person, Role: office.Role, Group: office.Group, StandIn: standIn, Until: storage.At(until)}
	if err := t.In.AddSubstitute(&s); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.Changed(); err != nil {
		return line.Answer{}, err
	}
	end := say.Day(until, t.Now()) + say.Clock(until)
	err := t.Owe(storage.Notice{
		Person: standIn, Kind: noteBegins, Subject: subject(s.ID), Period: "1", Weight: storage.Direct, Lead: "有1件事请您顶几天，回“看”",
		Words: fmt.Sprintf("%s不在，到%s请您顶%s的事：要定的、没人接的都发给您。到时自己交回。", t.Book.Name(office.Person), end, office.Role),
	})
	return line.Say(fmt.Sprintf("好，到%s，%s的事请%s顶，已发给%s。到时自己回到%s手里。早回来就讲“我回来了”。",
		end, whom(t, office.Person), t.Book.Name(standIn), pronoun(t.Book, standIn), whom(t, office.Person))), err
}

// whom is 您 for the speaker himself, else a name.
func whom(t *line.Turn, person int64) string {
	if person == t.Me {
		return "您"
	}
	return t.Book.Name(person)
}

func pronoun(b *book.Book, id int64) string {
	if b.Person(id).Sex == "F" {
		return "她"
	}
	return "他"
}

// freshBegins lets the word to a stand-in live as long as he stands in.
func freshBegins(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	running, err := v.Substitutes()
	if err != nil || slices.ContainsFunc(running, func(s storage.Substitute) bool { return subject(s.ID) == n.Subject }) {
		return "", err
	}
	return n.Subject + " is over", nil
}
