package read

import "slices"

// urgent tells whether the line asks for help today: 急, 快点, no power, no food.
func (l *line) urgent() bool {
	for _, h := range l.hits {
		if h.kind == kindUrgent && !l.denied(h.from) && l.at(h.from-1) != '不' && l.at(h.from-1) != '莫' {
			return true
		}
	}
	return false
}

// kin finds whom the speaker means by 我爸, 我屋里老娘, 家里老人: the kin word and,
// where roster and proxies know them, who that is.
func (l *line) kin() (word string, people []int64) {
	for _, h := range l.hits {
		if h.kind == kindKin && l.free(h.from, h.to) && l.ownKin(h) {
			if word == "" {
				word = h.value
			}
			for _, id := range l.kinPeople(h.value) { // 我爸我妈: both
				if !slices.Contains(people, id) {
					people = append(people, id)
				}
			}
		}
	}
	return word, people
}

// ownKin tells whether the kin word is the speaker's: 我 or 我屋里 before it, or a
// word that is said of one's own only (老娘, 爸妈).
func (l *line) ownKin(h hit) bool {
	for _, w := range [...]string{"我", "我的", "我家", "我家里", "我屋里", "我屋", "我们屋里", "我们家", "我们", "俺", "咱", "家里", "屋里", "我家的", "我屋里的", "我亲", "我自己"} {
		if l.isBefore(h.from, w) {
			return true
		}
	}
	elder := h.value != "child" && h.value != "sibling" && h.value != "neighbor"
	if elder && len(l.c.Speaker.Proxies) > 0 && (l.begins(h.from) || l.isOneOf(h.from-1, "给跟陪和帮替了看")) {
		return true // 爸讲灯坏了, from somebody who speaks for his father
	}
	switch l.part(h.from, h.to) {
	case "老娘", "老妈", "老爸", "爸妈", "爷娘", "娘老子", "爷老子", "我娘", "姆妈", "妈妈", "爸爸", "母亲", "父亲", "父母":
		return h.from == 0 || l.at(h.from-1) != '他' && l.at(h.from-1) != '她' && l.at(h.from-1) != '的'
	}
	return false
}

// kinPeople looks among those whom the speaker may speak for, then in his
// household.
func (l *line) kinPeople(kin string) []int64 {
	r := l.c.Roster
	s := &l.c.Speaker
	if r == nil {
		return nil
	}
	me, _ := r.Person(s.Person)
	for _, ids := range [...][]int64{s.Proxies, r.Household(s.Household)} {
		var out []int64
		for _, id := range ids {
			p, ok := r.Person(id)
			if ok && id != s.Person && isKin(&me, &p, kin) {
				out = append(out, id)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// self tells whether the speaker asks for himself: 我家, but not 我家老娘.
func (l *line) self() bool {
	for i, r := range l.Runes {
		if r != '我' && r != '帮' && r != '给' {
			continue
		}
		for _, w := range [...]string{"我想", "我家", "我要", "我屋", "帮我", "给我", "我这", "我一个人", "我自己", "我的", "我洗", "我搬", "我做", "我走", "我看", "我腰", "我脚", "我腿", "我头", "我眼", "我手", "我没", "我冇", "我不"} {
			if l.is(i, w) && !l.kinNear(i, i+len([]rune(w))) {
				return true
			}
		}
	}
	return false
}

func (l *line) kinNear(i, j int) bool {
	for _, h := range l.hitsIn(i, j+3) {
		if h.kind == kindKin && l.ownKin(h) {
			return true
		}
	}
	return false
}
