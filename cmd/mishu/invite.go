package main

import (
	"fmt"

	"mishu/bot/who"
	"mishu/config"
	"mishu/storage"
)

// inviteCommand makes a one-time code.
type inviteCommand struct {
	configured
	Village  string `help:"The village's name." xor:"where" required:""`
	County   string `help:"The county's name, for its own office." xor:"where" required:""`
	Township string `help:"Its township, where a county has two villages of one name."`
	Role     string `required:"" help:"What the person becomes: secretary, chair, accountant, supervisor, leader, doctor, childcare, women, cook, volunteer or villager; in a county's office duty, officer or protection, for a year." enum:"secretary,chair,accountant,supervisor,leader,doctor,childcare,women,cook,volunteer,villager,duty,officer,protection"`
	Person   string `required:"" help:"The person's name on the roster; in a county's office, the new one's name."`
	Group    int    `help:"The person's group, where two have one name."`
	Phone    string `help:"In a county's office: the telephone by which the person is rung."`
}

var inviteRoles = map[string]string{
	"secretary": storage.Secretary, "chair": storage.Chair, "accountant": storage.Accountant, "supervisor": storage.Supervisor,
	"leader": storage.Leader, "doctor": storage.Doctor, "childcare": storage.ChildCare, "women": storage.Women, "cook": storage.Cook, "volunteer": storage.Helper, "villager": "",
}

var countyRoles = map[string]string{"duty": storage.CountyDuty, "officer": storage.County, "protection": storage.Protection}

// Run prints the code; whoever sends it to the account is that person.
func (c inviteCommand) Run(w world) error {
	cfg, err := c.load(w, config.Records)
	if err != nil {
		return err
	}
	store, err := openRecords(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	defer store.Close()
	var code string
	err = store.Update(w.ctx, func(tx *storage.Tx) (err error) {
		code, err = c.invite(tx)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s\n请%s把这8个数字发给公众号，7天内有效，只能用一次。\n", code, c.Person)
	return nil
}

// invite returns the code, which is stored nowhere.
func (c inviteCommand) invite(tx *storage.Tx) (string, error) {
	if _, county := countyRoles[c.Role]; county != (c.County != "") {
		return "", fmt.Errorf("role %s goes with --%s", c.Role, map[bool]string{true: "county", false: "village"}[county])
	}
	if c.County != "" {
		return c.inviteCounty(tx)
	}
	v, err := only(tx, c.Village, c.Township)
	if err != nil {
		return "", err
	}
	person, err := c.person(v)
	if err != nil {
		return "", err
	}
	return who.Invite(v, person, inviteRoles[c.Role])
}

// person finds whom the code is for.
func (c inviteCommand) person(v storage.In) (int64, error) {
	people, err := v.People()
	if err != nil {
		return 0, err
	}
	var found []storage.Person
	for _, p := range people {
		if p.Name == c.Person && (c.Group == 0 || p.Group == c.Group) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 1:
		return found[0].ID, nil
	case 0:
		return 0, fmt.Errorf("the roster has nobody named %s", c.Person)
	}
	return 0, fmt.Errorf("%d people are named %s: say --group", len(found), c.Person)
}

// only is the one village of a name.
func only(tx *storage.Tx, name, township string) (storage.In, error) {
	villages, err := named(tx, name, township)
	switch {
	case err != nil:
		return storage.In{}, err
	case len(villages) == 0:
		return storage.In{}, fmt.Errorf("no village is named %s: import its roster first", name)
	case len(villages) > 1:
		return storage.In{}, severalNamed(len(villages), name)
	}
	return tx.In(villages[0].ID), nil
}

// inviteCounty makes a code for somebody of the county's office. The office and
// the person are made where they are not there yet; the role ends after a year
// unless he is invited again (settled.md 31).
func (c inviteCommand) inviteCounty(tx *storage.Tx) (string, error) {
	v, there, err := tx.CountyOf(c.County)
	if err != nil {
		return "", err
	}
	if !there {
		office := storage.Village{Name: c.County, County: c.County, Code: storage.CountyOffice}
		if err := tx.AddVillage(&office); err != nil {
			return "", err
		}
		v = tx.In(office.ID)
	}
	id, err := c.officer(v)
	if err != nil {
		return "", err
	}
	return who.Invite(v, id, countyRoles[c.Role])
}

// officer finds somebody of the county's office by name, or makes him.
func (c inviteCommand) officer(v storage.In) (int64, error) {
	people, err := v.People()
	if err != nil {
		return 0, err
	}
	for _, p := range people {
		if p.Name == c.Person {
			p.Phone = c.Phone
			return p.ID, v.KeepDetails(p, v.LegalDuty(p.ID))
		}
	}
	p := storage.Person{Name: c.Person, Phone: c.Phone, Status: storage.Home}
	if err := v.AddKnown(&p, v.LegalDuty); err != nil {
		return 0, err
	}
	return p.ID, v.Changed()
}
