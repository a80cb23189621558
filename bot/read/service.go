package read

import "slices"

// ill is the section of illnesses: they ask for 助医 only where no other help is
// named. 腰痛 搬不动煤 wants somebody to carry coal.
const ill Service = "yi?"

// services finds the kinds of help in the order in which they are named. Going
// to a doctor with somebody is 助医 alone, not 助扶 besides.
func (l *line) services() []Service {
	var out []Service
	sick := false
	for _, h := range l.hits {
		if h.kind != kindService || l.refused(h.from) || h.value == "yi" && l.measuredHere(h) {
			continue
		}
		if s := Service(h.value); s == ill {
			sick = true
		} else if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 && sick && !l.back {
		l.ill = true
		return []Service{Yi}
	}
	if slices.Contains(out, Yi) {
		out = slices.DeleteFunc(out, func(s Service) bool { return s == Fu })
	}
	return out
}

// measuredHere holds for 量血压 145/90: the value is told, nobody is asked for.
func (l *line) measuredHere(h hit) bool {
	for _, n := range l.nums {
		if n.from >= h.to && l.at(n.to) == '/' && n.value >= 60 && n.value <= 300 {
			return true
		}
	}
	return false
}

// refused tells whether what begins at i is not wanted, or did not happen.
func (l *line) refused(i int) bool {
	for _, w := range [...]string{"没", "冇", "不用", "不要", "莫", "不", "没有", "不是"} {
		if l.is(i-len([]rune(w)), w) {
			return true
		}
	}
	return false
}

// wishes collects what is wanted besides the help itself.
func (l *line) wishes(text string) []string {
	var out []string
	for _, h := range l.hits {
		if h.kind == kindWish {
			out = append(out, l.typed(text, h.from, h.to))
		}
	}
	return out
}
