package alert

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// what a short line means to an open alert.
type meaning int

const (
	nothing meaning = iota
	going           // 我去了
	seen            // 收到
	cannot          // 去不了
	over            // 误报, 平安, 送医了
	rang            // 打了
	phones          // 打哪个电话
	receipt         // 接警号123456
)

// said are the words of each meaning; a line that holds one of over is looked at
// whole, because the rest of it is the outcome.
var said = map[meaning][]string{
	going:  {"我去了", "我去", "我就去", "我去看", "我马上去", "马上去", "马上到", "马上来", "我来了", "我到了", "到了", "在路上", "动身了", "在去了", "已经去了", "去了", "还在办", "还在", "在办"},
	seen:   {"收到", "收到了", "看到了", "晓得了"},
	cannot: {"去不了", "我去不了", "去不成", "我去不成", "去不得", "来不了", "走不开"},
	phones: {"电话", "电话多少", "打哪个电话", "打哪个", "号码"},
	rang:   {"打了", "已经打了", "打了120", "打了110", "打了119", "120打了", "打通了", "报警了"},
}

// longestAnswer bounds what is taken for an answer to an alert, in characters.
const longestAnswer = 40

// means reads a line as an answer to an alert. Lines that report a visit, ask
// for help or name a request are none.
func means(t *line.Turn) meaning {
	text := strings.Trim(t.Read.Text, " 。.！!，,、~？?吧啊哈")
	switch {
	case receiptOf(text) != "":
		return receipt
	case utf8.RuneCountInString(text) > longestAnswer || len(t.Read.Tickets) > 0:
		return nothing
	case slices.Contains(said[phones], text):
		return phones
	case t.Read.Word == "打了" || slices.Contains(said[rang], text):
		return rang
	case slices.Contains(said[going], text):
		return going
	case slices.Contains(said[cannot], text):
		return cannot
	case ended(t, text):
		return over
	case elsewhere[t.Read.Intent]:
		return nothing
	case t.Read.Answer == read.Ack && t.Read.Rest == "" || slices.Contains(said[seen], text):
		return seen
	}
	return nothing
}

// elsewhere are the intents whose lines belong to other lines of work.
var elsewhere = map[read.Intent]bool{
	read.RequestHelp: true, read.ReportVisit: true, read.Complete: true, read.Register: true, read.Emergency: true,
}

func holds(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// Early hears what belongs to an alert before the open question of another line
// and before a stranger is asked who he is: an answer to this line's own
// question, 我去了, 平安, 打了, a stranger's words that may be danger, and an alarm of which
// the weights left a question: whatever is open, it is put.
func Early(t *line.Turn) (line.Answer, error) {
	if q := t.State.Open; q != nil && q.Line == name {
		if answerer, known := Line().Questions[q.Name]; known {
			if a, err := answerer(t, *q); err != nil || a.Handled() {
				return a, err
			}
		}
	}
	if a, err := breaches(t); err != nil || a.Handled() {
		return a, err
	}
	if m := means(t); m != nothing && (m != seen || t.State.Open == nil) {
		if a, err := Waiting(t); err != nil || a.Handled() {
			return a, err
		}
	}
	if d := t.Read.Danger; d.Level == read.Ask && (t.Me == 0 || d.Lowered) {
		return Doubt(t)
	}
	return callsFromAfar(t)
}

// answerable is how long an alert can be answered by a bare word; after that the
// brief's digit says which one is meant.
const answerable = 24 * time.Hour

// Waiting hears the answers to an alert: who goes, who has seen it, how it
// ended, and the caller's 打了. It is cheap for every other line.
func Waiting(t *line.Turn) (line.Answer, error) {
	m := means(t)
	if m == nothing || t.Book == nil {
		return line.Answer{}, nil
	}
	alerts, err := concerned(t, m)
	if err != nil || len(alerts) == 0 {
		return line.Answer{}, err
	}
	if len(alerts) > 1 && m != seen && m != rang && m != phones {
		return which(t, alerts, m)
	}
	return answer(t, alerts[len(alerts)-1].ID, m)
}

func answer(t *line.Turn, id int64, m meaning) (line.Answer, error) {
	a, found, err := t.In.LockAlert(id)
	if err != nil || !found || a.State == storage.Closed {
		return line.Answer{}, err
	}
	switch m {
	case going, seen:
		return acknowledge(t, a, m)
	case cannot:
		return decline(t, a)
	case rang:
		return comfort(t, a)
	case phones:
		return ringYourself(t, a)
	case receipt:
		return takeReceipt(t, a)
	}
	return end(t, a, t.Read.Text)
}

// concerned are the open alerts that an answer of the speaker can be about,
// oldest first.
func concerned(t *line.Turn, m meaning) ([]storage.Alert, error) {
	alerts, err := t.In.OpenAlerts()
	if err != nil {
		return nil, err
	}
	var mine []storage.Alert
	for _, a := range alerts {
		late := t.Now().Sub(a.CreatedAt.Time()) > answerable && !circleOf(class(a)).sealed // what is sealed has no digit
		if late || !named(t, a) {
			continue
		}
		told, err := wasTold(t, a)
		if err != nil {
			return nil, err
		}
		if concerns(t, a, m, told) {
			mine = append(mine, a)
		}
	}
	return mine, nil
}

func concerns(t *line.Turn, a storage.Alert, m meaning, told bool) bool {
	switch m {
	case rang:
		return caller(t, a)
	case phones:
		return caller(t, a) || told
	case receipt:
		return told && circleOf(class(a)).report
	case over:
		return caller(t, a) || told || mayEnd(t, a, told)
	case seen:
		return told && a.State == storage.Raised
	}
	return told
}

// named reports whether a line that names somebody names the one in danger.
func named(t *line.Turn, a storage.Alert) bool {
	if len(t.Read.Mentions) == 0 || a.Elder == 0 {
		return true
	}
	return slices.ContainsFunc(t.Read.Mentions, func(m read.Mention) bool { return slices.Contains(m.People, a.Elder) })
}

func wasTold(t *line.Turn, a storage.Alert) (bool, error) {
	if t.Me == 0 {
		return false, nil
	}
	people, err := toldOf(t.In, a.ID)
	return slices.Contains(people, t.Me), err
}

// mayEnd reports whether the speaker can close an alert: who is on it, and the
// secretary-general where it is not sealed from her.
func mayEnd(t *line.Turn, a storage.Alert, told bool) bool {
	if circleOf(class(a)).sealed {
		return told
	}
	return t.Is(storage.Secretary) || t.Me != 0 && a.AckedBy == t.Me
}
