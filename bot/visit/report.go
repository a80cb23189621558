package visit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
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
		return notVisitor(t)
	}
	if t.Read.All {
		return AllSeen(t)
	}
	r := begin(t)
	if !slices.ContainsFunc(r.Calls, func(c call) bool { return len(c.People) > 0 }) {
		return withoutName(t, r)
	}
	if a, late := tooLate(t, r); late {
		return a, nil
	}
	return proceed(t, r)
}

func begin(t *line.Turn) report {
	r := report{Key: t.Source(), Day: storage.Day(t.Now()), Minutes: t.Read.Minutes, Words: t.Read.Text, Late: t.Read.Late}
	if w := t.Read.When; w.Grain != "" && !w.At.After(t.Now()) {
		r.Day = storage.Day(w.At)
	}
	if q := t.State.Open; q != nil && q.Line == name && q.Name == askList {
		if q.Data != "" && t.Read.When.Grain == "" {
			r.Day = q.Data
		}
		if len(t.Read.Calls) > 0 && len(t.Read.Mentions) > 0 {
			t.Close() // the names are told: the list asks no more
		}
	}
	r.Late = r.Late || r.Day < storage.Day(t.Now())
	for _, c := range t.Read.Calls {
		r.Calls = append(r.Calls, call{
			People: narrow(t, c.Mention.People), Met: c.Met, Reason: c.Reason, Sign: c.Sign, Health: c.Health, Findings: c.Findings,
		})
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
	if id, err := standingBefore(t); err != nil || id != 0 {
		if err != nil {
			return line.Answer{}, err
		}
		met := t.Read.Word == "看了"
		r.Calls = []call{{People: []int64{id}, Met: met, Reason: reasonOf(t), Sign: signOf(t.Read.Text)}}
		return proceed(t, r)
	}
	if h, found, err := lookIn(t); err != nil || found {
		if err != nil {
			return line.Answer{}, err
		}
		r.Calls = []call{{People: []int64{h.Elder}, Met: t.Read.Word == "看了", Reason: reasonOf(t), Sign: signOf(t.Read.Text)}}
		a, err := proceed(t, r)
		a.Text = strings.Replace(a.Text, "错了讲一声。", fmt.Sprintf("%d号办完了就回“做完了”。", h.Number), 1)
		return a, err
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
		if len(c.People) != 1 {
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
	r.Calls[q.Ref].People = []int64{id}
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

// outcome is what became of the calls of one report.
type outcome struct {
	met, missed, again []int64 // again: reported before, counted once
	findings           []storage.Finding
	attempts           []storage.Visit
	reasons            map[int64]string
	signs              bool
	urgent             bool
}

// store writes a report whose people are all known.
func store(t *line.Turn, r report) (line.Answer, error) {
	out := outcome{reasons: map[int64]string{}}
	slices.SortStableFunc(r.Calls, func(a, b call) int { return int(a.People[0] - b.People[0]) }) // one order of locks
	for _, c := range r.Calls {
		if err := storeCall(t, r, c, &out); err != nil {
			return line.Answer{}, err
		}
	}
	if err := storeMinutes(t, r, out); err != nil {
		return line.Answer{}, err
	}
	return reply(t, r, out)
}

// storeCall writes one elder's part: a visit or an attempt, unless this visitor
// has said the same of this day.
func storeCall(t *line.Turn, r report, c call, out *outcome) error {
	elder := c.People[0]
	same, moved, err := standing(t, r, c)
	if err != nil {
		return err
	}
	if same != nil && len(c.Findings) == 0 {
		out.again = append(out.again, elder)
		return nil
	}
	v := same
	if v == nil {
		if v, err = add(t, r, c, moved); err != nil {
			return err
		}
	}
	count(out, c, *v)
	if c.Met && same == nil {
		if err := tellProxies(t, *v); err != nil {
			return err
		}
	}
	for _, f := range c.Findings {
		if err := storeFinding(t, r, *v, f, out); err != nil {
			return err
		}
	}
	return nil
}

func count(out *outcome, c call, v storage.Visit) {
	if c.Met {
		out.met = append(out.met, v.Elder)
		return
	}
	out.missed = append(out.missed, v.Elder)
	out.attempts = append(out.attempts, v)
	out.reasons[v.Elder] = c.Reason
	out.signs = out.signs || c.Sign != ""
}

// standing locks the elder's plan and finds this visitor's own earlier word of
// the day. The usual report is the first of its day: then the plan moves forward
// at once and there is nothing to look for.
func standing(t *line.Turn, r report, c call) (same *storage.Visit, moved bool, err error) {
	if moved, err = t.In.AdvancePlan(c.People[0], r.Day, c.Met); err != nil || moved {
		return nil, moved, err
	}
	if err := t.In.LockPlan(c.People[0]); err != nil {
		return nil, false, err
	}
	same, err = saidBefore(t, r, c)
	return same, false, err
}

// saidBefore finds this visitor's own earlier word about the elder and day.
func saidBefore(t *line.Turn, r report, c call) (*storage.Visit, error) {
	earlier, err := t.In.VisitsOn(c.People[0], r.Day)
	if err != nil {
		return nil, err
	}
	for _, v := range earlier {
		if v.Visitor == t.Me && v.Met && c.Met {
			return &v, nil
		}
	}
	return nil, nil
}

func add(t *line.Turn, r report, c call, moved bool) (*storage.Visit, error) {
	v := storage.Visit{
		Elder: c.People[0], Visitor: t.Me, Day: r.Day, Met: c.Met, Health: c.Health, Reason: c.Reason, Words: r.Words, Late: r.Late,
		SourceKey: t.Source(), Ordinal: t.Next("visit"),
	}
	if c.Sign != "" {
		v.Reason = strings.Trim(v.Reason+"，"+c.Sign, "，")
	}
	if !c.Met && r.Day == storage.Day(t.Now()) {
		v.NextAt = storage.At(t.Now().Add(patience(t, v.Elder)))
	}
	if err := t.In.AddVisit(&v); err != nil {
		return nil, err
	}
	if moved {
		return &v, nil
	}
	return &v, t.In.MovePlan(v.Elder)
}

// patience is how long an attempt may stay without anybody having seen the
// elder (village practice E3): by tier; 80 and older alone is 高.
func patience(t *line.Turn, elder int64) time.Duration {
	p, _ := t.Book.Plan(elder)
	switch p.Tier {
	case "高":
		return time.Hour
	case "重点":
		return 4 * time.Hour
	}
	return 24 * time.Hour
}

// storeMinutes writes the minutes of the trip once, however many doors it had.
func storeMinutes(t *line.Turn, r report, out outcome) error {
	if r.Minutes == 0 || len(out.met)+len(out.missed) == 0 {
		return nil
	}
	return t.In.AddService(&storage.ServiceRecord{
		Person: t.Me, Day: r.Day, Minutes: r.Minutes, Kind: storage.ForVisit, SourceKey: t.Source(), Ordinal: t.Next("service"),
	})
}

// tellProxies owes each proxy who may hear it one line about the visit
// (settled.md 14): on his next message, not as a push.
func tellProxies(t *line.Turn, v storage.Visit) error {
	for _, p := range t.Book.SpokenFor(v.Elder) {
		if !p.MayHear {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, v.Day, storage.Shanghai)
		if err != nil {
			return fmt.Errorf("visit day: %w", err)
		}
		err = t.Carry(storage.Notice{
			Person: p.Person, Kind: noteSeen, Subject: subject("elder", v.Elder), Period: v.Day, Weight: storage.Direct,
			Words: fmt.Sprintf("%d月%d日%s看了您%s。", day.Month(), day.Day(), t.Book.Name(v.Visitor), elderOf(p.Relation)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// elderOf is what a proxy calls the elder, by what the proxy is to him.
func elderOf(relation string) string {
	if strings.ContainsAny(relation, "儿女崽媳") {
		return "屋里老人"
	}
	return "家老人"
}

// storeFinding writes what was seen and tells the doctor; what cannot wait goes
// to the secretary-general as well, at once.
func storeFinding(t *line.Turn, r report, v storage.Visit, f read.Finding, out *outcome) error {
	row := storage.Finding{Elder: v.Elder, Visit: v.ID, Reporter: t.Me, Words: f.Words, Urgent: f.Urgent, SourceKey: t.Source(), Ordinal: t.Next("finding")}
	if err := t.In.AddFinding(&row); err != nil {
		return err
	}
	out.findings = append(out.findings, row)
	out.urgent = out.urgent || f.Urgent
	to := t.Book.Holders(storage.Doctor, 0)
	weight := storage.Direct
	if f.Urgent {
		to = append(slices.Clone(to), t.Book.Holders(storage.Secretary, 0)...)
		weight = storage.Urgent
	}
	for _, p := range to {
		if p == t.Me {
			continue
		}
		err := t.Owe(storage.Notice{
			Person: p, Kind: noteFinding, Subject: subject("finding", row.ID), Period: "1", Weight: weight, Lead: findingLead(f.Urgent),
			Words: fmt.Sprintf("%s%s（%d组）：%s。%s%s看到的。您看了回一句，我转给她。", urgentMark(f.Urgent), t.Book.Name(v.Elder),
				t.Book.Person(v.Elder).Group, f.Words, dayWord(r.Day, t), t.Book.Name(t.Me)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func findingLead(urgent bool) string {
	if urgent {
		return "有1件急事，请马上看，回“看”"
	}
	return "有1件事要您看，回“看”"
}

func urgentMark(urgent bool) string {
	if urgent {
		return "急："
	}
	return ""
}

func dayWord(day string, t *line.Turn) string {
	if day == storage.Day(t.Now()) {
		return "今天"
	}
	d, err := time.ParseInLocation(time.DateOnly, day, storage.Shanghai)
	if err != nil {
		return ""
	}
	return say.Day(d, t.Now())
}

// minuteWords names the minutes of a trip.
func minuteWords(n int) string {
	if n == 0 {
		return ""
	}
	return "共" + strconv.Itoa(n) + "分钟。"
}
