package read

import (
	"sort"
	"strings"
)

// A VitalKind is what was measured.
type VitalKind string

// The kinds, with the unit that villagers mean by a bare number.
const (
	Pressure    VitalKind = "bp"          // mmHg
	Pulse       VitalKind = "pulse"       // beats a minute
	Glucose     VitalKind = "glucose"     // mmol/L
	Temperature VitalKind = "temperature" // °C
)

// A Vital is one reading of a person's body. It is for the doctor alone.
type Vital struct {
	Kind  VitalKind
	Value float64 // Pressure: systolic
	Low   float64 // Pressure: diastolic
	// Plausible is false where the value lies outside what a living person can
	// have, or had to be guessed: it is asked about and not stored.
	Plausible bool
	Mention   Mention // whose it is; zero: nobody was named
	Span      Span
}

// limits of what is believed without a question. Below and above lie slips of
// the finger far more often than sick people.
var limits = map[VitalKind][2]float64{
	Pulse:       {30, 220},
	Glucose:     {1.0, 33.3}, // what a meter can show
	Temperature: {34, 42},
}

// Believable tells whether a living person can have the value; a value that is
// believable and not Plausible was guessed from what was typed.
func (v Vital) Believable() bool {
	if v.Kind == Pressure {
		return plausiblePressure(v.Value, v.Low)
	}
	in := limits[v.Kind]
	return v.Value >= in[0] && v.Value <= in[1]
}

// markOf are the words before each.
var markOf = map[VitalKind]mark{Pulse: markPulse, Glucose: markGlucose, Temperature: markTemperature}

// vitals reads what was measured, each for the person named before it, or else
// the first named at all.
func (l *line) vitals(names []found) []Vital {
	if len(l.nums) == 0 {
		return nil
	}
	out := l.pressures(names)
	for _, k := range [...]VitalKind{Glucose, Pulse, Temperature} {
		out = append(out, l.labelledVitals(k)...)
	}
	out = append(out, l.degrees()...)
	if len(out) > 0 {
		names = l.visited(names)
	}
	row := l.inRow(out, names)
	for k := range out {
		if row {
			out[k].Mention = l.mention(names[k])
		} else if n, ok := l.ownerOf(out[k].Span, names); ok {
			out[k].Mention = l.mention(n)
		}
	}
	return out
}

// inRow holds for 李兰英唐九妹，一个132/84，一个150/92: as many readings as names, all of them behind
// the names.
func (l *line) inRow(out []Vital, names []found) bool {
	n := len(out)
	if n < 2 || len(names) < n {
		return false
	}
	for k := range out {
		if out[k].Kind != out[0].Kind || out[k].Span.From < int(l.src[names[n-1].to]) {
			return false
		}
	}
	return len(names) == n || int(l.src[names[n].from]) > out[n-1].Span.From
}

// ownerOf is the last person named before the reading, else the next.
func (l *line) ownerOf(s Span, names []found) (owner found, ok bool) {
	if len(names) == 0 {
		return owner, false
	}
	behind := sort.Search(len(names), func(k int) bool { return int(l.src[names[k].from]) > s.From })
	return names[max(behind-1, 0)], true
}

// labelledVitals reads 血糖6.8, 心跳 80, 体温三十七度二: the number that follows the
// word, over a few small words.
func (l *line) labelledVitals(kind VitalKind) []Vital {
	name := markOf[kind]
	if !l.marks.has(name) {
		return nil
	}
	var out []Vital
	for i := 0; i < len(l.Runes); i++ {
		n := l.mark(i, name)
		if n == 0 {
			continue
		}
		if v, ok := l.vitalAfter(kind, i+n); ok {
			out = append(out, v)
		}
		i += n - 1
	}
	return out
}

func (l *line) vitalAfter(kind VitalKind, i int) (Vital, bool) {
	for k := 0; k < 6; k++ { // a clerk's eye goes no farther than six small words
		if at := l.numberFrom(i); at >= 0 && !l.hoursLater(at) {
			return l.vital(kind, at)
		} else if at >= 0 {
			i = l.nums[at].to
		}
		step := max(l.mark(i, markTo), l.mark(i, markOf[kind]), l.mark(i, markHours))
		if r := l.at(i); step == 0 && (r == ' ' || r == ',') {
			step = 1
		}
		if i += step; step == 0 {
			break
		}
	}
	return Vital{}, false
}

// hoursLater holds for the 2 of 餐后2小时.
func (l *line) hoursLater(at int) bool { return l.mark(l.nums[at].to, markHours) > 0 }

// numberFrom is the index of the number that begins at i, -1 if none does.
func (l *line) numberFrom(i int) int {
	if k := l.numberAt(i); k >= 0 && l.free(i, l.nums[k].to) {
		return k
	}
	return -1
}

// vital makes the reading whose number is nums[at] and takes its runes.
func (l *line) vital(kind VitalKind, at int) (Vital, bool) {
	v, to := l.pointed(at)
	n := l.nums[at]
	if kind == Temperature && v > 300 && v < 430 && n.digits == 3 { // 365 for 36.5
		v /= 10
	}
	for _, unit := range [...]string{"mmol/l", "mmol", "度", "℃", "°c", "次/分", "次", "下"} {
		if l.is(to, unit) {
			to += len([]rune(unit))
			break
		}
	}
	if kind != Temperature && l.at(to) != 0 && strings.ContainsRune("个天点岁元块斤米粒片号组人", l.at(to)) {
		return Vital{}, false
	}
	l.take(n.from, to)
	in := limits[kind]
	return Vital{Kind: kind, Value: v, Plausible: v >= in[0] && v <= in[1], Span: l.Span(n.from, to)}, true
}

// pointed is a number with what is said behind 点 or 度: 六点八, 37度2, 三十七度五.
func (l *line) pointed(at int) (v float64, to int) {
	n := l.nums[at]
	v, to = n.value, n.to
	if r := l.at(to); (r == '点' || r == '度') && to+1 < len(l.Runes) {
		if digitAt(l.Runes, to+1) >= 0 {
			rest, end := decimals(l.Runes, to+1)
			return v + rest, end
		}
		if l.at(to+1) == '半' {
			return v + 0.5, to + 2
		}
	}
	return v, to
}

// degrees reads 38.5度 and 三十八度五 without a word before them: where a person can
// be so warm, and nothing speaks of the weather.
func (l *line) degrees() []Vital {
	var out []Vital
	for k, n := range l.nums {
		unit := l.at(n.to)
		if unit == '点' {
			if _, to := l.pointed(k); to > n.to {
				unit = l.at(to)
			}
		}
		if n.value < 34 || n.value > 43 || !l.free(n.from, n.to) || unit != '度' && unit != '℃' || l.marked(0, len(l.Runes), markWeather) {
			continue
		}
		if v, ok := l.vital(Temperature, k); ok {
			out = append(out, v)
		}
	}
	return out
}
