package read

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestVitals reads what was measured; a question mark stands behind what is asked
// about and not stored.
func TestVitals(t *testing.T) {
	for text, want := range map[string]string{
		"血压145/90": "145/90", "血压145 90": "145/90", "血压 145-90": "145/90", "血压145、90": "145/90", "高压145低压90": "145/90",
		"低压90高压145": "145/90", "上压172 下压98": "172/98", "收缩压145，舒张压90": "145/90", "血压一百五九十五": "150/95", "血压一百五，九十五": "150/95",
		"血压一百四十八 九十": "148/90", "血压一百四比九十": "140/90", "血压一四五九二": "145/92", "血压１４５／９０": "145/90", "血压90/145": "145/90",
		"136/82": "136/82", "高压是一百五低压是九十": "150/90", "高压：150 低压：90": "150/90", "bp 138/82": "138/82",
		"血压16892": "168/92?", "血压345/90": "345/90?", "血压145/140": "145/140?", "血压145/20": "145/20?", "血压60/30": "60/30", "血压260/160": "260/160",
		"血压261/100": "261/100?", "血压145": "", "11/24": "", "120/80号": "120/80", "接145 90": "", "3/4": "", "血压正常 25分钟": "",
		"空腹血糖6.8": "6.8", "血糖六点八": "6.8", "餐后2小时血糖9.8": "9.8", "餐后两小时9.8": "9.8", "血糖是 7": "7", "血糖33.3": "33.3", "血糖33.4": "33.4?",
		"血糖1.0": "1", "血糖0.9": "0.9?", "血糖高": "", "买3斤糖": "", "白糖2斤": "", "糖3块": "",
		"心跳80": "80", "脉搏每分钟七十二次": "72", "心率：29": "29?", "心率30": "30", "心跳220": "220", "心跳221": "221?",
		"体温36.5": "36.5", "三十七度二": "37.2", "37度5": "37.5", "38.5℃": "38.5", "烧到三十九度": "39", "体温365": "36.5", "体温42": "42", "体温42.1": "42.1?",
		"体温33.9": "33.9?", "三十八点五度": "38.5", "天气38度": "", "今天38度气温": "", "20度": "",
		"血压仪显示152-94 心跳80": "152/94 80", "早上空腹血糖6.8 血压 高压132 低压76": "132/76 6.8", "血压145/90，体温36.8，脉搏76": "145/90 76 36.8",
	} {
		g := Read(text+"。", Context{Now: tuesday})
		var got []string
		for _, v := range g.Vitals {
			got = append(got, vitalText(v))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

func vitalText(v Vital) string {
	s := fmt.Sprintf("%g", v.Value)
	if v.Kind == Pressure {
		s = fmt.Sprintf("%g/%g", v.Value, v.Low)
	}
	if !v.Plausible {
		s += "?"
	}
	return s
}

// TestVitalsOfEach: each reading is of the person named before it.
func TestVitalsOfEach(t *testing.T) {
	g := Read("满爷爷145/90，忠良一百五九十五，量的时候德贵不在", Context{Now: tuesday, Roster: stage()})
	if len(g.Vitals) != 2 || g.Intent != ReportVisit {
		t.Fatalf("%v %s", g.Vitals, g.Intent)
	}
	if a, b := g.Vitals[0].Mention.Span, g.Vitals[1].Mention.Span; g.Text[a.From:a.To] != "满爷爷" || g.Text[b.From:b.To] != "忠良" {
		t.Errorf("%v %v", a, b)
	}
}

// TestAnyPressure: however it is typed, a believable blood pressure comes back.
func TestAnyPressure(t *testing.T) {
	forms := []func(h, l int) string{
		func(h, l int) string { return fmt.Sprintf("血压%d/%d", h, l) },
		func(h, l int) string { return fmt.Sprintf("量的 %d %d", h, l) },
		func(h, l int) string { return fmt.Sprintf("血压%d/%d", l, h) },
		func(h, l int) string { return fmt.Sprintf("高压%d，低压%d", h, l) },
		func(h, l int) string { return fmt.Sprintf("低压%s 高压%s", inChinese(l), inChinese(h)) },
		func(h, l int) string { return fmt.Sprintf("血压%s %s", inChinese(h), inChinese(l)) },
	}
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.IntRange(minDiastolic, maxDiastolic).Draw(t, "low")
		high := rapid.IntRange(max(minSystolic, low+minPulsePressure), maxSystolic).Draw(t, "high")
		text := rapid.SampledFrom(forms).Draw(t, "form")(high, low)
		g := Read(text, Context{Now: tuesday})
		if len(g.Vitals) != 1 || g.Vitals[0].Value != float64(high) || g.Vitals[0].Low != float64(low) || !g.Vitals[0].Plausible {
			t.Fatalf("%q: %v", text, g.Vitals)
		}
	})
}
