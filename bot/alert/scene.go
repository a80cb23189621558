package alert

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

// scene is what the fixed words are filled from. Nothing in it needs a store.
type scene struct {
	report
	b       *book.Book // nil: the village is not known
	now     time.Time
	speaker int64 // 0: nobody has vouched for him
}

// distance tells where the speaker is: a mobile telephone far away reaches the
// 120 of another county (settled.md 1).
type distance int

const (
	here distance = iota
	perhaps
	far
)

func (s scene) distance() distance {
	if s.b == nil || s.speaker == 0 {
		return perhaps
	}
	status := s.b.Person(s.speaker).Status
	switch {
	case status == storage.Home || status == storage.Inst:
		return here
	case status == "": // added when he first spoke: nobody wrote down where he lives
		return perhaps
	case s.elder() == s.speaker || s.elder() == 0:
		return perhaps // it may be he himself who needs the 120 of where he is
	}
	return far
}

// address is where 120 has to go, the widest first: the operator sits in the
// county town. To a stranger only what he said himself is given back
// (settled.md 6).
func (s scene) address() string {
	if s.b == nil {
		return "哪个县哪个镇哪个村哪一家"
	}
	v := s.b.Village
	village := v.County + v.Township + v.Name
	elder := s.b.Person(s.elder())
	switch {
	case elder.ID != 0 && s.speaker != 0:
		return village + inGroup(elder.Group) + elder.Name + "家"
	case s.Named != "":
		return village + inGroup(s.Group) + s.Named + "家"
	case s.Group > 0:
		return village + inGroup(s.Group) + "哪一家"
	}
	return village + "几组哪一家"
}

func inGroup(group int) string {
	if group == 0 {
		return ""
	}
	return fmt.Sprintf("%d组", group)
}

// duty is the telephone that somebody answers now, "" if nobody does.
func (s scene) duty() string {
	if s.b == nil {
		return ""
	}
	return s.b.OnDuty(s.now)
}

// firstAid is the county's own number of 120, which can be dialled from far
// away; "" if the office has not entered it.
func (s scene) firstAid() string { return s.setting(book.FirstAidPhone) }

func (s scene) setting(name string) string {
	if s.b == nil {
		return ""
	}
	return s.b.Setting(name, "")
}

// phonesBound is how many telephones a bubble lists.
const phonesBound = 3

// telephones lists whom one can ring oneself, whoever answers at this hour
// first. A stranger gets the office's numbers and nobody's own.
func (s scene) telephones() string {
	var parts []string
	add := func(who, phone string) {
		if phone != "" && len(parts) < phonesBound && !slices.ContainsFunc(parts, func(p string) bool { return strings.HasSuffix(p, phone) }) {
			parts = append(parts, who+phone)
		}
	}
	add("值班", s.duty())
	if s.speaker == 0 {
		return say.List(parts)
	}
	group := s.b.Person(s.elder()).Group
	for _, role := range []string{storage.Doctor, storage.Leader, storage.Secretary, storage.Chair} {
		if role == storage.Leader && group == 0 {
			continue
		}
		for _, id := range s.b.Holders(role, group) {
			add(s.b.Title(id), s.b.Person(id).Phone)
		}
	}
	return say.List(parts)
}
