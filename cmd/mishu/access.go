package main

import (
	"fmt"
	"strings"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/storage"
)

// accessCommand says whether somebody may know something of another, and why.
type accessCommand struct {
	inVillage
	Explain bool   `help:"Say why." required:""`
	Reader  string `arg:"" help:"Who wants to know: a name, 3组王桂香 where two have it."`
	Subject string `arg:"" help:"About whom."`
	Kind    string `arg:"" help:"What: door, visited, seen, reading, wants, kin, care, ties, agreed, words, minutes, alarm, office or sealed."`
}

// Run prints the answer; a refusal is no failure.
func (c accessCommand) Run(w world) error {
	return c.read(w, func(_ storage.In, b *book.Book) error {
		reader, err := someone(b, c.Reader)
		if err != nil {
			return err
		}
		subject, err := someone(b, c.Subject)
		if err != nil {
			return err
		}
		text, err := access.Explain(b, reader, access.Kind(c.Kind), subject)
		if err == nil {
			fmt.Fprintln(w.stdout, text)
		}
		return err
	})
}

// someone finds the one person whom a name and a group mean.
func someone(b *book.Book, name string) (int64, error) {
	group := 0
	if n, rest, ok := strings.Cut(name, "组"); ok {
		if _, err := fmt.Sscan(n, &group); err == nil {
			name = rest
		}
	}
	ids := b.Roster.Find(name, group)
	switch len(ids) {
	case 0:
		return 0, fmt.Errorf("the roster has nobody named %s", name)
	case 1:
		return ids[0], nil
	}
	return 0, fmt.Errorf("%d people are named %s: say the group, as 3组%s", len(ids), name, name)
}
