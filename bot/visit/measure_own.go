package visit

import (
	"fmt"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// believable reports whether a living person can have the value: it was guessed,
// and a word is enough.
func (m measure) believable() bool {
	return read.Vital{Kind: m.Kind, Value: m.Value, Low: m.Low}.Believable()
}

// measuredThere hears 血压168/92 without a name right after a report: it is of the
// only elder of that report, or the only one of whom the same was measured there. It
// makes no second visit.
func measuredThere(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Vitals) == 0 || len(t.Read.Mentions) > 0 {
		return line.Answer{}, nil
	}
	visits, err := lastReport(t, storage.At(t.Now().Add(-correctWithin)))
	if err != nil {
		return line.Answer{}, err
	}
	visits = slices.DeleteFunc(visits, func(v storage.Visit) bool { return !v.Met })
	if len(visits) > 1 {
		if visits, err = measuredAt(t, visits, string(t.Read.Vitals[0].Kind)); err != nil {
			return line.Answer{}, err
		}
	}
	if len(visits) != 1 {
		return line.Answer{}, nil
	}
	rights := t.Read.Fix || strings.Contains(t.Read.Text, "错")
	return storeTold(t, visits[0], rights)
}

// measuredAt are the visits at which something of a kind was measured.
func measuredAt(t *line.Turn, visits []storage.Visit, kind string) ([]storage.Visit, error) {
	var there []storage.Visit
	for _, v := range visits {
		all, err := t.In.MeasuresAt(v.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(m storage.Measure) bool { return m.Kind == kind }) {
			there = append(there, v)
		}
	}
	return there, nil
}

// measuredAtHome hears what somebody who is no visitor has measured, of himself or
// of the person he names. It is no visit, and nobody but the doctor reads it.
func measuredAtHome(t *line.Turn) (line.Answer, error) {
	elder := t.Me
	if people := t.Read.Vitals[0].Mention.People; len(people) > 0 {
		if len(people) > 1 {
			return line.Ask("是哪一位的？连几组一起再讲一遍。"), nil
		}
		elder = people[0]
	} else if t.Read.Kin != "" {
		if len(t.Read.KinIDs) != 1 {
			return line.Ask("是哪一位的？讲名字和几组，再讲一遍。"), nil
		}
		elder = t.Read.KinIDs[0]
	} else if ids := t.Meant(); len(ids) > 0 { // 他血压168/95
		if len(ids) > 1 {
			return line.Ask("是哪一位的？讲名字和几组，再讲一遍。"), nil
		}
		elder = ids[0]
	}
	if !t.Book.Basis(elder).Health() {
		who := t.Book.Name(elder)
		if elder == t.Me {
			who = "您"
		}
		ring := t.Office()
		if d := t.Book.Holders(storage.Doctor, 0); len(d) > 0 {
			ring = rings(t, d[0])
		}
		return line.Say(fmt.Sprintf("%s还没点头记身体情况，量的数没有记。请打电话跟%s讲，急病打120。", who, ring)), nil
	}
	return storeTold(t, storage.Visit{Elder: elder}, false)
}

// storeTold stores the values of a line that are all of one person, or asks about
// the first that is in doubt; rights says that it puts right what stands.
func storeTold(t *line.Turn, v storage.Visit, rights bool) (line.Answer, error) {
	out := outcome{reasons: map[int64]string{}}
	r := report{Day: storage.Day(t.Now())}
	if w := t.Read.When; w.Grain != "" && !w.At.After(t.Now()) {
		r.Day = storage.Day(w.At)
	}
	if v.Day != "" {
		r.Day = v.Day
	}
	var all []measure
	for _, x := range t.Read.Vitals {
		all = append(all, measure{x.Kind, x.Value, x.Low, x.Plausible})
	}
	for _, m := range all { // a number in doubt leaves what stands until it is confirmed
		if !rights || !m.Sure {
			continue
		}
		if err := endMeasures(t, v.ID, string(m.Kind), storage.Replaced); err != nil {
			return line.Answer{}, err
		}
	}
	if err := storeMeasures(t, r, v, all, &out); err != nil {
		return line.Answer{}, err
	}
	text := aboutBodies(t, out)
	if len(out.doubts) > 0 {
		out.doubts[0].Rights = rights
		return askMeasured(t, text+unasked(out.doubts[1:]), out.doubts[0])
	}
	return line.Say(text + "错了讲一声。"), nil
}

// correctMeasure puts another number in the place of one that was told wrong.
func correctMeasure(t *line.Turn, visits []storage.Visit) (line.Answer, error) {
	x := t.Read.Vitals[0]
	for _, v := range visits {
		if len(x.Mention.People) > 0 && !slices.Contains(x.Mention.People, v.Elder) {
			continue
		}
		before, err := t.In.MeasuresAt(v.ID)
		if err != nil {
			return line.Answer{}, err
		}
		if len(visits) > 1 && !slices.ContainsFunc(before, func(m storage.Measure) bool { return m.Kind == string(x.Kind) }) {
			continue
		}
		return storeTold(t, v, true)
	}
	return line.Ask("是哪一位的？连名字讲，比如“满爷爷血压168/92”。"), nil
}

// endMeasures ends what was measured at a visit, of one kind or with "" of all, and
// keeps it. What has not been sent to the doctor yet is not sent.
func endMeasures(t *line.Turn, visit int64, kind, state string) error {
	all, err := t.In.MeasuresAt(visit)
	if err != nil {
		return err
	}
	for _, m := range all {
		if kind != "" && m.Kind != kind {
			continue
		}
		if err := t.In.EndMeasure(m.ID, state); err != nil {
			return err
		}
		if err := t.In.ClearNotices(noteMeasure, subject("measure", m.ID), subject("measure", m.ID)+" is "+state); err != nil {
			return err
		}
	}
	return nil
}
