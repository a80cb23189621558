package alert

import (
	"fmt"
	"time"

	"mishu/bot/book"
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
func (s scene) firstAid() string {
	if s.b == nil {
		return ""
	}
	return s.b.Setting(book.FirstAidPhone, "")
}
