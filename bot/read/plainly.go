package read

import "strings"

// asksPlainly leaves out the words of a question inside a statement: 别的没么子, 不晓得哪个惹她了.
func (l *line) asksPlainly() bool {
	for i, r := range l.Runes {
		if !plainQuestions.begin.has(r) {
			continue
		}
		for _, w := range plainQuestions.words {
			if !l.is(i, w) || w == "几" && !strings.ContainsRune("个件家户点时单", l.at(i+1)) {
				continue
			}
			if i > 0 && (strings.ContainsRune("没冇讲说何", l.Runes[i-1]) || l.is(i-3, "不晓得") || l.is(i-3, "不知道")) {
				continue
			}
			if w == "好多" && isOver(l.at(i+2)) {
				continue // 气色好多了
			}
			if l.helper() && l.passedOn(i) {
				continue
			}
			if w == "还是" && i == 0 || w == "几" && strings.ContainsRune("好这坐", l.at(i-1)) {
				continue
			}
			return true
		}
	}
	return false
}

var plainQuestions = newPhrases("怎么", "何解", "好多", "多少", "几多", "几", "吗", "哪", "么子", "什么", "谁", "何事", "?", "要不要", "能不能", "是不是", "有没有", "还是")
