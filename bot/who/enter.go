package who

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/lunar"
	"mishu/bot/roster"
	"mishu/storage"
)

// Enter writes a roster into a village that has nobody yet, in the caller's
// transaction. What does not fit together is returned as problems, and nothing
// is written then. The people are added in the order of the rows.
func Enter(v storage.In, rows []roster.Row) ([]roster.Problem, error) {
	have, err := v.People()
	if err != nil {
		return nil, err
	}
	if len(have) > 0 {
		return []roster.Problem{{Reason: fmt.Sprintf("这个村的名册里已经有%d个人，不能再收一遍", len(have))}}, nil
	}
	e := entry{v: v, rows: rows, ids: make([]int64, len(rows)), bases: make([]storage.Basis, len(rows)), homes: map[string]int64{}}
	visits, problems := pairs(rows)
	speakers, more := proxies(rows)
	if problems = append(problems, more...); len(problems) > 0 {
		return problems, nil
	}
	steps := []func() error{e.people, e.ties, func() error { return e.plans(visits) }, func() error { return e.proxies(speakers) }, v.Changed}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("enter roster: %w", err)
		}
	}
	return nil, nil
}

// entry is one roster on its way into the records.
type entry struct {
	v     storage.In
	rows  []roster.Row
	ids   []int64         // of the people, as the rows
	bases []storage.Basis // what may be kept of each
	homes map[string]int64
}

func (e *entry) people() error {
	for i, r := range e.rows {
		home, err := e.home(r)
		if err != nil {
			return err
		}
		p := storage.Person{
			Name: r.Name, Sex: r.Sex, Born: e.born(r), Group: r.Group, Household: home, Head: r.Head, Phone: r.Phone,
			Status: cmp.Or(r.Status, storage.Home), Town: clip(r.Town, 60), Door: clip(r.Place, 100), Note: clip(r.Note, 200),
		}
		if e.bases[i], err = e.person(r, &p); err != nil {
			return err
		}
		e.ids[i] = p.ID
	}
	return nil
}

// person writes one person with as much as the sheet gives a basis for: all of
// whoever has signed or holds an office, of the others what may be kept before
// anybody has agreed (settled.md 25).
func (e *entry) person(r roster.Row, p *storage.Person) (storage.Basis, error) {
	switch {
	case r.Consent != "":
		return e.v.AddAgreed(p, storage.Consent{Kind: r.Consent, Way: storage.ByPaper, Evidence: clip(cmp.Or(r.Papers, "花名册"), 200)})
	case len(r.Roles) > 0:
		err := e.v.AddKnown(p, e.v.LegalDuty)
		return e.v.LegalDuty(p.ID), err
	}
	p.Born, p.Phone, p.Town, p.Door, p.Note = clip(p.Born, len("1943")), "", "", "", ""
	return storage.Basis{}, e.v.AddPerson(p)
}

// born is the birth date, or the year that an age gives.
func (e *entry) born(r roster.Row) string {
	if r.Born == "" && r.Age > 0 {
		return strconv.Itoa(e.year() - r.Age)
	}
	return r.Born
}

func (e *entry) year() int { return e.v.Now().In(storage.Shanghai).Year() }

// home is the household of a row: those of one group who share a number.
func (e *entry) home(r roster.Row) (int64, error) {
	if r.Household == "" {
		return 0, nil
	}
	no := clip(fmt.Sprintf("%d-%s", r.Group, r.Household), 20)
	if id, ok := e.homes[no]; ok {
		return id, nil
	}
	h := storage.Household{No: no, Group: r.Group}
	if err := e.v.AddHousehold(&h); err != nil {
		return 0, err
	}
	e.homes[no] = h.ID
	return h.ID, nil
}

// ties writes what hangs on a person: other names, whom to ring, what he does.
func (e *entry) ties() error {
	for i, r := range e.rows {
		for _, a := range slices.Compact(slices.Sorted(slices.Values(r.Aliases))) {
			if err := e.v.AddAlias(e.ids[i], clip(a, 30)); err != nil {
				return err
			}
		}
		if e.bases[i].Basic() {
			if err := e.birthday(i, r); err != nil {
				return err
			}
			if err := e.care(i, r); err != nil {
				return err
			}
		}
		if r.Literacy == roster.CannotRead {
			if err := e.v.SetReach(storage.Reach{Person: e.ids[i], PhoneOnly: true}); err != nil {
				return err
			}
		}
		if err := e.roles(e.ids[i], r); err != nil {
			return err
		}
	}
	return nil
}

func (e *entry) roles(person int64, r roster.Row) error {
	for _, role := range r.Roles {
		group := 0
		if role == storage.Leader {
			group = r.Group
		}
		if err := e.v.AddRole(storage.Role{Person: person, Role: role, Group: group, How: "import"}); err != nil {
			return err
		}
	}
	if !r.Has(storage.Helper) {
		return nil
	}
	return e.v.AddVolunteer(storage.Volunteer{
		Person: person, Skills: clip(strings.Join(r.Skills, "、"), 200), Car: slices.ContainsFunc(r.Skills, drives), State: storage.Serving,
	})
}

// drives reports whether a skill means a car; 修车 does not.
func drives(skill string) bool {
	return slices.ContainsFunc([]string{"驾", "开车", "有车"}, func(w string) bool { return strings.Contains(skill, w) })
}

// plans writes the visit list.
func (e *entry) plans(visits []pair) error {
	for i, r := range e.rows {
		if !r.Listed {
			continue
		}
		p := storage.Plan{
			Person: e.ids[i], Kinds: clip(strings.Join(r.Kinds, "、"), 60), Tier: e.tier(r),
			Visitor: e.id(visits[i].visitor), Backup: e.id(visits[i].backup),
		}
		if err := e.v.AddPlan(p); err != nil {
			return err
		}
	}
	return nil
}

func (e *entry) id(row int) int64 {
	if row < 0 {
		return 0
	}
	return e.ids[row]
}

// tier is the sheet's, else the one that the practice proposes (village
// practice E1, settled.md 30); the secretary-general fixes it.
func (e *entry) tier(r roster.Row) string {
	if r.Tier != "" {
		return r.Tier
	}
	alone := slices.Contains(r.Kinds, "独居")
	switch {
	case alone && e.age(r) >= 80, slices.Contains(r.Kinds, "失能"):
		return roster.High
	case alone, slices.Contains(r.Kinds, "空巢"):
		return roster.Middle
	}
	return roster.Normal
}

func (e *entry) age(r roster.Row) int {
	born, err := time.Parse("2006", clip(e.born(r), len("2006")))
	if err != nil {
		return 0
	}
	return e.year() - born.Year()
}

// birthday writes the day by the farmers' calendar, where the sheet has one.
func (e *entry) birthday(i int, r roster.Row) error {
	d, ok := lunar.Parse(r.Lunar)
	if !ok {
		return nil
	}
	return e.v.SetBirthday(storage.Birthday{Person: e.ids[i], Month: d.Month, Day: d.Day, Leap: d.Leap})
}
