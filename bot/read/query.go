package read

// asking tells whether the line is a question about a matter.
func (l *line) asking() bool {
	for _, h := range l.hits {
		if h.kind == kindQuery && l.queryEnds(h) && h.value == "进度" {
			return true
		}
	}
	_, ok := l.doneYet()
	return ok
}

// doneYet reads 做完了没, 修好了冇, 看过满爷爷没.
func (l *line) doneYet() (hit, bool) {
	if h, ok := l.first(kindVerb, "see"); ok && l.endsAsking() {
		return h, true
	}
	for _, h := range l.hits {
		if h.kind != kindVerb || h.value != "complete" && h.value != "see" {
			continue
		}
		switch l.at(h.to) {
		case '没', '冇', '吗', '么', '不':
			if next := l.at(h.to + 1); next == 0 || next == '有' || isFullMark(next) || next == ' ' {
				return h, true
			}
		}
	}
	return hit{}, false
}

// endsAsking tells whether the line ends in a particle that asks by itself.
func (l *line) endsAsking() bool {
	end := len(l.Runes)
	for end > 0 && (l.Runes[end-1] == ' ' || isFullMark(l.Runes[end-1])) {
		end--
	}
	switch l.at(end - 1) {
	case '没', '冇', '吗':
		return true
	}
	return false
}

// asQuery reads questions.
func (l *line) asQuery(out *Reading, names []found) bool {
	for _, h := range l.hits {
		if h.kind != kindQuery || !l.queryEnds(h) || h.value == "政策" && !l.questionWord() {
			continue
		}
		if h.value == "进度" && l.isHelp() && len(out.Services) > 0 && len(out.Tickets) == 0 {
			continue
		}
		if h.value == "电话" && len(out.Tickets) == 0 || h.value == "进度" && l.has(kindDay, "any") {
			continue // 哪天得空哪天来 asks nothing
		}
		out.Intent, out.Word = Query, h.value
		if h.value == "隐私" && len(out.Tickets) > 0 {
			out.Word = "电话"
		}
		return true
	}
	if _, ok := l.doneYet(); ok {
		out.Intent, out.Word = Query, "进度"
		if l.has(kindVerb, "see") {
			out.Word = "看望"
		}
		return true
	}
	return l.groupAlone(out, names)
}

// groupAlone reads a line that is nothing but a group: 5组.
func (l *line) groupAlone(out *Reading, names []found) bool {
	if out.Group == 0 || len(names) > 0 {
		return false
	}
	for i, r := range l.Runes {
		if !l.taken[i] && r != ' ' && !isFullMark(r) && r != '的' && r != '第' {
			return false
		}
	}
	out.Intent, out.Word = Query, "组"
	return true
}

// queryEnds: words that end in 没 or 冇 ask only at the end of what is asked;
// 看了没人应 does not ask.
func (l *line) queryEnds(h hit) bool {
	switch l.Runes[h.to-1] {
	case '没', '冇', '不':
		r := l.at(h.to)
		return r == 0 || r == ' ' || isFullMark(r) || r == '啊' || r == '呢' || r == '咯'
	}
	return true
}

// questionWord tells whether the line asks at all.
func (l *line) questionWord() bool {
	for i := range l.Runes {
		for _, w := range [...]string{"怎么", "何解", "好多", "多少", "几", "吗", "没有", "哪", "么子", "什么", "谁", "何事", "?", "好久", "多久", "要不要", "能不能", "冇"} {
			if l.is(i, w) {
				return true
			}
		}
	}
	return false
}
