package cover

import (
	"fmt"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// due names the substitutions whose end has come.
func due(tx *storage.Tx, n int) ([]line.Item, error) {
	rows, err := tx.SubstitutesDue(storage.At(tx.Now()), n)
	items := make([]line.Item, 0, len(rows))
	for _, s := range rows {
		items = append(items, line.Item{Village: s.Village, ID: s.ID})
	}
	return items, err
}

// comeBack gives an office back at its time, with three lines of hand-over.
func (d desk) comeBack(v storage.In, b *book.Book, id int64) error {
	s, mine, err := v.EndSubstitute(id)
	if err != nil || !mine {
		return err
	}
	if err := v.Changed(); err != nil {
		return err
	}
	words, err := d.handOver(v, b, s)
	if err != nil {
		return err
	}
	if err := owe(v, s, s.Person, "您的事交回来了，回“看”", words); err != nil {
		return err
	}
	return owe(v, s, s.StandIn, "顶班的事到今天，回“看”", fmt.Sprintf("到时候了，%s的事交回%s了。这几天多谢您。", s.Role, b.Name(s.Person)))
}

func owe(v storage.In, s storage.Substitute, person int64, lead, words string) error {
	return v.Owe(storage.Notice{Person: person, Kind: noteEnds, Subject: subject(s.ID), Period: "1", Weight: storage.Direct, Lead: lead, Words: words})
}

// handOver says in three lines what was done, what waits, and what is danger.
func (d desk) handOver(v storage.In, b *book.Book, s storage.Substitute) (string, error) {
	counts, err := v.HelpsSince(s.CreatedAt)
	if err != nil {
		return "", err
	}
	var waits []string
	dangers := 0
	for _, l := range d.lines {
		if l.Agenda == nil {
			continue
		}
		points, err := l.Agenda(v, b)
		if err != nil {
			return "", err
		}
		for _, p := range points {
			if p.Weight == storage.Danger {
				dangers++
				continue
			}
			waits = append(waits, p.Words)
		}
	}
	return strings.Join([]string{
		fmt.Sprintf("%s替了您%s，都交回来了。这几天来求助%d件，了结%d件。", b.Name(s.StandIn), lasted(v, s), counts.Asked, counts.Ended),
		waitingLine(waits),
		dangerLine(dangers),
	}, "\n"), nil
}

func lasted(v storage.In, s storage.Substitute) string {
	days := int(v.Now().Sub(s.CreatedAt.Time()).Hours()+12) / 24
	return fmt.Sprintf("%d天", max(days, 1))
}

// waitingShown is how many of the waiting things are named in one line.
const waitingShown = 3

func waitingLine(waits []string) string {
	if len(waits) == 0 {
		return "没有等您定的事。"
	}
	shown := say.List(waits[:min(len(waits), waitingShown)])
	return fmt.Sprintf("等您定的%d件：%s。回“看”看全。", len(waits), shown)
}

func dangerLine(n int) string {
	if n == 0 {
		return "没有没了结的急事。"
	}
	return fmt.Sprintf("急事%d件还没了结，回“看”。", n)
}

// back hears 我回来了: the speaker takes his office back before its time.
func (d desk) back(t *line.Turn) (line.Answer, error) {
	if !strings.Contains(t.Read.Text, "回来") || len([]rune(t.Read.Text)) > 12 {
		return line.Answer{}, nil
	}
	for _, office := range offices {
		s, runs := t.Book.Substitute(t.Me, office)
		if !runs {
			continue
		}
		if _, mine, err := t.In.EndSubstitute(s.ID); err != nil || !mine {
			return line.Answer{}, err
		}
		if err := t.In.Changed(); err != nil {
			return line.Answer{}, err
		}
		words, err := d.handOver(t.In, t.Book, s)
		if err != nil {
			return line.Answer{}, err
		}
		return line.Ask(words), owe(t.In, s, s.StandIn, "顶班的事到今天，回“看”", fmt.Sprintf("%s回来了，%s的事交回去了。多谢您。", t.Book.Name(s.Person), s.Role))
	}
	return returned(t)
}
