// Package brief is the secretary-general's morning: one message at 07:05 with
// what she must decide, each under a digit that keeps its meaning all day.
package brief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

const name = "brief"

// The kinds of notice of this line.
const (
	noteBrief  = "brief"       // 07:05
	noteSecond = "brief2"      // 17:00, only for what is new
	noteLater  = "brief.later" // 晚点: one thing once more, today
)

// desk is the brief of all lines: it knows them only by what they declare.
type desk struct{ lines []line.Line }

// Line declares the line of work over the agendas of the others.
func Line(others []line.Line) line.Line {
	d := desk{lines: others}
	return line.Line{
		Name:    name,
		Intents: map[read.Intent]line.Handler{read.Order: d.order},
		Words:   map[string]line.Handler{"看": d.show},
		Digits:  nil,
		Else:    d.otherwise,
		Notices: map[string]line.Fresh{noteBrief: d.freshBrief, noteSecond: d.freshSecond, noteLater: d.freshLater},
		Texted:  map[string]line.Texted{noteBrief: texted, noteSecond: texted},
		Settles: map[string]line.Settled{noteBrief: told},
		Holds:   holds,
		Rules:   rules,
	}
}

// item is one point with the line that it belongs to.
type item struct {
	line string
	line.Point
}

// agenda gathers what waits, heaviest and oldest first.
func (d desk) agenda(v storage.In, b *book.Book) ([]item, error) {
	var items []item
	for _, l := range d.lines {
		if l.Agenda == nil {
			continue
		}
		points, err := l.Agenda(v, b)
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			items = append(items, item{line: l.Name, Point: p})
		}
	}
	slices.SortStableFunc(items, func(x, y item) int {
		if x.Weight != y.Weight {
			return x.Weight - y.Weight
		}
		return int(x.Since - y.Since)
	})
	return items, nil
}

// itemsBound is how many things a brief asks of her (settled.md 18); digitsBound
// is how many digits a day has.
const (
	itemsBound  = 5
	digitsBound = 9
)

// bindTries is how often digits are given anew after somebody else gave them at
// the same moment: two who hold the office get their briefs at 07:05.
const bindTries = 3

// bind gives the items that have none a digit of today and returns all of
// today's, with how many found no digit.
//
// What got its digit since an instant counts toward the five of one brief: the
// second of two who hold the office is asked no more than the first.
func bind(v storage.In, items []item, since storage.Moment) (today []storage.BriefItem, left int, err error) {
	for range bindTries {
		today, left, err = bindOnce(v, items, since)
		if !storage.IsDuplicate(err) {
			break
		}
	}
	return today, left, err
}

func bindOnce(v storage.In, items []item, since storage.Moment) (bound []storage.BriefItem, left int, err error) {
	day := storage.Day(v.Now())
	if bound, err = v.BriefItems(day); err != nil {
		return nil, 0, err
	}
	digits, err := v.BoundSince(day, since)
	if err != nil {
		return nil, 0, err
	}
	fresh := len(digits)
	for _, it := range items {
		if slices.ContainsFunc(bound, func(b storage.BriefItem) bool { return b.Kind == it.line && b.Ref == it.Ref }) {
			continue
		}
		if fresh >= itemsBound || len(bound) == digitsBound {
			left++
			continue
		}
		row := storage.BriefItem{Day: day, Digit: len(bound) + 1, Kind: it.line, Ref: it.Ref, Words: it.Words}
		if err := v.AddBriefItem(row); err != nil {
			return nil, 0, err
		}
		row.State = storage.Open
		bound = append(bound, row)
		fresh++
	}
	return bound, left, nil
}

// freshBrief writes the morning's brief. A quiet day sends nothing; Monday
// always says that the system is alive.
func (d desk) freshBrief(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	if !slices.Contains(b.Holders(storage.Secretary, 0), n.Person) {
		return roleLost, nil
	}
	items, err := d.agenda(v, b)
	if err != nil {
		return "", err
	}
	now := v.Now().In(storage.Shanghai)
	if quiet(items) && now.Weekday() != time.Monday {
		return "quiet day", nil
	}
	today, left, err := bind(v, items, n.NotBefore)
	if err != nil {
		return "", err
	}
	rest, err := d.restOf(v, b, n.Person)
	if err != nil {
		return "", err
	}
	n.Lead = fmt.Sprintf("早，%s。系统正常，要您定的%d件", b.Called(), len(items))
	n.Words = written(n.Lead, stillOpen(today, items), left, rest)
	return "", nil
}

// quiet reports whether nothing needs her today; what can wait does not make a
// day for itself.
func quiet(items []item) bool {
	return !slices.ContainsFunc(items, func(it item) bool { return !it.Waits })
}

// freshSecond writes the second brief: only what has come up since the first.
func (d desk) freshSecond(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	if !slices.Contains(b.Holders(storage.Secretary, 0), n.Person) {
		return roleLost, nil
	}
	all, err := d.agenda(v, b)
	if err != nil {
		return "", err
	}
	items := slices.DeleteFunc(slices.Clone(all), func(it item) bool { return it.Told || it.Waits })
	today, left, err := bind(v, items, n.NotBefore)
	if err != nil {
		return "", err
	}
	// What was given its digit since five is new, also to the second of two who
	// hold the office.
	fresh, err := v.BoundSince(storage.Day(v.Now()), n.NotBefore)
	if err != nil || len(fresh) == 0 {
		return "nothing new", err
	}
	morning, today := today[:fresh[0]-1], today[fresh[0]-1:]
	n.Lead = fmt.Sprintf("%s，今天又有%d件要您定", b.Called(), len(today))
	var rest []string
	if since := settledSince(morning, all); since != "" {
		rest = append(rest, since)
	}
	n.Words = written(n.Lead, stillOpen(today, items), left, rest)
	return "", nil
}

// roleLost is why a brief dies that was owed to somebody who is not the
// secretary-general any more, or is away with somebody in her place.
const roleLost = "role:" + storage.Secretary + " is not his"

// told remembers, once a brief is out, that she has been told what came too
// late.
func told(v storage.In, _ *book.Book, n storage.Notice) error {
	if n.State != storage.NoticeSent && n.State != storage.NoticeUnknown {
		return nil
	}
	return v.MissedTold()
}

// texted is a brief as an SMS: how many things wait (settled.md 19). Her answer
// in the chat brings the whole.
func texted(_ storage.In, b *book.Book, n storage.Notice) (phone, words string, err error) {
	return b.Person(n.Person).Phone, n.Lead + "。打开微信里村里的号，回“看”。", nil
}

// stillOpen keeps the digits whose matter still waits.
func stillOpen(today []storage.BriefItem, items []item) []storage.BriefItem {
	var open []storage.BriefItem
	for _, b := range today {
		i := slices.IndexFunc(items, func(it item) bool { return it.line == b.Kind && it.Ref == b.Ref })
		if b.State == storage.Open && i >= 0 {
			b.Words = items[i].Words
			open = append(open, b)
		}
	}
	return open
}

func written(lead string, items []storage.BriefItem, left int, rest []string) string {
	lines := []string{lead + "："}
	if len(items) == 0 {
		lines[0] = lead + "。"
	}
	for _, it := range items {
		lines = append(lines, fmt.Sprintf("%d %s", it.Digit, it.Words))
	}
	if left > 0 {
		lines = append(lines, fmt.Sprintf("还有%d件可等。", left))
	}
	lines = append(lines, rest...)
	if len(items) > 0 {
		lines = append(lines, "回数字加一句，比如“1红梅”“2晚点”。")
	}
	return strings.Join(lines, "\n")
}
