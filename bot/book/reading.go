package book

import (
	"strings"
	"time"

	"mishu/bot/read"
	"mishu/storage"
)

// loadTaught reads the words that the village has taught.
func (b *Book) loadTaught(v storage.In) (err error) {
	if b.Taught, err = v.TaughtWords(); err != nil {
		return err
	}
	words := make(map[string]string, len(b.Taught))
	for _, t := range b.Taught {
		words[t.Word] = t.Meaning
	}
	b.taught = read.NewTaught(words)
	return nil
}

// Known is words with the village's own in the form that somebody from elsewhere
// knows.
func (b *Book) Known(words string) string {
	for _, t := range b.Taught {
		words = strings.ReplaceAll(words, t.Word, t.Meaning)
	}
	return words
}

// Reading is what words of this village are read against: its people, its market
// days and its own words. Who speaks is left to the caller.
func (b *Book) Reading(now time.Time) read.Context {
	return read.Context{Now: now.In(storage.Shanghai), Roster: b.Roster, Market: b.Settings().Markets(), Taught: b.taught}
}
