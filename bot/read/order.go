package read

import (
	"sort"
	"strings"
)

// asOrder reads what a secretary-general settles by number: 2红梅 3晚点, 派13给满妹,
// 13 完成, 1 木工讲后天来. Only her role gives orders.
func (l *line) asOrder(out *Reading, names []found) bool {
	if !l.office() || out.Digits != nil || l.mood.ask && !l.mood.office {
		return false
	}
	if o, ok := l.assignment(names); ok {
		out.Orders = []Decision{o}
	} else {
		out.Orders = l.decisions(out, names)
	}
	if len(out.Orders) == 0 {
		return l.asOffice(out, names)
	}
	out.Intent = Order
	return true
}

// officeWord is the Word of what a secretary-general announces, enters or asks
// for that no line of work answers yet; a person sees to it.
const officeWord = "办公"

// asOffice reads the rest of a secretary-general's lines: 通知…, 名单里加…, 让戴喜云去看看
// 谭冬秀. An errand for a named helper stays a request.
func (l *line) asOffice(out *Reading, names []found) bool {
	sent := l.has(kindVerb, "assign") && (l.namesHelper(names) || l.has(kindTitle, "any helper"))
	told := l.has(kindVerb, "notice") || l.mood.office && !l.mood.want
	if !l.mood.office && !sent || l.looksBack() && !l.mood.ask && !l.mood.office {
		return false
	}
	if sent && len(out.Services) > 0 && !told && !l.sendsDoctor() {
		return false
	}
	out.Word = officeWord
	out.Services = nil
	return true
}

// sendsDoctor holds for 让刘医生明天上门量血压.
func (l *line) sendsDoctor() bool {
	for _, h := range l.all(kindTitle, "any helper") {
		for _, a := range l.all(kindVerb, "assign") {
			if a.to <= h.from && h.from-a.to <= 3 {
				return true
			}
		}
	}
	return false
}

func (l *line) namesHelper(names []found) bool {
	for _, n := range names {
		for _, at := range n.people {
			if l.c.Roster.people[at].Helper {
				return true
			}
		}
	}
	return false
}

// assignment reads 派13给满妹, 13给满妹, 13换红梅.
func (l *line) assignment(names []found) (Decision, bool) {
	if len(names) == 0 || len(l.heads()) > 1 {
		return Decision{}, false
	}
	h, ok := l.first(kindVerb, "assign")
	if !ok {
		return Decision{}, false
	}
	for _, n := range l.nums {
		v, whole := n.int()
		near := n.from == h.to || n.from == h.to+1 || h.from >= n.to && h.from <= n.to+2
		if whole && near && v > 0 && !l.counts(n) && names[0].from >= n.to {
			return Decision{Ref: v, Do: Assign, Mention: l.mention(names[0])}, true
		}
	}
	return Decision{}, false
}

// decisions reads the numbers that begin a clause, each with what follows it.
func (l *line) decisions(out *Reading, names []found) []Decision {
	heads := l.heads()
	var all []Decision
	for k, n := range heads {
		to := len(l.Runes)
		if k+1 < len(heads) {
			to = heads[k+1].from
		}
		v, _ := n.int()
		if d, ok := l.decision(out, v, n.to, to, names); ok {
			all = append(all, d)
		}
	}
	return all
}

// heads are the numbers that begin a clause and count nothing; the first must
// begin the line.
func (l *line) heads() []number {
	var out []number
	for _, n := range l.nums {
		v, whole := n.int()
		if !whole || v < 1 || v > 9999 || !l.begins(n.from) && !(len(out) > 0 && n.to < len(l.taken) && l.taken[n.to]) || n.chinese || l.counts(n) && !(n.to < len(l.taken) && l.taken[n.to]) || l.at(n.to) == '组' {
			continue
		}
		if len(out) == 0 && strings.TrimSpace(l.part(0, n.from)) != "" {
			return nil
		}
		out = append(out, n)
	}
	return out
}

func (l *line) decision(out *Reading, ref, from, to int, names []found) (Decision, bool) {
	if l.at(from) == '号' {
		from++
	}
	said := strings.Trim(l.part(from, to), trimmed)
	d := Decision{Ref: ref, Do: Note, Rest: strings.TrimSpace(strings.Trim(l.typed(out.Text, from, to), trimmed+"，！"))}
	word, _ := wholeWord(said)
	switch {
	case said == "":
		return d, false
	case word == "晚点":
		d.Do, d.Rest = Later, ""
	case word == "做完", said == "好了", said == "好哒", said == "结了":
		d.Do, d.Rest = Done, ""
	case l.nameOnly(&d, from, to, names):
		d.Do, d.Rest = Assign, ""
	default:
		if out.When.Span.From >= int(l.src[from]) && out.When.Span.To <= int(l.src[to]) {
			d.When = out.When
		}
	}
	return d, true
}

// nameOnly tells whether the stretch names one person and says nothing else.
func (l *line) nameOnly(d *Decision, from, to int, names []found) bool {
	first := sort.Search(len(names), func(k int) bool { return names[k].from >= from })
	for _, n := range names[first:] {
		if n.to > to {
			break
		}
		if l.allOf(aroundName, from, n.from) && l.allOf(aroundName, n.to, to) {
			d.Mention = l.mention(n)
			return true
		}
	}
	return false
}

// aroundName is what may stand around the one name of an order.
var aroundName = runesOf(trimmed + "给派叫请让去换")

// allOf tells whether the runes i..j are all in the set.
func (l *line) allOf(set *runeSet, i, j int) bool {
	for ; i < j; i++ {
		if !set.has(l.Runes[i]) {
			return false
		}
	}
	return true
}
