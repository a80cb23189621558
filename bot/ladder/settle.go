package ladder

import (
	"slices"
	"strconv"
	"strings"

	"mishu/storage"
)

// Lost reports whether a notice did not get through and waits for nothing but
// the person's own next message.
func Lost(n storage.Notice) bool {
	return n.State == storage.NoticeCarry || n.State == storage.NoticeRefused || n.State == storage.NoticeStale
}

// Silent hears that a notice of a ladder was lost, and reports whether nobody
// of the present ring is left who was reached or may be: the ring is then
// passed at once.
func Silent(v storage.In, h storage.Help, n storage.Notice) (bool, error) {
	switch n.Kind {
	case NoteAsk:
		waits, err := Missed(v, h, n.Person)
		return !waits && h.Step < Office, err
	case NoteCall:
		return silentCall(v, h, n)
	}
	return silentOffice(v, h, n)
}

// silentCall gives a telephone step up that nobody can be told of.
func silentCall(v storage.In, h storage.Help, n storage.Notice) (bool, error) {
	all, err := lostAll(v, n)
	if err != nil || !all {
		return false, err
	}
	leader, _, _ := strings.Cut(n.Period, ".")
	id, err := strconv.ParseInt(leader, 10, 64)
	if err != nil {
		return false, nil //nolint:nilerr // a period that this program did not write is nobody's telephone step
	}
	waits, err := Missed(v, h, id)
	return !waits && h.Step < Office, err
}

// silentOffice reports whether the office at whose rung the ladder stands
// cannot be reached. What was told at once of a ring below does not count.
func silentOffice(v storage.In, h storage.Help, n storage.Notice) (bool, error) {
	if h.Step < Office || !strings.HasSuffix(n.Period, "."+strconv.Itoa(h.Round)) {
		return false, nil
	}
	l, found, err := v.LadderOf(h.ID, h.Round)
	if err != nil || !found {
		return false, err
	}
	ring := parse(l.Rings)[h.Step-1]
	if !slices.Contains(ring, n.Person) {
		return false, nil
	}
	told, err := v.NoticesAbout(NoteNobody, n.Subject)
	return !slices.ContainsFunc(told, func(o storage.Notice) bool {
		return o.Period == n.Period && slices.Contains(ring, o.Person) && !Lost(o)
	}), err
}

// lostAll reports whether no notice of one key reached anybody.
func lostAll(v storage.In, n storage.Notice) (bool, error) {
	all, err := v.NoticesAbout(n.Kind, n.Subject)
	return !slices.ContainsFunc(all, func(o storage.Notice) bool { return o.Period == n.Period && !Lost(o) }), err
}
