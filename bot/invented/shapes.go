package invented

import (
	"fmt"

	"mishu/bot/roster"
)

// between draws a number from lo to hi, both included.
func (b *builder) between(lo, hi int) int { return lo + b.rand.IntN(hi-lo+1) }

// person makes somebody of an age. Days stop at 28, which every month has.
func (b *builder) person(surname, sex string, age int, relation string) roster.Row {
	born := fmt.Sprintf("%d-%02d-%02d", storyYear-age, b.between(1, 10), b.between(1, 28))
	return someone(b.namer.name(surname, sex, age), sex, born, relation)
}

// wife makes a wife of about her husband's age, with a surname of her own.
func (b *builder) wife(age int, relation string) roster.Row {
	return b.person(b.namer.surname(), "F", age-b.between(0, 3), relation)
}

func (b *builder) sex() string { return pick(b.rand, []string{"M", "F"}) }

func (b *builder) town() string { return pick(b.rand, towns) }

// old makes an elder for the visit list, with the tier that the rule proposes:
// 80 and alone, or helpless, is 高.
func (b *builder) old(r roster.Row, kinds ...string) roster.Row {
	age := ageOf(r)
	alone := kinds[0] == "独居"
	tier := roster.Middle
	if kinds[0] == "留守" {
		tier = roster.Normal
	}
	if age >= 80 {
		kinds = append(kinds, "高龄")
	}
	helpless := b.rand.IntN(18) == 0
	if helpless {
		kinds = append(kinds, "失能")
	}
	if helpless || alone && age >= 80 {
		tier = roster.High
	}
	if b.rand.IntN(2) == 0 {
		r.Lunar = pick(b.rand, lunarDays)
	}
	return elder(r, tier, "", "", kinds...)
}

// lunarDays are birthdays as old people tell them.
var lunarDays = []string{
	"正月初三", "二月初八", "三月十五", "四月初八", "五月十二", "六月初六", "七月廿三", "八月十六", "九月初六", "十月十二", "冬月初九", "腊月廿八",
}

// ageOf is a person's age in the story's year.
func ageOf(r roster.Row) int {
	var year int
	if _, err := fmt.Sscanf(r.Born, "%d", &year); err != nil {
		return 0
	}
	return storyYear - year
}

// alone is an elder whose son and daughter-in-law work away.
func (b *builder) alone(t twin) []roster.Row {
	if t.name == "" {
		t = twin{sex: pick(b.rand, []string{"F", "F", "M"}), age: b.between(66, 88)}
	}
	own := b.namer.surname()
	head := b.person(own, t.sex, t.age, "户主")
	if t.name != "" {
		head.Name = t.name
		own = string([]rune(t.name)[0])
	}
	if t.sex == "F" {
		own = b.namer.surname() // a son bears his father's name
	}
	son := b.person(own, "M", t.age-b.between(22, 30), "儿子")
	where := b.town()
	return []roster.Row{b.old(head, "独居"), away(son, where), away(b.wife(ageOf(son), "儿媳"), where)}
}

// lonely is an elder whose children are on the roster of other places.
func (b *builder) lonely() []roster.Row {
	return []roster.Row{b.old(b.person(b.namer.surname(), b.sex(), b.between(68, 90), "户主"), "独居")}
}

// emptyNest is an old couple with a son away.
func (b *builder) emptyNest() []roster.Row {
	s, age := b.namer.surname(), b.between(66, 84)
	he := b.old(b.person(s, "M", age, "户主"), "空巢")
	she := b.old(b.wife(age, "妻"), "空巢")
	return []roster.Row{he, she, away(b.person(s, "M", age-b.between(23, 29), "儿子"), b.town())}
}

// grandmother is an old woman who minds one grandchild.
func (b *builder) grandmother() []roster.Row {
	age := b.between(64, 78)
	she := b.old(b.person(b.namer.surname(), "F", age, "户主"), "留守")
	return append([]roster.Row{she}, b.parentsAway(b.namer.surname(), age-b.between(24, 30), 1)...)
}

// grandparents are a couple not yet on the list who mind two grandchildren.
func (b *builder) grandparents() []roster.Row {
	s, age := b.namer.surname(), b.between(55, 64)
	he := b.person(s, "M", age, "户主")
	return append([]roster.Row{he, b.wife(age, "妻")}, b.parentsAway(s, age-b.between(22, 25), 2)...)
}

func (b *builder) oneChild() []roster.Row {
	s, age := b.namer.surname(), b.between(54, 63)
	he := b.person(s, "M", age, "户主")
	return append([]roster.Row{he, b.wife(age, "妻")}, b.parentsAway(s, age-b.between(22, 25), 1)...)
}

// parentsAway are a couple who work away and the children they left behind, all
// under 16.
func (b *builder) parentsAway(surname string, age, children int) []roster.Row {
	where := b.town()
	rows := []roster.Row{away(b.person(surname, "M", age, "儿子"), where), away(b.wife(age, "儿媳"), where)}
	for _, years := range b.ages(3, min(15, age-21), children) {
		sex := b.sex()
		relation := "孙子"
		if sex == "F" {
			relation = "孙女"
		}
		rows = append(rows, child(b.person(surname, sex, years, relation), ""))
	}
	return rows
}

// threeAges is a household of three generations at home.
func (b *builder) threeAges() []roster.Row {
	s, age := b.namer.surname(), b.between(36, 50)
	rows := []roster.Row{b.person(s, "M", age, "户主"), b.wife(age, "妻")}
	rows = append(rows, b.person(b.namer.surname(), "F", age+b.between(22, 27), "母亲"))
	return append(rows, b.children(s, age, 2)...)
}

func (b *builder) children(surname string, age, n int) []roster.Row {
	var rows []roster.Row
	for _, years := range b.ages(max(4, age-40), min(22, age-22), n) {
		rows = append(rows, b.offspring(surname, years))
	}
	return rows
}

// ages are the ages of one or two children of a couple, the elder first and two
// years between them.
func (b *builder) ages(lo, hi, n int) []int {
	if n == 1 {
		return []int{b.between(lo, hi)}
	}
	eldest := b.between(lo+2, hi)
	return []int{eldest, b.between(lo, eldest-2)}
}

// offspring is a son or a daughter.
func (b *builder) offspring(surname string, age int) roster.Row {
	if b.sex() == "M" {
		return b.person(surname, "M", age, "儿子")
	}
	return b.person(surname, "F", age, "女儿")
}

// allAway is a young family that shut the house and took the child along.
func (b *builder) allAway() []roster.Row {
	s, age, where := b.namer.surname(), b.between(27, 44), b.town()
	rows := []roster.Row{b.person(s, "M", age, "户主"), b.wife(age, "妻")}
	rows = append(rows, b.offspring(s, b.between(1, age-23)))
	for i := range rows {
		rows[i] = away(rows[i], where)
	}
	return rows
}

// couple is a couple in middle age with a grown child away.
func (b *builder) couple() []roster.Row {
	s, age := b.namer.surname(), b.between(47, 60)
	rows := []roster.Row{b.person(s, "M", age, "户主"), b.wife(age, "妻")}
	return append(rows, away(b.offspring(s, age-b.between(23, 25)), b.town()))
}

// family is a couple at home with two children.
func (b *builder) family() []roster.Row {
	s, age := b.namer.surname(), b.between(30, 46)
	return append([]roster.Row{b.person(s, "M", age, "户主"), b.wife(age, "妻")}, b.children(s, age, 2)...)
}
