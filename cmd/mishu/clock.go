package main

import (
	"fmt"
	"strings"

	"mishu/bot"
	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/config"
	"mishu/storage"
)

// clockCommand tells of reminders.
type clockCommand struct {
	configured
	Explain  string `required:"" help:"A person's name, a notice's number, or kind/subject/period: tell from the rows why something was or was not sent."`
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
}

// Run prints what became of each notice, and why.
func (c clockCommand) Run(w world) error {
	cfg, err := c.load(w, config.Records)
	if err != nil {
		return err
	}
	store, err := openRecords(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	defer store.Close()
	return store.View(w.ctx, func(tx *storage.Tx) error {
		have, err := named(tx, c.Village, c.Township)
		if err != nil {
			return err
		}
		if len(have) != 1 {
			return severalNamed(len(have), c.Village)
		}
		v := tx.In(have[0].ID)
		b, err := book.Load(v)
		if err != nil {
			return err
		}
		told, err := c.explain(v, b)
		for _, text := range told {
			fmt.Fprintln(w.stdout, text)
		}
		return err
	})
}

// explain takes what is no key for a name: every person of that name is told of.
func (c clockCommand) explain(v storage.In, b *book.Book) ([]string, error) {
	people, err := v.People()
	if err != nil {
		return nil, err
	}
	var told []string
	for _, p := range people {
		if label := fmt.Sprintf("%d组%s", p.Group, p.Name); p.Name != c.Explain && label != c.Explain {
			continue
		}
		rows, err := clock.ExplainPerson(v, b, bot.Lines(), p.ID)
		if err != nil {
			return nil, err
		}
		told = append(append(told, fmt.Sprintf("%s of group %d:", p.Name, p.Group)), rows...)
	}
	if len(told) > 0 {
		return told, nil
	}
	return clock.ExplainKey(v, b, bot.Lines(), strings.TrimSpace(c.Explain))
}
