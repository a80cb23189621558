package brief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

// restOf is what she may want to know and need not decide: who has not been
// seen this month, what came too late, and on Monday whom no channel reaches
// and what the system costs her.
func (d desk) restOf(v storage.In, b *book.Book, person int64) ([]string, error) {
	parts := []func(storage.In, *book.Book) (string, error){unseen, missed}
	if v.Now().In(storage.Shanghai).Weekday() == time.Monday {
		parts = append(parts, deaf, func(v storage.In, b *book.Book) (string, error) { return d.relief(v, b, person) })
	}
	var lines []string
	for _, part := range parts {
		text, err := part(v, b)
		if err != nil {
			return nil, err
		}
		if text != "" {
			lines = append(lines, text)
		}
	}
	return lines, nil
}

func unseen(v storage.In, _ *book.Book) (string, error) {
	plans, err := v.Unvisited(v.Now().In(storage.Shanghai).Format("2006-01") + "-01")
	if err != nil || len(plans) == 0 {
		return "", err
	}
	return fmt.Sprintf("其余：本月还没看的%d位，回“还没看”。", len(plans)), nil
}

// missed counts what was no longer of use when it could have gone out: a system
// that was away says so.
func missed(v storage.In, _ *book.Book) (string, error) {
	n, err := v.Missed()
	if err != nil || n == 0 {
		return "", err
	}
	return fmt.Sprintf("有%d条提醒过了时候，没有发。", n), nil
}

// deafBound is how many names of those without a channel a line holds.
const deafBound = 3

// deaf names who looks after others and gets no message: they have to be rung.
func deaf(v storage.In, b *book.Book) (string, error) {
	bound, err := v.BoundPeople()
	if err != nil {
		return "", err
	}
	hears := map[int64]bool{}
	for _, m := range bound {
		hears[m.Person] = true
	}
	people := b.Visitors()
	for _, role := range []string{storage.Leader, storage.Doctor, storage.Chair} {
		people = append(people, b.Holders(role, 0)...)
	}
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(id int64) bool {
		return hears[id] || b.Person(id).ID == 0 || b.Person(id).Status == storage.Dead
	})
	if len(people) == 0 {
		return "", nil
	}
	names := make([]string, 0, deafBound)
	for _, id := range people[:min(len(people), deafBound)] {
		names = append(names, b.Name(id))
	}
	who := say.List(names)
	if len(people) > deafBound {
		who += fmt.Sprintf("等%d位", len(people))
	}
	return "收不到消息的：" + who + "，有事打电话。", nil
}

// settledSince names this morning's digits that need nothing any more, for the
// second brief: 早上的1、3已经了了。
func settledSince(today []storage.BriefItem, items []item) string {
	var digits []string
	for _, row := range today {
		waits := slices.ContainsFunc(items, func(it item) bool { return it.line == row.Kind && it.Ref == row.Ref })
		if !waits || row.State != storage.Open {
			digits = append(digits, fmt.Sprint(row.Digit))
		}
	}
	if len(digits) == 0 {
		return ""
	}
	return "早上的" + strings.Join(digits, "、") + "已经了了。"
}
