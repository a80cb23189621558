package alert

import (
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

// lead is what a lock screen shows: no name, no need (settled.md 19).
const lead = "村里有急事，快看"

// spread owes the notices of the first ring of what was just said. It returns
// those of the ring whom a channel can reach.
func spread(t *line.Turn, r report, a *storage.Alert) ([]int64, error) {
	told, err := begin(t.In, t.Book, a, r.group(t), ties(t.Book, r))
	if err != nil {
		return nil, err
	}
	return told, t.In.SaveAlert(*a)
}

// begin tells the first ring and sets when the next is due.
func begin(v storage.In, b *book.Book, a *storage.Alert, group int, extra string) ([]int64, error) {
	reach, err := reachable(v)
	if err != nil {
		return nil, err
	}
	people, err := firstRing(v, b, *a, group, reach)
	if err != nil {
		return nil, err
	}
	if err := tell(v, b, *a, 1, people, extra); err != nil {
		return nil, err
	}
	if err := tellDuty(v, b, *a, people); err != nil {
		return nil, err
	}
	a.NextAt = nextAt(*a, 1, v.Now())
	told := within(people, reach)
	if len(told) > 0 {
		return told, nil
	}
	if err := advance(v, b, a, 1); err != nil { // a ring with nobody is passed at once (settled.md 15)
		return nil, err
	}
	more, err := toldOf(v, a.ID)
	return within(more, reach), err
}

// firstRing is who is told at once, without the speaker and the person himself.
func firstRing(v storage.In, b *book.Book, a storage.Alert, group int, reach map[int64]bool) ([]int64, error) {
	c := circleOf(class(a))
	without := []int64{a.Person, a.Elder}
	people := slices.DeleteFunc(holders(b, v.Now(), group, c.roles), func(id int64) bool { return slices.Contains(without, id) })
	if class(a) == read.Child && len(people) == 0 {
		var err error
		if people, err = sealedInstead(v, b, a.Person); err != nil {
			return nil, err
		}
	}
	near, err := nearest(v, b, reach, group, c.near, append(without, people...))
	return append(people, near...), err
}

// sealedInstead is who hears of a child in danger where neither a 儿童主任 nor
// the county is entered: the secretary-general. A report that nobody reads would
// be worse. Where somebody in office is named the village hears nothing at all.
func sealedInstead(v storage.In, b *book.Book, speaker int64) ([]int64, error) {
	if _, _, there, err := protectionOf(v, b); err != nil || there {
		return nil, err
	}
	return slices.DeleteFunc(b.Holders(storage.Secretary, 0), func(id int64) bool { return id == speaker }), nil
}

// nextAt is when the clock looks after a ring that was told now; a report that
// the law asks for comes again until the police have it.
func nextAt(a storage.Alert, ring int, now time.Time) storage.Moment {
	if s, more := stepAfter(circleOf(class(a)), ring); more {
		return storage.At(now.Add(s.after))
	}
	return 0
}

// stepAfter is the step that follows a ring.
func stepAfter(c circle, ring int) (step, bool) {
	switch n := len(c.steps); {
	case ring <= n:
		return c.steps[ring-1], true
	case c.report:
		return c.steps[n-1], true
	}
	return step{}, false
}

func within(people []int64, reach map[int64]bool) []int64 {
	return slices.DeleteFunc(slices.Clone(people), func(id int64) bool { return !reach[id] })
}

// toldOf are the people to whom an alert was owed, in order.
func toldOf(v storage.In, id int64) ([]int64, error) {
	notices, err := v.NoticesAbout(noteAlert, subject(id))
	if err != nil {
		return nil, err
	}
	var people []int64
	for _, n := range notices {
		people = addEach(people, []int64{n.Person})
	}
	return people, nil
}

// tell owes an alert to the people of one ring.
func tell(v storage.In, b *book.Book, a storage.Alert, ring int, people []int64, extra string) error {
	for _, id := range people {
		words, err := wordsFor(v, b, a, id, extra)
		if err != nil {
			return err
		}
		if err := owe(v, a, noteAlert, strconv.Itoa(ring), []int64{id}, words); err != nil {
			return err
		}
	}
	return nil
}

func owe(v storage.In, a storage.Alert, kind, period string, people []int64, words string) error {
	for _, id := range people {
		err := v.Owe(storage.Notice{Person: id, Kind: kind, Subject: subject(a.ID), Period: period, Weight: storage.Danger, Lead: lead, Words: words})
		if err != nil {
			return err
		}
	}
	return nil
}

// telling says who hears of it. A stranger is told no name of the roster but
// the one that everybody may know.
func (s scene) telling(told []int64) string {
	if circleOf(s.Class).sealed {
		return s.sealedTelling(told)
	}
	text := ""
	if names := s.names(told); names != "" {
		text = "正在发给" + names
	}
	phone := s.duty()
	switch {
	case text == "" && phone == "":
		return "村里还没人收到，请喊邻居来。"
	case text == "":
		return "村里还没人收到，请再打值班" + phone + "。"
	case phone != "":
		return text + "，值班电话" + phone + "。"
	}
	return text + "。"
}

// sealedTelling names nobody. Where nobody can be told here, the county's
// telephone for children is given.
func (s scene) sealedTelling(told []int64) string {
	switch phone := s.setting(book.ProtectionPhone); {
	case len(told) > 0 || s.county:
		return "正在转给专管的人。"
	case phone != "":
		return "这件村里不经手，请打县里专管的" + phone + "。"
	}
	return "这件村里不经手，请直接打110报。"
}

// namesBound is how many names a bubble lists.
const namesBound = 4

func (s scene) names(told []int64) string {
	var names []string
	for _, id := range told {
		if n := called(s.b, id, s.speaker != 0); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) > namesBound {
		names = append(names[:namesBound:namesBound], "别的几个人")
	}
	if n := len(names); n > 1 {
		return say.List(names[:n-1]) + "和" + names[n-1]
	}
	return strings.Join(names, "")
}

// called is how people call somebody who was told; a stranger hears offices
// instead of names.
func called(b *book.Book, id int64, named bool) string {
	switch {
	case b.Has(id, storage.Secretary):
		return b.Called()
	case named:
		return b.Title(id)
	case b.Has(id, storage.CountyDuty, storage.County):
		return "县里值班的"
	case b.Has(id, storage.Doctor):
		return "村医"
	case b.Has(id, storage.Leader):
		return "组长"
	}
	return "附近的志愿者"
}
