package main

import (
	"bytes"
	"fmt"
	"os"

	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/config"
	"mishu/storage"
)

// posterCommand writes a request as a page to hang up.
type posterCommand struct {
	configured
	Number   int    `arg:"" help:"The request's number."`
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
	Output   string `short:"o" default:"poster.html" help:"The file, to be printed from a browser on A4." type:"path"`
}

// Run writes the poster of a request that runs. It names nobody: it hangs
// where everybody passes (settled.md 23).
func (c posterCommand) Run(w world) error {
	cfg, err := c.load(w, config.Records)
	if err != nil {
		return err
	}
	store, err := openRecords(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	defer store.Close()
	v, err := doorsCommand{Village: c.Village, Township: c.Township}.village(w.ctx, store)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	err = store.View(w.ctx, func(tx *storage.Tx) error { return c.fill(tx.In(v.ID), &page) })
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Output, page.Bytes(), 0o644); err != nil { //nolint:gosec // it is made to be read by everybody
		return err
	}
	fmt.Fprintf(w.stdout, "%d号在%s。用浏览器打开，按A4打印。\n", c.Number, c.Output)
	return nil
}

func (c posterCommand) fill(v storage.In, page *bytes.Buffer) error {
	h, found, err := v.HelpNumbered(c.Number)
	switch {
	case err != nil:
		return err
	case !found || !h.Running():
		return fmt.Errorf("no request %d waits in %s", c.Number, c.Village)
	}
	b, err := book.Load(v)
	if err != nil {
		return err
	}
	return ladder.SheetOf(b, h, v.Now()).Write(page)
}
