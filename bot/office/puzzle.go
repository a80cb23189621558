package office

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// notePuzzles is the kind of the weekly list of what was not understood.
const notePuzzles = "puzzles"

// weeklyPuzzles puts what was not understood in a week beside Monday's brief. It is
// a line of work that can be switched off, and counts against her burden.
var weeklyPuzzles = line.Rule{
	Name: "office.puzzles", What: "星期一早上没听懂的话", Dies: "上个星期样样听懂了，或者这一行关了", Switch: "学词",
	Day: line.Weekly(time.Monday), At: line.ClockOf(book.BriefAt, "07:05"), Whom: line.Holders(storage.Secretary), Lasts: 10 * time.Hour,
	Owes: storage.Notice{Kind: notePuzzles, Subject: "week", Weight: storage.Unasked, Lead: "有几句话我没听懂，回“看”"},
}

const (
	// puzzleRunes is how much of a line is kept: enough to see the word that was
	// missing.
	puzzleRunes = 24
	// puzzlesShown is how many lines a list holds.
	puzzlesShown = 5
)

// keepPuzzle keeps a line that no line of work understood, without who said it and
// whom it names.
func keepPuzzle(t *line.Turn, _ line.Fact) error {
	words := anonymous(t.Read)
	if utf8.RuneCountInString(words) < 2 {
		return nil
	}
	alerts, err := t.In.OpenAlerts()
	if err != nil || slices.ContainsFunc(alerts, func(a storage.Alert) bool { return a.OpenID == t.Msg.OpenID }) {
		return err // what is said about danger goes into no list
	}
	return t.In.AddPuzzle(storage.Puzzle{Words: words, SourceKey: t.Source(), Ordinal: t.Next(notePuzzles)})
}

// anonymous is the beginning of a line without names, telephone and other numbers.
func anonymous(r read.Reading) string {
	text := r.Text
	for _, m := range slices.Backward(r.Mentions) {
		if m.Span.From < m.Span.To && m.Span.To <= len(text) {
			text = text[:m.Span.From] + "某人" + text[m.Span.To:]
		}
	}
	text = strings.Map(func(x rune) rune {
		switch {
		case x >= '0' && x <= '9':
			return '…'
		case x == '\n', x == '\r', x == '“', x == '”':
			return ' '
		}
		return x
	}, read.Fold(text).Text)
	for strings.Contains(text, "……") {
		text = strings.ReplaceAll(text, "……", "…")
	}
	return strings.Trim(say.Clip(strings.TrimSpace(text), puzzleRunes), "… ")
}

// freshPuzzles writes the week's list at the moment it is sent.
func freshPuzzles(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	switch {
	case !weeklyPuzzles.On(b.Settings()):
		return "setting:" + book.LinePrefix + weeklyPuzzles.Switch + " is " + book.LineOff, nil
	case !slices.Contains(b.Holders(storage.Secretary, 0), n.Person):
		return fmt.Sprintf("person:%d does not hold the office", n.Person), nil
	}
	rows, err := v.PuzzlesSince(storage.At(n.NotBefore.Time().AddDate(0, 0, -7)))
	if err != nil {
		return "", err
	}
	var lines []string
	for _, r := range rows {
		if words := "“" + r.Words + "”"; r.CreatedAt < n.NotBefore && !slices.Contains(lines, words) {
			lines = append(lines, words)
		}
	}
	if len(lines) == 0 {
		return "all was understood", nil
	}
	more := ""
	if len(lines) > puzzlesShown {
		more = fmt.Sprintf("等%d句", len(lines))
		lines = lines[len(lines)-puzzlesShown:]
	}
	n.Words = "上星期没听懂：" + strings.Join(lines, "") + more + "。里头有我该学的词，就回“学词 挈水=挑水”这样。"
	return "", nil
}
