package read

import "strings"

// impossible are the ends of 去不了, 来不成, 搞不赢.
const impossible = "了成得到赢起开动"

// declines tells whether somebody cannot do what was his to do.
func (l *line) declines() bool {
	if l.has(kindVerb, "decline") {
		return true
	}
	does := doable
	if l.helper() {
		does = doableByHelpers
	}
	if l.helper() && l.swaps() {
		return true
	}
	if l.shows("sorry") && !l.mood.done && l.helper() {
		return true
	}
	for i, r := range l.Runes {
		if r == '不' && l.helper() && l.isOneOf(i-1, "做搞干弄修教") && l.is(i-2, "我") && l.is(i+1, "来") {
			return true // 9号我做不来
		}
		if r == '不' && i > 0 && does.has(l.Runes[i-1]) && i+1 < len(l.Runes) && strings.ContainsRune(impossible, l.Runes[i+1]) {
			return true
		}
	}
	return l.deniedNumber()
}

// What somebody cannot do: 去不成, 来不了; of a helper, whose work it is, also 修不了.
var (
	doable          = runesOf("来去接送陪帮赶到跑脱")
	doableByHelpers = runesOf("来去接送陪帮赶到跑脱干修劈挑扛守煮洗教带搬剪扫")
)

// numberClause is the clause in which a helper gives back a request by its number, -1 where he
// does not: what stands before it is why.
func (l *line) numberClause() int16 {
	given := l.givenUpAt()
	if given == 1<<14 {
		return -1
	}
	for _, n := range l.nums {
		if l.taken[n.from] && l.clause[n.from] == given {
			return given
		}
	}
	return -1
}

// staysAway holds for 那我就不去了: whoever wished it, the helper says that he will not go.
func (l *line) staysAway() bool {
	for _, h := range l.all(kindVerb, "decline") {
		if l.is(h.from-1, "我") || l.is(h.from-2, "我就") {
			return true
		}
	}
	return false
}

// wantsOther holds for 下午满爷爷的饭你们另找人送: another is to be found in the helper's place.
func (l *line) wantsOther() bool {
	for _, h := range l.all(kindVerb, "decline") {
		if l.isOneOf(h.from, "另换转让") {
			return true
		}
	}
	return false
}

// swaps holds for 11号我跟喜云换了, 和红梅换: a helper gives his to another.
func (l *line) swaps() bool {
	for _, n := range l.named {
		if l.at(n.to) == '换' && l.isOneOf(n.from-1, "跟和同与") {
			return true
		}
	}
	return false
}

// cannotMyself holds for 水我挑不动了 请年轻人去: it is the helper who cannot.
func (l *line) cannotMyself() bool {
	for i := 1; i < len(l.Runes); i++ {
		if l.Runes[i] != '不' || !l.isOneOf(i+1, impossible) {
			continue
		}
		for k := max(0, i-4); k < i; k++ {
			if l.Runes[k] == '我' && l.samePhrase(k, i) {
				return true
			}
		}
	}
	return false
}

// givenUpAt is the last clause that tells what a helper gives back, a clause beyond the line
// where he gives nothing back. Behind it stands why.
func (l *line) givenUpAt() int16 {
	if !l.helper() || !l.mood.decline || l.mood.claim || l.mood.done || len(l.clause) == 0 || l.mood.want && len(l.named) > 0 {
		return 1 << 14
	}
	for _, h := range l.hits {
		if h.kind == kindVerb && h.value == "decline" {
			return l.clause[h.from]
		}
	}
	for i := 1; i < len(l.Runes); i++ {
		if l.Runes[i] == '不' && l.isOneOf(i+1, impossible) {
			return l.clause[i]
		}
	}
	return 1 << 14
}

// deniedNumber reads 不13 at the beginning of a clause.
func (l *line) deniedNumber() bool {
	for _, n := range l.nums {
		if n.chinese && n.to-n.from == 1 && l.at(n.to) != '号' {
			continue // 不三不四
		}
		if l.at(n.from-1) == '不' && l.begins(n.from-1) && !l.counts(n) {
			return true
		}
	}
	return false
}
