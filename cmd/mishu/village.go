package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"mishu/bot/roster"
	"mishu/bot/who"
	"mishu/config"
	"mishu/storage"
)

// importCommand reads a village's roster from Excel.
type importCommand struct {
	configured
	Roster   string `arg:"" help:"The roster: an .xlsx file with at least 姓名 and 组." type:"existingfile"`
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
	County   string `help:"Its county."`
	Papers   string `help:"Everybody on the sheet has signed that address, telephone and family are kept: where the papers are."`
}

// Run imports the whole sheet or nothing of it.
func (c importCommand) Run(w world) error {
	cfg, err := c.load(w, config.Records)
	if err != nil {
		return err
	}
	file, err := os.Open(c.Roster)
	if err != nil {
		return err
	}
	defer file.Close()
	sheet, problems, err := roster.Read(file)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return refused(problems)
	}
	store, err := openRecords(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	defer store.Close()
	bare := c.signed(sheet.Rows)
	if problems, err = enter(w.ctx, store, c, sheet.Rows); err != nil {
		return err
	}
	if len(problems) > 0 {
		return refused(problems)
	}
	fmt.Fprintf(w.stdout, "%s：收进%d人。\n", c.Village, len(sheet.Rows))
	if bare > 0 {
		fmt.Fprintf(w.stdout, "其中%d人没写签过同意书，只收姓名、组、性别、出生年、在不在册；电话、住址、家里人没收。\n", bare)
	}
	return nil
}

// signed marks the rows of whoever has signed as --papers says, and counts those
// of whom only the smallest roster is entered (settled.md 25).
func (c importCommand) signed(rows []roster.Row) (bare int) {
	for i := range rows {
		switch r := &rows[i]; {
		case r.Consent != "":
		case c.Papers != "":
			r.Consent, r.Papers = roster.Basic, c.Papers
		case len(r.Roles) == 0:
			bare++
		}
	}
	return bare
}

var errProblems = errors.New("nothing entered")

// enter writes the rows in one transaction, into a new village or one that has
// nobody yet.
func enter(ctx context.Context, store *storage.Store, c importCommand, rows []roster.Row) ([]roster.Problem, error) {
	var problems []roster.Problem
	err := store.Update(ctx, func(tx *storage.Tx) error {
		v, err := founded(tx, storage.Village{Name: c.Village, Township: c.Township, County: c.County})
		if err != nil {
			return err
		}
		if problems, err = who.Enter(v, rows); err == nil && len(problems) > 0 {
			err = errProblems
		}
		return err
	})
	if errors.Is(err, errProblems) {
		err = nil
	}
	return problems, err
}

// founded finds the village by name, or creates it.
func founded(tx *storage.Tx, v storage.Village) (storage.In, error) {
	have, err := named(tx, v.Name, v.Township)
	if err != nil {
		return storage.In{}, err
	}
	switch len(have) {
	case 0:
		err = tx.AddVillage(&v)
		return tx.In(v.ID), err
	case 1:
		return tx.In(have[0].ID), nil
	}
	return storage.In{}, severalNamed(len(have), v.Name)
}

// named finds the villages of a name, in one township where that is said.
func named(tx *storage.Tx, name, township string) ([]storage.Village, error) {
	have, err := tx.VillageNamed(name)
	return slices.DeleteFunc(have, func(v storage.Village) bool { return township != "" && v.Township != township }), err
}

func severalNamed(n int, name string) error {
	return fmt.Errorf("%d villages are named %s: say --township", n, name)
}

// refused lists what is wrong with a sheet, row by row.
func refused(problems []roster.Problem) error {
	lines := []string{"一行都没有收，改好再来："}
	for _, p := range problems {
		where := ""
		if p.Line > 0 {
			where = fmt.Sprintf("第%d行", p.Line)
		}
		if p.Column != "" {
			where += "“" + p.Column + "”"
		}
		if where != "" {
			where += "："
		}
		lines = append(lines, where+p.Reason)
	}
	return errors.New(strings.Join(lines, "\n"))
}

// inviteCommand makes a one-time code.
type inviteCommand struct {
	configured
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
	Role     string `required:"" help:"What the person becomes: secretary, chair, accountant, supervisor, leader, doctor, childcare, women, cook, volunteer or villager." enum:"secretary,chair,accountant,supervisor,leader,doctor,childcare,women,cook,volunteer,villager"`
	Person   string `required:"" help:"The person's name on the roster."`
	Group    int    `help:"The person's group, where two have one name."`
}

var inviteRoles = map[string]string{
	"secretary": storage.Secretary, "chair": storage.Chair, "accountant": storage.Accountant, "supervisor": storage.Supervisor,
	"leader": storage.Leader, "doctor": storage.Doctor, "childcare": storage.ChildCare, "women": storage.Women, "cook": storage.Cook, "volunteer": storage.Helper, "villager": "",
}

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
	villages, err := named(tx, c.Village, c.Township)
	switch {
	case err != nil:
		return "", err
	case len(villages) == 0:
		return "", fmt.Errorf("no village is named %s: import its roster first", c.Village)
	case len(villages) > 1:
		return "", severalNamed(len(villages), c.Village)
	}
	v := tx.In(villages[0].ID)
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
