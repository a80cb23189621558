package visit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// call is one elder's part of a report, with its tie if it has one. It is what
// waits in a question until the tie is answered.
type call struct {
	People   []int64        `json:"people"`
	Met      bool           `json:"met"`
	Reason   string         `json:"reason,omitempty"`
	Sign     string         `json:"sign,omitempty"`
	Health   string         `json:"health,omitempty"`
	Findings []read.Finding `json:"findings,omitempty"`
	Measures []measure      `json:"measures,omitempty"`
	Doubt    bool           `json:"doubt,omitempty"` // the group that was said is another: asked
}

// report is what one message reports.
type report struct {
	Key     string `json:"key"`
	Calls   []call `json:"calls"`
	Day     string `json:"day"`
	Late    bool   `json:"late,omitempty"`
	Minutes int    `json:"minutes,omitempty"`
	Words   string `json:"words"`
}

// Report hears one line about one elder or several.
func Report(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		if len(t.Read.Vitals) > 0 {
			return measuredAtHome(t)
		}
		return notVisitor(t)
	}
	if t.Read.All {
		return AllSeen(t)
	}
	r := begin(t)
	if !slices.ContainsFunc(r.Calls, func(c call) bool { return len(c.People) > 0 }) {
		if a, err := hasRead(t); err != nil || a.Handled() {
			return a, err
		}
		return withoutName(t, r)
	}
	if a, late := tooLate(t, r); late {
		return a, nil
	}
	return proceed(t, r)
}

// askedJustNow is how long the day of a list goes for what is reported without one.
const askedJustNow = 10 * time.Minute

func begin(t *line.Turn) report {
	r := report{Key: t.Source(), Day: storage.Day(t.Now()), Minutes: t.Read.Minutes, Words: withoutNumbers(t.Read), Late: t.Read.Late}
	if w := t.Read.When; w.Grain != "" && !w.At.After(t.Now()) {
		r.Day = storage.Day(w.At)
	}
	if q := t.State.Open; q != nil && q.Line == name && q.Name == askList {
		fresh := t.Now().Sub(time.UnixMilli(q.At)) < askedJustNow
		if q.Data != "" && t.Read.When.Grain == "" && fresh {
			r.Day = q.Data
		}
		if len(t.Read.Calls) > 0 && len(t.Read.Mentions) > 0 {
			t.Close() // the names are told: the list asks no more
		}
	}
	r.Late = r.Late || r.Day < storage.Day(t.Now())
	for _, c := range t.Read.Calls {
		if t.Book.OwnFamily(t.Me, c.Mention.People) {
			continue // 带孙子: one's own family is no visit
		}
		r.Calls = append(r.Calls, call{
			People: narrow(t, c.Mention.People), Met: c.Met, Reason: c.Reason, Sign: c.Sign, Health: c.Health, Findings: c.Findings,
		})
	}
	measuresOf(t.Read, r.Calls)
	if len(r.Calls) == 1 {
		p := r.Calls[0].People
		r.Calls[0].Doubt = len(p) == 1 && t.Read.Group != 0 && len(t.Read.Mentions) == 1 && t.Book.Person(p[0]).Group != t.Read.Group
	}
	return r
}

// narrow prefers, among people of one name, those on the visit list, then those
// of the group said.
func narrow(t *line.Turn, people []int64) []int64 {
	keep := func(ok func(int64) bool) {
		var fit []int64
		for _, id := range people {
			if ok(id) {
				fit = append(fit, id)
			}
		}
		if len(fit) > 0 {
			people = fit
		}
	}
	if t.Read.Group != 0 {
		keep(func(id int64) bool { return t.Book.Person(id).Group == t.Read.Group })
	}
	keep(func(id int64) bool { _, listed := t.Book.Plan(id); return listed })
	return people
}

// notVisitor keeps a villager's remark about an elder for the secretary.
func notVisitor(t *line.Turn) (line.Answer, error) {
	if elder := worriedAbout(t); elder != 0 {
		return worry(t, elder)
	}
	return line.Say("多谢您讲，我转给" + t.Book.Called() + "。"), t.Leave(t.Read.Text)
}

// backDays is how far back a volunteer reports by himself; later the secretary
// does (settled.md 45).
const backDays = 30

func tooLate(t *line.Turn, r report) (line.Answer, bool) {
	if t.Is(storage.Secretary) || r.Day >= storage.Day(t.Now().AddDate(0, 0, -backDays)) {
		return line.Answer{}, false
	}
	return line.Say("过了一个月的，请" + t.Book.Called() + "补记。"), true
}

