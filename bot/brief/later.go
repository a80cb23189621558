package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

const (
	// laterBy is how long 晚点 puts a thing off, to the next full hour.
	laterBy = 2 * time.Hour
	// laterUntil is the hour from which it is for the next morning's brief.
	laterUntil = 18
	// laterLasts is how long it is of use then.
	laterLasts = 6 * time.Hour
)

// later puts one digit off. The time it names is a notice of the same
// transaction (settled.md 11).
func later(t *line.Turn, b storage.BriefItem) (string, error) {
	at := t.Now().Add(laterBy).Truncate(time.Hour).Add(time.Hour)
	if at.Hour() >= laterUntil || storage.Day(at) != b.Day {
		return "明早再提您。", nil
	}
	err := t.Owe(storage.Notice{
		Person: t.Me, Kind: noteLater, Subject: "brief:" + b.Day, Period: fmt.Sprintf("%d.%02d", b.Digit, at.Hour()), Weight: storage.Direct,
		Lead: "您讲晚点的事到时候了，回“看”", Words: fmt.Sprintf("%d %s", b.Digit, b.Words), NotBefore: storage.At(at), NotAfter: storage.At(at.Add(laterLasts)),
	})
	return say.Clock(at) + "再提您。", err
}

// freshLater lets it live while the thing still waits, in its words of now.
func (d desk) freshLater(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	first, _, _ := strings.Cut(n.Period, ".")
	digit, err := strconv.Atoi(first)
	if err != nil {
		return "", fmt.Errorf("notice about %q: %w", n.Period, err)
	}
	today, err := v.BriefItems(storage.Day(v.Now()))
	if err != nil {
		return "", err
	}
	items, err := d.agenda(v, b)
	if err != nil {
		return "", err
	}
	open := stillOpen(today, items)
	i := slices.IndexFunc(open, func(it storage.BriefItem) bool { return it.Digit == digit })
	if i < 0 {
		return fmt.Sprintf("%s.%d is settled", n.Subject, digit), nil
	}
	n.Words = fmt.Sprintf("%d %s\n回“%d”加一句。", digit, open[i].Words, digit)
	return "", nil
}
