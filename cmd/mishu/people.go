package main

import (
	"errors"
	"fmt"
	"strings"

	"mishu/bot/book"
	"mishu/bot/office"
	"mishu/config"
	"mishu/storage"
)

// inVillage is what a command about one village needs.
type inVillage struct {
	configured
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
}

// read opens the village's records and its book, for a command that only looks.
func (c inVillage) read(w world, f func(v storage.In, b *book.Book) error) error {
	return c.open(w, func(s *storage.Store) error {
		return s.View(w.ctx, func(tx *storage.Tx) error { return c.with(tx, f) })
	})
}

// change is read for a command that changes something.
func (c inVillage) change(w world, f func(v storage.In, b *book.Book) error) error {
	return c.open(w, func(s *storage.Store) error {
		return s.Update(w.ctx, func(tx *storage.Tx) error { return c.with(tx, f) })
	})
}

func (c inVillage) open(w world, f func(*storage.Store) error) error {
	cfg, err := c.load(w, config.Records)
	if err != nil {
		return err
	}
	store, err := openRecords(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	return errors.Join(f(store), store.Close())
}

func (c inVillage) with(tx *storage.Tx, f func(v storage.In, b *book.Book) error) error {
	v, err := only(tx, c.Village, c.Township)
	if err != nil {
		return err
	}
	b, err := book.Load(v)
	if err != nil {
		return err
	}
	return f(v, b)
}

// setCommand sets what the office owns, in the words of the chat.
type setCommand struct {
	inVillage
	Owner  string   `help:"Whose value it is." default:"村部"`
	Source string   `help:"Where it is from: a paper, a call." default:"mishu set"`
	Words  []string `arg:"" help:"As in the chat: 村部电话 0745-1990000; 值班 张远志 19900000002 8:00-22:00; 称呼 向老师; 不识字 舒立新."`
}

// Run sets one thing.
func (c setCommand) Run(w world) error {
	return c.change(w, func(v storage.In, b *book.Book) error {
		done, err := office.Set(v, b, office.Entry{Words: strings.Join(c.Words, " "), Owner: c.Owner, Source: c.Source})
		if err == nil {
			fmt.Fprintln(w.stdout, done)
		}
		return err
	})
}
