package absence

import (
	"fmt"
	"slices"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// orphanRef sets the references of points about a visitor's elders apart from
// those of absences.
const orphanRef = int64(1) << 40

// orphaned are the points about elders whose visitor has died: nobody falls off
// a list (settled.md 31).
func orphaned(b *book.Book) []line.Point {
	var points []line.Point
	for _, id := range b.Visitors() {
		if b.Person(id).Status != storage.Dead {
			continue
		}
		cares := names(b, b.Cares(id))
		words := fmt.Sprintf("另外定人 %s原来看的%d位：%s", b.Name(id), len(cares), say.List(cares[:min(3, len(cares))]))
		points = append(points, line.Point{Ref: orphanRef + id, Words: words, Weight: storage.Unasked})
	}
	return points
}

// handOver hears who visits them from now on: 1红梅 for all, 1满爷爷 红梅 for one.
func handOver(t *line.Turn, old int64) (line.Answer, error) {
	var to, elders []int64
	for _, m := range t.Read.Mentions {
		for _, id := range m.People {
			if t.Book.Has(id, storage.Helper, storage.Leader) {
				to = append(to, id)
			} else if slices.Contains(t.Book.Cares(old), id) {
				elders = append(elders, id)
			}
		}
	}
	if len(to) != 1 {
		return line.Ask("哪个接着看？回数字加名字，比如“1红梅”；只定一位老人讲“1满爷爷 红梅”。"), nil
	}
	if len(elders) == 0 {
		elders = t.Book.Cares(old)
	}
	for _, id := range elders {
		p, _ := t.Book.Plan(id)
		if err := t.In.SetVisitors(id, to[0], spare(p, old, to[0])); err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say("好，" + say.List(names(t.Book, elders)) + "往后" + t.Book.Name(to[0]) + "看。请您跟" + t.Book.Name(to[0]) + "讲一声。"), t.In.Changed()
}

// spare is who steps in for the new visitor: whoever did, unless it is one of
// the two.
func spare(p storage.Plan, old, heir int64) int64 {
	if p.Backup == old || p.Backup == heir {
		return 0
	}
	return p.Backup
}
