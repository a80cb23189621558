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
