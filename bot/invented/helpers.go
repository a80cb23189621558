package invented

import (
	"fmt"
	"slices"

	"mishu/bot/roster"
)

// helpers makes volunteers of adults at home until each group has its number.
func (b *builder) helpers() {
	for g, want := range volunteersOf {
		for _, r := range b.people {
			if r.Group == g+1 && r.Has("志愿者") {
				want--
			}
		}
		able := b.able(g + 1)
		b.rand.Shuffle(len(able), func(i, j int) { able[i], able[j] = able[j], able[i] })
		slices.Sort(able[:want])
		for _, i := range able[:want] {
			b.people[i].Roles = []string{"志愿者"}
			b.people[i].Skills = []string{pick(b.rand, []string{"驾车", "水电", "理发", "做饭", "护理", "写信"})}
		}
	}
}

// able are the people of a group who could be volunteers: 28 to 66, at home,
// without an office, nobody's charge.
func (b *builder) able(group int) []int {
	var list []int
	for i, r := range b.people {
		age := ageOf(r)
		if r.Group == group && r.Status == roster.AtHome && age >= 28 && age <= 66 && len(r.Roles)+len(r.Kinds) == 0 {
			list = append(list, i)
		}
	}
	return list
}

// The telephone numbers of the village itself and the range of everybody else.
const (
	officePhone = "19900000010"
	dutyPhone   = "19900000011"
	rescuePhone = "19900000012"
	countyPhone = "19900000013"
	firstPhone  = 2000
	phoneRange  = 7993 // with the step below every number comes once
	phoneStep   = 37
)

// call gives telephones: to nearly all adults, to fewer of the old, and to
// nobody under 14.
func (b *builder) call() {
	for i := range b.people {
		r := &b.people[i]
		age, draw := ageOf(*r), b.rand.IntN(100)
		has := age >= 14 && draw < 95 || len(r.Roles) > 0
		switch {
		case age >= 80:
			has = draw < 45
		case age >= 65:
			has = draw < 75
		}
		if r.Phone == "" && has {
			r.Phone = b.phone()
		}
	}
}

func (b *builder) phone() string {
	b.phones++
	return fmt.Sprintf("1990000%04d", firstPhone+b.phones*phoneStep%phoneRange)
}

// visitors gives every elder and every left-behind child a volunteer of the
// own group, every elder a second one.
func (b *builder) visitors() {
	for g := range groupSizes {
		names := b.volunteersIn(g + 1)
		turn, childTurn := 0, 0
		for i := range b.people {
			r := &b.people[i]
			switch {
			case r.Group != g+1:
			case r.Listed && i > 0 && b.people[i-1].Listed && b.people[i-1].Household == r.Household:
				r.Visitor, r.Backup = b.people[i-1].Visitor, b.people[i-1].Backup // one walk to a couple
			case r.Listed:
				turn = assign(r, names, turn)
			case r.LeftBehind() && r.Visitor == "":
				r.Visitor = names[childTurn%len(names)]
				childTurn++
			}
		}
	}
}

// assign fills the visitor and the one who steps in, never the same.
func assign(r *roster.Row, names []string, turn int) int {
	if r.Visitor == "" {
		r.Visitor = names[turn%len(names)]
		turn++
	}
	for i := 0; r.Backup == ""; i++ {
		if n := names[(turn+i)%len(names)]; n != r.Visitor {
			r.Backup = n
		}
	}
	return turn
}

func (b *builder) volunteersIn(group int) []string {
	var names []string
	for _, r := range b.people {
		if r.Group == group && r.Has("志愿者") {
			names = append(names, r.Name)
		}
	}
	return names
}

// relatives tells for elders and children whom to ring, and for elders who
// sees them daily.
func (b *builder) relatives() {
	for i := range b.people {
		r := &b.people[i]
		if !r.Listed && !r.LeftBehind() {
			continue
		}
		for _, j := range housemates(b.people, i) {
			o := b.people[j]
			if o.Phone == "" || o.LeftBehind() || len(r.Kin) == 3 {
				continue
			}
			r.Kin = append(r.Kin, roster.Kin{Name: o.Name, Relation: relationTo(*r, o), Phone: o.Phone})
		}
		if r.Listed {
			r.Watch = b.neighbours(i)
		}
	}
}

// relationTo is what o is to r, both of one household.
func relationTo(r, o roster.Row) string {
	switch {
	case r.LeftBehind() && o.Relation == "儿子":
		return "父亲"
	case r.LeftBehind() && o.Relation == "儿媳":
		return "母亲"
	case r.LeftBehind() && o.Sex == "F":
		return "奶奶"
	case r.LeftBehind():
		return "爷爷"
	case o.Relation == "户主":
		return "丈夫"
	}
	return o.Relation
}

// housemates are the others of a household.
func housemates(people []roster.Row, i int) []int {
	var list []int
	for j, o := range people {
		if j != i && o.Household == people[i].Household {
			list = append(list, j)
		}
	}
	return list
}

// neighbours are the two nearest doors behind which somebody of age with a
// telephone is at home.
func (b *builder) neighbours(i int) []roster.Kin {
	me := b.people[i]
	var list []roster.Kin
	doors := map[string]bool{me.Household: true}
	for d := 1; d < len(b.people) && len(list) < 2; d++ {
		for _, j := range []int{i + d, i - d} {
			if j < 0 || j >= len(b.people) || len(list) == 2 {
				continue
			}
			o := b.people[j]
			if o.Group == me.Group && !doors[o.Household] && o.Status == roster.AtHome && o.Phone != "" && ageOf(o) >= 18 && !o.Listed {
				doors[o.Household] = true
				list = append(list, roster.Kin{Name: o.Name, Relation: "邻居", Phone: o.Phone})
			}
		}
	}
	return list
}
