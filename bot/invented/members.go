package invented

import (
	"slices"

	"mishu/bot/roster"
)

// extraBound is how many villagers and children away are bound besides those
// with an office or a task.
const extraBound = 60

// place closes the village: settings, proxies, members.
func (b *builder) place() Place {
	p := Place{
		Name: "青坪村", Township: "竹溪口镇", County: "溪江县", Groups: len(groupSizes),
		Office: officePhone, Rescue: rescuePhone,
		Market:  []int{2, 7, 12, 17, 22, 27},
		Called:  Called{Secretary: "向老师", Doctor: "刘医生"},
		Officer: Officer{Name: "谭雅文", Title: "县计生协干事", Phone: countyPhone},
		People:  b.people,
	}
	p.Duty = []Duty{
		{Person: p.Find("张远志", 6), Phone: dutyPhone, From: 7, To: 21},
		{Person: p.Find("杨昌平", 1), Phone: dutyPhone, From: 21, To: 7},
	}
	p.Proxies = b.proxies()
	p.Bound = b.bound(p)
	return p
}

// Find is the person of a name in a group, -1 if there is none. Of namesakes in
// one group it is the first.
func (p Place) Find(name string, group int) int {
	return slices.IndexFunc(p.People, func(r roster.Row) bool { return r.Name == name && r.Group == group })
}

// Holder is the first person who holds a role, -1 if nobody does.
func (p Place) Holder(role string) int {
	return slices.IndexFunc(p.People, func(r roster.Row) bool { return r.Has(role) })
}

// ByName is the person of a name that one person alone bears, as volunteers do
// here; -1 if there is none.
func (p Place) ByName(name string) int {
	return slices.IndexFunc(p.People, func(r roster.Row) bool { return r.Name == name })
}

// proxies makes sons and daughters away speak for their elder: those of the
// cast, and every third other. 刘海波 may ask and does not hear yet.
func (b *builder) proxies() []Proxy {
	var list []Proxy
	turn := 0
	for i, r := range b.people {
		if !r.Listed {
			continue
		}
		for _, j := range housemates(b.people, i) {
			o := b.people[j]
			if o.Status != roster.Away || o.Phone == "" || o.Relation != "儿子" && o.Relation != "女儿" {
				continue
			}
			turn++
			if own := r.Name == "刘满生"; own || turn%3 == 0 {
				list = append(list, Proxy{Person: j, For: i, Relation: o.Relation, Hears: o.Name != "刘海波" && turn%5 != 0 || o.Name == "刘海燕"})
			}
		}
	}
	return list
}

// castBound are those of the cast who write without holding an office.
var castBound = []struct {
	name  string
	group int
}{{"王桂香", 2}, {"刘满生", 3}, {"舒忠良", 3}, {"夏桂花", 3}, {"舒菊英", 5}, {"刘海波", 3}, {"刘海燕", 3}, {"向光明", 3}}

// bound lists the members from the start, by rising index.
func (b *builder) bound(p Place) []int {
	in := map[int]bool{}
	for i, r := range p.People {
		if len(r.Roles) > 0 {
			in[i] = true
		}
	}
	tasks := len(in)
	for _, c := range castBound {
		in[p.Find(c.name, c.group)] = true
	}
	for _, x := range p.Proxies {
		in[x.Person] = true
	}
	for len(in) < tasks+extraBound {
		i := b.rand.IntN(len(p.People))
		if r := p.People[i]; r.Phone != "" && r.Status == roster.AtHome && ageOf(r) >= 18 && ageOf(r) < 75 {
			in[i] = true
		}
	}
	var list []int
	for i := range p.People {
		if in[i] {
			list = append(list, i)
		}
	}
	return list
}
