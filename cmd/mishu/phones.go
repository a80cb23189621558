package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"mishu/bot/invented"
	"mishu/handlers/simulator"
	"mishu/storage"
)

// phones are the people of the invented village as the page shows them.
type phones struct {
	people []simulator.Person
	byName map[string]simulator.Person
	cast   []string
}

// loadPhones reads who is on the roster and who is bound. Whoever is picked in
// the page has a phone; those who are not bound have to say who they are.
func loadPhones(ctx context.Context, store *storage.Store, place invented.Place) (*phones, error) {
	p := &phones{byName: map[string]simulator.Person{}}
	err := store.View(ctx, func(tx *storage.Tx) error {
		have, err := tx.VillageNamed(place.Name)
		if err != nil || len(have) != 1 {
			return cmp.Or(err, errInvented)
		}
		return p.load(tx.In(have[0].ID))
	})
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"2组王桂香", "3组刘海波", "2组舒红梅", "3组夏满妹", "3组舒立新", "1组刘承志", "1组向春兰"} {
		if who, ok := p.byName[name]; ok {
			p.cast = append(p.cast, who.ID)
		}
	}
	return p, nil
}

func (p *phones) load(v storage.In) error {
	people, err := v.People()
	if err != nil {
		return err
	}
	members, err := v.BoundPeople()
	if err != nil {
		return err
	}
	bound := map[int64]bool{}
	for _, m := range members {
		bound[m.Person] = true
	}
	roles, err := v.Roles()
	if err != nil {
		return err
	}
	does := map[int64][]string{}
	for _, r := range roles {
		does[r.Person] = append(does[r.Person], r.Role)
	}
	duties, err := v.Duties()
	if err != nil {
		return err
	}
	for _, person := range people {
		who := shown(person, does[person.ID], bound[person.ID], v.Now().Year())
		who.Phones = telephones(person, duties)
		p.people = append(p.people, who)
		p.byName[fmt.Sprintf("%d组%s", person.Group, person.Name)] = who
	}
	return nil
}

// shown is one person as the page names him.
func shown(p storage.Person, roles []string, bound bool, year int) simulator.Person {
	role := "村民"
	switch {
	case len(roles) > 0:
		role = slices.MinFunc(roles, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	case p.Status == storage.Away:
		role = "在外"
	}
	note := fmt.Sprintf("%d组", p.Group)
	var born int
	if _, err := fmt.Sscanf(p.Born, "%4d", &born); err == nil {
		note += fmt.Sprintf(" %d岁", year-born)
	}
	if p.Town != "" {
		note += " 在" + p.Town
	}
	return simulator.Person{ID: fmt.Sprintf("p%d", p.ID), OpenID: openID(p.ID), Name: p.Name, Note: note, Role: role, Group: p.Group, Bound: bound}
}

// telephones are a person's own, and the duty telephone that he answers.
func telephones(p storage.Person, duties []storage.Duty) string {
	all := []string{p.Phone}
	for _, d := range duties {
		if d.Name == p.Name {
			all = append(all, d.Phone)
		}
	}
	return strings.TrimSpace(strings.Join(all, " "))
}

// rank orders the roles by which one a person is known for.
func rank(role string) int {
	order := []string{storage.Secretary, storage.Chair, storage.Doctor, storage.Leader, storage.ChildCare, storage.Accountant, storage.Supervisor, storage.County, storage.Cook}
	if i := slices.Index(order, role); i >= 0 {
		return i
	}
	return len(order)
}

// search finds people by name, group or role; those who are bound first.
func (p *phones) search(_ context.Context, query string, limit int) ([]simulator.Person, error) {
	var found, others []simulator.Person
	for _, who := range p.people {
		if !strings.Contains(who.Name+" "+who.Note+" "+who.Role, query) {
			continue
		}
		if who.Bound {
			found = append(found, who)
		} else {
			others = append(others, who)
		}
	}
	found = append(found, others...)
	return found[:min(len(found), limit)], nil
}

// hints are the main story, one tap a line.
func (p *phones) hints() []simulator.Hint {
	story := []struct{ who, text, why string }{
		{"2组王桂香", "明天早上想去镇上卫生院看腰 冇得人陪 有车最好", "一句话说全"},
		{"2组王桂香", "对", "记下的对不对，回一个字"},
		{"2组舒红梅", "收到", "收到不算接"},
		{"2组舒红梅", "接", "只问了她一件，不用讲号码"},
		{"2组舒红梅", "做完了 40分钟", "做完报一句"},
		{"2组王桂香", "好", "老人讲好才算办好"},
		{"3组夏满妹", "今天看了桂花婶 满爷爷，忠良爹门锁着没见到人，一共一个半钟头", "一句报三家"},
		{"3组刘海波", "我爸这两天电话打不通 麻烦帮看一下", "在外的崽"},
		{"1组向春兰", "还没看", "秘书长问名单；再把时间拨到明早7:05"},
	}
	var hints []simulator.Hint
	for _, s := range story {
		if who, ok := p.byName[s.who]; ok {
			hints = append(hints, simulator.Hint{PersonID: who.ID, Text: s.text, Why: s.why})
		}
	}
	return hints
}
