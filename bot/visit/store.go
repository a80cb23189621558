package visit

import (
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

// outcome is what became of the calls of one report.
type outcome struct {
	met, missed, again []int64 // again: reported before, counted once
	findings           []storage.Finding
	attempts           []storage.Visit
	reasons            map[int64]string
	house              []storage.Visit // at which something was seen that is to be mended or brought, in Words
	measured           []measured
	doubts             []doubtful
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
	if err := carryOfHouse(t, r, out); err != nil {
		return line.Answer{}, err
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
	if same != nil && len(c.Findings)+len(c.Measures) == 0 {
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
	return storeMeasures(t, r, *v, c.Measures, out)
}

// storeMeasures keeps what is sure of what was measured; the rest waits for a
// word of the one who told it.
func storeMeasures(t *line.Turn, r report, v storage.Visit, all []measure, out *outcome) error {
	for _, m := range all {
		if !m.Sure && t.Book.Basis(v.Elder).Health() {
			out.doubts = append(out.doubts, doubtful{Elder: v.Elder, Visit: v.ID, Day: r.Day, Measure: m, Guess: m.believable()})
			continue
		}
		if err := storeMeasure(t, r, v, m, out); err != nil {
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
		v.NextAt = storage.At(t.Now().Add(patience(t.Book, v.Elder)))
	}
	if err := keep(t, r, c, &v); err != nil {
		return nil, err
	}
	if moved {
		return &v, nil
	}
	return &v, t.In.MovePlan(v.Elder)
}

// keep stores a visit with as much as the elder has agreed to. Only a finding and
// an attempt's question, and what was measured, name it by its id: the usual visit does not wait for one.
func keep(t *line.Turn, r report, c call, v *storage.Visit) error {
	why := t.Book.Basis(v.Elder)
	if !why.Basic() {
		v.Health = ""
	}
	if !mayKeepWords(t, r) {
		v.Words = ""
	}
	if c.Met && len(c.Findings)+len(c.Measures) == 0 {
		return t.In.PutVisit(*v, why)
	}
	return t.In.AddVisit(v, why)
}

// mayKeepWords reports whether everybody of whom a report tells has agreed that
// his health is kept: one line tells of several.
func mayKeepWords(t *line.Turn, r report) bool {
	return !slices.ContainsFunc(r.Calls, func(c call) bool { return !t.Book.Basis(c.People[0]).Health() })
}

// storeMinutes writes the minutes of the trip once, however many doors it had.
func storeMinutes(t *line.Turn, r report, out outcome) error {
	if r.Minutes == 0 || len(out.met)+len(out.missed) == 0 {
		return nil
	}
	return t.In.AddService(storage.ServiceRecord{
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
// to the secretary-general as well, at once. Of whoever has not agreed to it only
// the fact is kept: the doctor rings whoever saw it (settled.md 25).
func storeFinding(t *line.Turn, r report, v storage.Visit, f read.Finding, out *outcome) error {
	if f.House && !f.Urgent {
		ofHouse(v, f.Words, out)
		return nil
	}
	why := t.Book.Basis(v.Elder)
	row := storage.Finding{Elder: v.Elder, Visit: v.ID, Reporter: t.Me, Words: f.Words, Urgent: f.Urgent, SourceKey: t.Source(), Ordinal: t.Next("finding")}
	if !why.Health() {
		row.Words = ""
	}
	if err := t.In.AddFinding(&row, why); err != nil {
		return err
	}
	out.findings = append(out.findings, row)
	out.urgent = out.urgent || f.Urgent
	to := t.Book.Holders(storage.Doctor, 0)
	weight := storage.Direct
	if f.Urgent {
		to = append(slices.Clone(to), t.Book.Holders(storage.Secretary, 0)...)
		weight = storage.Danger
	}
	words := passedOn(t, r, row)
	for _, p := range to {
		if p == t.Me {
			continue
		}
		err := t.Owe(storage.Notice{
			Person: p, Kind: noteFinding, Subject: subject("finding", row.ID), Period: "1", Weight: weight, Lead: findingLead(f.Urgent), Words: words,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// passedOn is what the doctor reads of a finding.
func passedOn(t *line.Turn, r report, f storage.Finding) string {
	about := fmt.Sprintf("%s%s（%d组）", urgentMark(f.Urgent), t.Book.Name(f.Elder), t.Book.Person(f.Elder).Group)
	seen := dayWord(r.Day, t) + t.Book.Name(t.Me)
	if f.Words == "" {
		return about + "：" + seen + "看到身体有情况，本人没点头，没有记。请打电话问" + rings(t, t.Me) + "。"
	}
	return about + "：" + f.Words + "。" + seen + "看到的。您看了回一句，我转给她。"
}

// rings is a person's name with the telephone, if one is known.
func rings(t *line.Turn, id int64) string { return t.Book.Title(id) + t.Book.Person(id).Phone }

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
