package visit

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// measure is one thing that was measured, as it waits in a report.
type measure struct {
	Kind  read.VitalKind `json:"kind"`
	Value float64        `json:"value"`
	Low   float64        `json:"low,omitempty"`
	Sure  bool           `json:"sure,omitempty"` // it needs no question
}

// measureWords are what people call each kind.
var measureWords = map[read.VitalKind]string{read.Pressure: "血压", read.Pulse: "心跳", read.Glucose: "血糖", read.Temperature: "体温"}

// number is the value alone: 168/92.
func (m measure) number() string {
	if m.Kind == read.Pressure {
		return fmt.Sprintf("%g/%g", m.Value, m.Low)
	}
	return fmt.Sprintf("%g", m.Value)
}

func (m measure) words() string { return measureWords[m.Kind] + m.number() }

// measuresOf gives each call what was measured of its elder. Whose is not said is
// that of the only call.
func measuresOf(r read.Reading, calls []call) {
	for _, v := range r.Vitals {
		k := slices.IndexFunc(r.Calls, func(c read.Call) bool { // he may be named twice: once seen, once measured
			return len(v.Mention.People) > 0 && slices.Equal(c.Mention.People, v.Mention.People)
		})
		if k < 0 && len(calls) == 1 {
			k = 0
		}
		if k >= 0 && k < len(calls) {
			calls[k].Measures = append(calls[k].Measures, measure{v.Kind, v.Value, v.Low, v.Plausible})
		}
	}
}

// saidAlone are the measures of a line that is about one elder.
func saidAlone(r read.Reading) []measure {
	one := []call{{}}
	measuresOf(r, one)
	return one[0].Measures
}

// withoutNumbers is a line without what was measured: its words are read by more
// people than the doctor.
func withoutNumbers(r read.Reading) string {
	text := r.Text
	for _, v := range slices.Backward(r.Vitals) {
		if v.Span.From < v.Span.To && v.Span.To <= len(text) {
			text = text[:v.Span.From] + "…" + text[v.Span.To:]
		}
	}
	return text
}

// storeMeasure keeps what was measured at a visit, and tells the doctor: at once
// what is for him to see, else with his next message. Of whoever has not agreed to
// it only the fact is told (settled.md 25).
func storeMeasure(t *line.Turn, r report, v storage.Visit, m measure, out *outcome) error {
	if !t.Book.Basis(v.Elder).Health() {
		if slices.ContainsFunc(out.findings, func(f storage.Finding) bool { return f.Elder == v.Elder }) {
			return nil // it has been said
		}
		return storeFinding(t, r, v, read.Finding{Words: measureWords[m.Kind]}, out)
	}
	row := storage.Measure{
		Elder: v.Elder, Visit: v.ID, Kind: string(m.Kind), Tenths: tenths(m.Value), LowTenths: tenths(m.Low), TakenBy: t.Me, Day: r.Day,
		SourceKey: t.Source(), Ordinal: t.Next("measure"),
	}
	if err := t.In.AddMeasure(&row, t.Book.Basis(v.Elder)); err != nil {
		return err
	}
	colour := t.Book.Settings().ColourOf(string(m.Kind), m.Value, m.Low, t.Book.Age(v.Elder, t.Now()))
	out.measured = append(out.measured, measured{elder: v.Elder, measure: m, colour: colour})
	return tellDoctor(t, r, row, m, colour)
}

// measured is something that was stored, with how soon the doctor must see it.
type measured struct {
	elder  int64
	colour book.Colour
	measure
}

func tenths(v float64) int { return int(math.Round(v * 10)) }

// doctorHas is how long the doctor has before the secretary-general is asked to
// ring him about a red value (village practice L).
const doctorHas = 30 * time.Minute

