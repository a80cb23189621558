package brief

import (
	"fmt"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// What a message and a decision cost her, in minutes: guesses until a pilot has
// measured them with a watch.
const (
	minutesToRead   = 0.5 // a push, with taking the telephone out
	minutesToDecide = 2.0 // a digit: asking around, a call, the answer
	// redMinutes a week are more than the system may cost her (village practice
	// 10).
	redMinutes = 30.0
)

// burden is what the system cost her in one week.
type burden struct {
	Pushes, Asked int64
}

func (x burden) minutes() float64 {
	return float64(x.Pushes)*minutesToRead + float64(x.Asked)*minutesToDecide
}

// burdenOf measures the week that begins on a Monday.
func burdenOf(v storage.In, person int64, monday time.Time) (x burden, err error) {
	from, to := storage.Day(monday), storage.Day(monday.AddDate(0, 0, 6))
	if x.Pushes, err = v.LettersTo(person, from, to); err != nil {
		return x, err
	}
	x.Asked, err = v.BriefItemsBetween(from, to)
	return x, err
}

// mondayOf is the beginning of a time's week.
func mondayOf(now time.Time) time.Time {
	now = now.In(storage.Shanghai)
	return time.Date(now.Year(), now.Month(), now.Day()-(int(now.Weekday())+6)%7, 0, 0, 0, 0, storage.Shanghai)
}

// red reports whether the last two whole weeks both cost her too much, and what
// the dearer one cost.
func red(v storage.In, person int64) (bool, float64, error) {
	this := mondayOf(v.Now())
	worst := 0.0
	for _, back := range []int{7, 14} {
		x, err := burdenOf(v, person, this.AddDate(0, 0, -back))
		if err != nil || x.minutes() <= redMinutes {
			return false, 0, err
		}
		worst = max(worst, x.minutes())
	}
	return true, worst, nil
}

// holds keeps what nobody asked for until Monday's brief while the meter is red
// (settled.md 22). Danger and the list of the 25th are not of that weight.
func holds(v storage.In, b *book.Book, n storage.Notice) (time.Time, error) {
	if !b.Has(n.Person, storage.Secretary) {
		return time.Time{}, nil
	}
	monday := mondayOf(v.Now()).Add(b.Clock(book.BriefAt, "07:05"))
	if day := storage.Day(v.Now()); day == storage.Day(monday) {
		return monday, nil
	}
	much, _, err := red(v, n.Person)
	if err != nil || !much {
		return time.Time{}, err
	}
	return monday.AddDate(0, 0, 7), nil
}

// relief is Monday's line about a red meter: what it cost, and one line of work
// that she can switch off.
func (d desk) relief(v storage.In, b *book.Book, person int64) (string, error) {
	much, minutes, err := red(v, person)
	if err != nil || !much {
		return "", err
	}
	text := fmt.Sprintf("这个号上两周每周都占了您半个钟头以上（%.0f分钟），别的提醒我并到星期一讲。", minutes)
	name, err := d.dearest(v, b, person)
	if err != nil || name == "" {
		return text, err
	}
	return text + "少一样就回“关" + name + "”。", nil
}

// dearest is the line of work that can be switched off and has sent her most in
// the last two weeks; without any such the first that can.
func (d desk) dearest(v storage.In, b *book.Book, person int64) (string, error) {
	since := storage.Day(mondayOf(v.Now()).AddDate(0, 0, -14))
	best, most := "", int64(-1)
	for _, name := range d.switches() {
		kinds := d.kindsOf(name, b)
		if len(kinds) == 0 {
			continue
		}
		n, err := v.SentSince(person, since, kinds...)
		if err != nil {
			return "", err
		}
		if n > most {
			best, most = name, n
		}
	}
	return best, nil
}

// kindsOf are the kinds of notice of a line of work that is on.
func (d desk) kindsOf(name string, b *book.Book) []string {
	var kinds []string
	for _, r := range d.rules() {
		if r.Switch == name && r.On(b.Settings()) {
			kinds = append(kinds, r.Owes.Kind)
		}
	}
	return kinds
}

func (d desk) rules() []line.Rule {
	var all []line.Rule
	for _, l := range d.lines {
		all = append(all, l.Rules...)
	}
	return all
}