// withoutName hears a report that names nobody: about the only elder it can be.
func withoutName(t *line.Turn, r report) (line.Answer, error) {
	if a, err := measuredThere(t); err != nil || a.Handled() {
		return a, err
	}
	if id, err := standingBefore(t); err != nil || id != 0 {
		if err != nil {
			return line.Answer{}, err
		}
		met := t.Read.Word == "看了" || len(t.Read.Calls) == 1 && t.Read.Calls[0].Met
		r.Calls = []call{{People: []int64{id}, Met: met, Reason: reasonOf(t), Sign: signOf(t.Read.Text)}}
		return proceed(t, r)
	}
	if h, found, err := lookIn(t); err != nil || found {
		if err != nil {
			return line.Answer{}, err
		}
		r.Calls = []call{{People: []int64{h.Elder}, Met: t.Read.Word == "看了", Reason: reasonOf(t), Sign: signOf(t.Read.Text)}}
		return proceed(t, r)
	}
	return whose(t, r)
}

// standingBefore is the elder whose door the speaker was last asked to go to:
// an attempt of today that waits, in his group or of his own.
func standingBefore(t *line.Turn) (int64, error) {
	attempts, err := t.In.AttemptsWaiting(storage.Day(t.Now()))
	if err != nil {
		return 0, err
	}
	var ids []int64
	for _, a := range attempts {
		mine := a.Visitor == t.Me || slices.Contains(t.Book.Holders(storage.Leader, t.Book.Person(a.Elder).Group), t.Me)
		if mine && !slices.Contains(ids, a.Elder) {
			ids = append(ids, a.Elder)
		}
	}
	if len(ids) != 1 {
		return 0, nil
	}
	return ids[0], nil
}

func reasonOf(t *line.Turn) string {
	if t.Read.Word == "看了" {
		return ""
	}
	return say.Clip(t.Read.Text, 30)
}

// proceed asks about the first tie, or stores the report.
func proceed(t *line.Turn, r report) (line.Answer, error) {
	for i, c := range r.Calls {
		if len(c.People) != 1 || c.Doubt {
			return askTie(t, r, i)
		}
	}
	return store(t, r)
}

// askTie asks which of several, never guessing.
func askTie(t *line.Turn, r report, i int) (line.Answer, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep report: %w", err)
	}
	people := r.Calls[i].People
	if len(people) == 0 {
		return line.Answer{}, nil
	}
	people = people[:min(len(people), 8)]
	var parts []string
	for n, id := range people {
		age := ""
		if a := t.Book.Age(id, t.Now()); a > 0 {
			age = fmt.Sprintf("（%d岁）", a)
		}
		parts = append(parts, fmt.Sprintf("%d %d组%s%s", n+1, t.Book.Person(id).Group, t.Book.Name(id), age))
	}
	return t.Question(line.Question{
		Line: name, Name: askWho, Refs: people, Ref: int64(i), Data: string(data),
		Text: "是哪一位？" + strings.Join(parts, " ") + "，回数字。",
	}), nil
}

// answerWho hears which of several.
func answerWho(t *line.Turn, q line.Question) (line.Answer, error) {
	var r report
	if err := json.Unmarshal([]byte(q.Data), &r); err != nil {
		return line.Answer{}, fmt.Errorf("read report: %w", err)
	}
	id := chosen(t, q.Refs)
	if id == 0 || int(q.Ref) >= len(r.Calls) {
		return line.Answer{}, nil
	}
	r.Calls[q.Ref].People, r.Calls[q.Ref].Doubt = []int64{id}, false
	if now := saidAlone(t.Read); len(now) > 0 {
		r.Calls[q.Ref].Measures = now // said anew with the name
	}
	t.Close()
	return proceed(t, r)
}

func chosen(t *line.Turn, refs []int64) int64 {
	if d := t.Read.Digits; len(d) == 1 && d[0] >= 1 && d[0] <= len(refs) {
		return refs[d[0]-1]
	}
	var fit []int64
	for _, id := range refs {
		if t.Read.Group != 0 && t.Book.Person(id).Group == t.Read.Group {
			fit = append(fit, id)
		}
	}
	if len(fit) == 0 && len(t.Read.Mentions) == 1 && len(t.Read.Mentions[0].People) == 1 && slices.Contains(refs, t.Read.Mentions[0].People[0]) {
		fit = t.Read.Mentions[0].People
	}
	if len(fit) != 1 {
		return 0
	}
	return fit[0]
}