// tellDoctor tells the doctor what was measured. What he must see waits as a
// finding, without the number, until he says what he does.
func tellDoctor(t *line.Turn, r report, row storage.Measure, m measure, colour book.Colour) error {
	words := fmt.Sprintf("%s（%d组）：%s，%s%s量的。", t.Book.Name(row.Elder), t.Book.Person(row.Elder).Group, m.words(), dayWord(r.Day, t), t.Book.Name(t.Me))
	doctors := slices.DeleteFunc(slices.Clone(t.Book.Holders(storage.Doctor, 0)), func(id int64) bool { return id == t.Me })
	n := storage.Notice{Kind: noteMeasure, Subject: subject("measure", row.ID), Period: "1", Weight: storage.Direct, Words: words}
	if colour == book.Green || t.Is(storage.Doctor) {
		return each(doctors, n, t.Carry)
	}
	f := storage.Finding{
		Elder: row.Elder, Visit: row.Visit, Reporter: t.Me, Words: measureWords[m.Kind] + "要看", Urgent: colour == book.Red,
		SourceKey: t.Source(), Ordinal: t.Next("finding"),
	}
	if err := t.In.AddFinding(&f, t.Book.Basis(f.Elder)); err != nil {
		return err
	}
	n.Lead, n.Words = findingLead(f.Urgent), urgentMark(f.Urgent)+words+"您看了回一句，我转给"+t.Book.They(t.Me)+"。"
	if !f.Urgent {
		return each(doctors, n, t.Owe)
	}
	n.Weight = storage.Urgent
	if err := each(doctors, n, t.Owe); err != nil {
		return err
	}
	return each(t.Book.Holders(storage.Secretary, 0), storage.Notice{
		Kind: noteNoDoctor, Subject: subject("finding", f.ID), Period: "1", Weight: storage.Urgent, Lead: "有1件急事，请马上看，回“看”",
		NotBefore: waitsFor(t, doctors), Words: noDoctorWords(t, f, doctors),
	}, t.Owe)
}

func each(people []int64, n storage.Notice, owe func(storage.Notice) error) error {
	for _, p := range people {
		n.Person = p
		if err := owe(n); err != nil {
			return err
		}
	}
	return nil
}

// waitsFor is when nobody waits for a doctor any longer: at once where there is
// none.
func waitsFor(t *line.Turn, doctors []int64) storage.Moment {
	if len(doctors) == 0 {
		return storage.At(t.Now())
	}
	return storage.At(t.Now().Add(doctorHas))
}

// noDoctorWords say whom to ring about whom, and never what was measured.
func noDoctorWords(t *line.Turn, f storage.Finding, doctors []int64) string {
	who := fmt.Sprintf("急：%s（%d组）量的数要医生马上看，", t.Book.Name(f.Elder), t.Book.Person(f.Elder).Group)
	if len(doctors) == 0 {
		return who + "村里没有村医，请打电话给卫生院，也给" + rings(t, f.Reporter) + "。"
	}
	return who + t.Book.Title(doctors[0]) + "半个钟头没回话。请打电话给" + rings(t, doctors[0]) + "。"
}

// freshNoDoctor lets the notice die when the doctor has answered.
func freshNoDoctor(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	id, err := idOf(n.Subject)
	if err != nil {
		return "", err
	}
	f, found, err := v.Finding(id)
	if err == nil && (!found || f.State != storage.Open) {
		return n.Subject + " is answered", nil
	}
	return "", err
}

// measuredWords read back what was stored, and tell whoever stands beside the
// person what to do while the doctor has not answered. The words are those of
// village practice L; nothing is called good or bad.
func measuredWords(t *line.Turn, all []measured) string {
	var b strings.Builder
	red := false
	for _, m := range all {
		to := "记下了。"
		if d := t.Book.Holders(storage.Doctor, 0); len(d) > 0 && d[0] != t.Me {
			to = "报给" + t.Book.Title(d[0]) + "。"
		}
		b.WriteString(t.Book.Name(m.elder) + m.words() + to)
		red = red || m.colour == book.Red
	}
	if red && !t.Is(storage.Doctor) {
		b.WriteString("请" + t.Book.They(all[len(all)-1].elder) + "坐着歇5到10分钟再量一次。头痛、胸闷、讲话不清、半边没力，马上打120。")
	}
	return b.String()
}
