// Package cover is the line of work 替班: who does an office's work while its
// holder is away. Whoever goes names one and an end; it comes back by itself,
// with three lines of hand-over (care-features 4.2).
package cover

import (
	"strconv"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

const name = "cover"

// The question of this line.
const askUntil = "until" // 到哪天？

// The kinds of notice of this line; the subject is "cover:ID".
const (
	noteBegins = "cover"      // to the stand-in: it begins
	noteEnds   = "cover.ends" // to both: it is over, what was and what is open
)

// desk hands over: it knows the other lines by what they declare.
type desk struct{ lines []line.Line }

// Line declares the line of work beside the others.
func Line(others []line.Line) line.Line {
	d := desk{lines: others}
	return line.Line{
		Name:      name,
		First:     d.first,
		Questions: map[string]line.Answerer{askUntil: d.answerUntil},
		Notices:   map[string]line.Fresh{noteBegins: freshBegins},
		Dues:      []line.Due{{Name: "cover.end", Find: due, Do: d.comeBack}},
	}
}

func subject(id int64) string { return "cover:" + strconv.FormatInt(id, 10) }

// offices are the roles that somebody can stand in for, the widest first.
var offices = []string{storage.Secretary, storage.Leader, storage.Doctor}

// officeOf is the office of a person, and its group; false if he has none of
// his own.
func officeOf(b *book.Book, person int64) (storage.Role, bool) {
	for _, office := range offices {
		for _, r := range b.Roles(person) {
			if r.Role == office && r.How != storage.Standing {
				return r, true
			}
		}
	}
	return storage.Role{}, false
}
