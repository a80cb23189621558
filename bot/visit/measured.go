package visit

import (
	"fmt"
	"regexp"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// What asks for numbers that were measured, and not that somebody measures, or for
// the price of a meter.
var (
	measuredForm = regexp.MustCompile(`(血压|血糖|体温|脉搏|心跳|量的数|测的数).*(好多|多少|几多|是几|高不高|低不低|高吗|低吗|正常|怎么样|么样|稳不稳|记了|记录)|(查|翻|问)(一下|下)?.*(血压|血糖|体温)`)
	measureAct   = regexp.MustCompile(`来量|来测|去量|去测|量一下|测一下|量下|测下|帮|陪|要量|要测|去看|来看|想|买|计|仪|钱|药|医生`)
)

// measuredShown is how many of each kind are told: one sees from three whether it
// rises.
const measuredShown = 3

// asksMeasured hears 我上回量血压是好多 and a doctor's 桂花婶血压怎么样: the numbers
// that stand. They are for the doctor and the person alone.
func asksMeasured(t *line.Turn) (line.Answer, error) {
	text := t.Read.Text
	if len(t.Read.Vitals) > 0 || !measuredForm.MatchString(text) || measureAct.MatchString(text) {
		return line.Answer{}, nil
	}
	whose := t.Me
	if len(t.Read.Mentions) > 0 || t.Read.Kin != "" {
		if whose = askedAbout(t); whose == 0 && t.Is(storage.Doctor) {
			return line.Ask("是哪一位的？讲名字和几组，再问一遍。"), nil
		}
	}
	if !access.May(t.Book, t.Me, access.Reading, whose) {
		return t.Aside(access.Refusal), nil
	}
	all, err := t.In.MeasuresOf(whose)
	if err != nil {
		return line.Answer{}, err
	}
	return t.Aside(standingMeasures(t, whose, all)), nil
}

// standingMeasures tells the newest of each kind, and whom to ask what they mean:
// no number is judged here.
func standingMeasures(t *line.Turn, whose int64, all []storage.Measure) string {
	called := t.Book.Name(whose)
	ask := ""
	if doctors := t.Book.Holders(storage.Doctor, 0); whose == t.Me && len(doctors) > 0 && doctors[0] != t.Me {
		ask = "高不高、药怎么吃，问" + rings(t, doctors[0]) + "。"
	}
	if whose == t.Me {
		called = "您"
	}
	if len(all) == 0 {
		return called + "还没有记过量的数。" + ask
	}
	var parts []string
	for _, kind := range []read.VitalKind{read.Pressure, read.Pulse, read.Glucose, read.Temperature} {
		if told := newest(t, all, kind); told != "" {
			parts = append(parts, measureWords[kind]+told)
		}
	}
	return called + "量的数：" + strings.Join(parts, "；") + "。" + ask
}

// newest lists the newest values of one kind, each with its day.
func newest(t *line.Turn, all []storage.Measure, kind read.VitalKind) string {
	var told []string
	for _, m := range all {
		if m.Kind != string(kind) {
			continue
		}
		value := measure{Kind: kind, Value: float64(m.Tenths) / 10, Low: float64(m.LowTenths) / 10}
		told = append(told, fmt.Sprintf("%s%s", dayWord(m.Day, t), value.number()))
	}
	return strings.Join(told[:min(len(told), measuredShown)], "，")
}
