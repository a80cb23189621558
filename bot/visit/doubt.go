package visit

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// doubtful is something measured that waits for the one who told it: the number was
// guessed, or no living person has it. Nothing of it is stored before he answers.
type doubtful struct {
	Elder   int64   `json:"elder"`
	Visit   int64   `json:"visit"`
	Day     string  `json:"day"`
	Measure measure `json:"measure"`
	Guess   bool    `json:"guess,omitempty"`  // a number that may be: 对 is enough
	Again   bool    `json:"again,omitempty"`  // he has said that the guess is wrong
	Rights  bool    `json:"rights,omitempty"` // it puts a number right that stands
}

// askMeasured asks once about a number.
func askMeasured(t *line.Turn, text string, d doubtful) (line.Answer, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep what was measured: %w", err)
	}
	a := t.Question(line.Question{Line: name, Name: askMeasure, Ref: d.Elder, Data: string(data), Text: t.Book.Name(d.Elder) + doubtWords(d)})
	a.Text = text + a.Text
	return a, nil
}

func doubtWords(d doubtful) string {
	switch {
	case d.Again:
		return "的" + measureWords[d.Measure.Kind] + "是多少？把数再讲一遍。"
	case d.Guess:
		return measureWords[d.Measure.Kind] + "是不是" + d.Measure.number() + "？对就回“对”，不对把数再讲一遍。"
	}
	return d.Measure.words() + "，这个数不像。看一眼，把数再讲一遍。"
}

// answerMeasure hears 对, 不对, or the number once more. Anything else is no answer,
// and nothing is stored.
func answerMeasure(t *line.Turn, q line.Question) (line.Answer, error) {
	var d doubtful
	if err := json.Unmarshal([]byte(q.Data), &d); err != nil {
		return line.Answer{}, fmt.Errorf("read what was measured: %w", err)
	}
	if m, told := toldAgain(t, d.Measure.Kind); told {
		t.Close()
		if !m.Sure {
			return unbelieved(t, d.Elder, m)
		}
		d.Measure = m
		return storeDoubtful(t, d)
	}
	if t.Read.Rest != "" && t.Read.Answer == read.Yes && d.Guess && !d.Again {
		return yesAndMore(t, d)
	}
	if t.Read.Rest != "" || len(t.Read.Mentions) > 0 {
		return line.Answer{}, nil
	}
	switch {
	case (t.Read.Answer == read.Yes || t.Read.Answer == read.Ack) && d.Guess && !d.Again:
		t.Close()
		return storeDoubtful(t, d)
	case (t.Read.Answer == read.Yes || t.Read.Answer == read.Ack) && !d.Again:
		t.Close()
		return unbelieved(t, d.Elder, d.Measure)
	case (t.Read.Answer == read.No || t.Read.Word == "改") && !d.Again:
		d.Again = true
		return askMeasured(t, "好，没有记。", d)
	case t.Read.Answer == read.No || t.Read.Word == "不晓得":
		t.Close()
		return line.Say("好，没有记。重新量了，连名字讲一声。"), nil
	}
	return line.Answer{}, nil
}

// yesAndMore hears 对 他讲脚肿了: the number stands, and the rest is a report of its
// own.
func yesAndMore(t *line.Turn, d doubtful) (line.Answer, error) {
	t.Close()
	stored, err := storeDoubtful(t, d)
	if err != nil {
		return stored, err
	}
	c := t.Book.Reading(t.Now())
	c.Speaker, c.Report = read.Speaker{Person: t.Me, Role: "volunteer", Cares: t.Book.Cares(t.Me)}, true
	t.Read = read.Read(t.Read.Rest, c)
	for _, hear := range []line.Handler{seenBesides, Report} {
		more, err := hear(t)
		if err != nil || more.Handled() {
			more.Text = stored.Text + more.Text
			return more, err
		}
	}
	return stored, nil
}

// numberRunes is longer than any number told by itself: 不是，是一百六十八比九十二.
const numberRunes = 16

// toldAgain reads a number that answers the question about one of a kind: it needs
// no name and no word for what was measured.
func toldAgain(t *line.Turn, kind read.VitalKind) (measure, bool) {
	if len(t.Read.Mentions) > 0 {
		return measure{}, false
	}
	vitals := t.Read.Vitals
	if len(vitals) == 0 && utf8.RuneCountInString(t.Read.Text) <= numberRunes {
		text := strings.TrimLeft(strings.NewReplacer("不是", "", "不对", "", "错了", "").Replace(t.Read.Text), "，,。 是")
		vitals = read.Read(measureWords[kind]+text, read.Context{Now: t.Now()}).Vitals
	}
	for _, v := range vitals {
		if v.Kind == kind {
			return measure{v.Kind, v.Value, v.Low, v.Plausible}, true
		}
	}
	return measure{}, false
}

// storeDoubtful stores what was confirmed.
func storeDoubtful(t *line.Turn, d doubtful) (line.Answer, error) {
	out := outcome{reasons: map[int64]string{}}
	d.Measure.Sure = true
	if d.Rights {
		if err := endMeasures(t, d.Visit, string(d.Measure.Kind), storage.Replaced); err != nil {
			return line.Answer{}, err
		}
	}
	v := storage.Visit{ID: d.Visit, Elder: d.Elder}
	if err := storeMeasure(t, report{Day: d.Day}, v, d.Measure, &out); err != nil {
		return line.Answer{}, err
	}
	return line.Say(aboutBodies(t, out) + "错了讲一声。"), nil
}

// unbelieved refuses a number that nobody can have, and names whom to ring.
func unbelieved(t *line.Turn, elder int64, m measure) (line.Answer, error) {
	ring := t.Office()
	if d := t.Book.Holders(storage.Doctor, 0); len(d) > 0 && d[0] != t.Me {
		ring = rings(t, d[0])
	}
	return line.Say(fmt.Sprintf("%s不像是量得出的数，没有记。请再量一次，量了连名字讲；%s人不好过就打%s，急病打120。", m.number(), t.Book.Name(elder), ring)), nil
}
