package bot

import (
	"mishu/bot/alert"
	"mishu/bot/door"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/bot/who"
)

// dispatch decides who answers. The order is the design's: danger before
// anything, then who is speaking, then what goes for every state, then the open
// question, then what the words are for.
func (b *Bot) dispatch(t *line.Turn) (line.Answer, error) {
	b.metrics.read(string(t.Read.Intent))
	steps := []line.Handler{danger, alert.Early, door.Scan, stranger, b.media, b.global, b.first, b.grave, b.openQuestion, b.doubt, b.digits, b.waiting, b.words, b.intents, b.correction, b.otherwise, weighed}
	for _, step := range steps {
		a, err := step(t)
		if err != nil {
			return a, err
		}
		if a.Handled() {
			t.State.Fails, t.State.Fragment = 0, nil
			return a, nil
		}
	}
	return b.notUnderstood(t)
}

func danger(t *line.Turn) (line.Answer, error) {
	if t.Read.Danger.Level != read.Strong {
		return line.Answer{}, nil
	}
	return alert.Raise(t)
}

func stranger(t *line.Turn) (line.Answer, error) {
	if t.Me != 0 {
		return line.Answer{}, nil
	}
	return who.Stranger(t)
}

// grave are the classes whose doubt comes before an open question: no answer to
// another question sounds like them.
var grave = map[read.Class]bool{
	read.Fraud: true, read.Violence: true, read.SelfHarm: true, read.Poison: true, read.Missing: true, read.Child: true,
}

// grave puts the doubt about a grave danger whatever is open.
func (b *Bot) grave(t *line.Turn) (line.Answer, error) {
	if !grave[t.Read.Danger.Class] {
		return line.Answer{}, nil
	}
	return b.doubt(t)
}

// weighed puts the doubt that only the weights have, where nothing else took the line: it
// answers no open question, adds nothing to a report, and nobody will look in on it anyway.
func weighed(t *line.Turn) (line.Answer, error) {
	d, i := t.Read.Danger, t.Read.Intent
	if d.Level != read.Ask || !d.Weighed || t.State.Open != nil || i != read.Unknown && i != read.Smalltalk {
		return line.Answer{}, nil
	}
	return alert.Doubt(t)
}

// doubt puts the one question about what the rules say may be danger, unless the word answers
// something that was put to the speaker: 过世.
func (b *Bot) doubt(t *line.Turn) (line.Answer, error) {
	if t.Read.Danger.Level != read.Ask || t.Read.Danger.Weighed {
		return line.Answer{}, nil
	}
	if t.Read.Word != "" {
		if a, err := b.word(t, t.Read.Word); err != nil || a.Handled() {
			return a, err
		}
	}
	return alert.Doubt(t)
}

// first hears what is said in a fixed form, whatever question is open.
func (b *Bot) first(t *line.Turn) (line.Answer, error) {
	return firstOf(b.lines, func(l line.Line) line.Handler { return l.First }, t)
}

// openQuestion gives the line that asked last the first look.
func (b *Bot) openQuestion(t *line.Turn) (line.Answer, error) {
	q := t.State.Open
	if q == nil {
		return line.Answer{}, nil
	}
	for _, l := range b.lines {
		if answerer, ok := l.Questions[q.Name]; ok && l.Name == q.Line {
			return answerer(t, *q)
		}
	}
	t.Close() // a question of an older version that nobody asks any more
	return line.Answer{}, nil
}

// digits hears a line of digits by what the digits last offered mean.
func (b *Bot) digits(t *line.Turn) (line.Answer, error) {
	if len(t.State.Digits) == 0 {
		return line.Answer{}, nil
	}
	if len(t.Read.Digits) == 0 {
		return b.numbered(t)
	}
	first := t.Read.Digits[0]
	if first < 1 || first > len(t.State.Digits) {
		return line.Answer{}, nil
	}
	choice := t.State.Digits[first-1]
	if choice.Line == "menu" {
		t.Read.Word, t.Read.Digits = choice.Name, nil
		t.State.Digits = nil
		return b.word(t, choice.Name)
	}
	for _, l := range b.lines {
		if l.Name == choice.Line && l.Digits != nil {
			return l.Digits(t)
		}
	}
	return line.Answer{}, nil
}

// numbered lets the line that offered the digits hear words about them.
func (b *Bot) numbered(t *line.Turn) (line.Answer, error) {
	for _, l := range b.lines {
		if l.Name == t.State.Digits[0].Line && l.Numbered != nil {
			return l.Numbered(t)
		}
	}
	return line.Answer{}, nil
}

// waiting hears a yes or no that answers a question put by a notice.
func (b *Bot) waiting(t *line.Turn) (line.Answer, error) {
	if t.State.Open != nil || (t.Read.Answer == read.NoAnswer && t.Read.Word == "") {
		return line.Answer{}, nil
	}
	return firstOf(b.lines, func(l line.Line) line.Handler { return l.Waiting }, t)
}

func firstOf(lines []line.Line, pick func(line.Line) line.Handler, t *line.Turn) (line.Answer, error) {
	for _, l := range lines {
		h := pick(l)
		if h == nil {
			continue
		}
		if a, err := h(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

func (b *Bot) words(t *line.Turn) (line.Answer, error) {
	if t.Read.Word == "" {
		return line.Answer{}, nil
	}
	return b.word(t, t.Read.Word)
}

// word asks the lines that know a word, in their order.
func (b *Bot) word(t *line.Turn, word string) (line.Answer, error) {
	return firstOf(b.lines, func(l line.Line) line.Handler {
		if h, ok := l.Words[word]; ok {
			return h
		}
		return l.Looks[word]
	}, t)
}

func (b *Bot) intents(t *line.Turn) (line.Answer, error) {
	return firstOf(b.lines, func(l line.Line) line.Handler { return l.Intents[t.Read.Intent] }, t)
}

// otherwise lets a line take what none understood: a doctor's word about a
// finding is no sentence of any lexicon.
func (b *Bot) otherwise(t *line.Turn) (line.Answer, error) {
	if t.State.Open != nil || t.Read.Text == "" {
		return line.Answer{}, nil
	}
	return firstOf(b.lines, func(l line.Line) line.Handler { return l.Else }, t)
}

// media keeps what is not text for a person to look at, or to listen to.
func (b *Bot) media(t *line.Turn) (line.Answer, error) {
	switch {
	case t.Msg.Kind == talk.Text || t.Msg.Kind == talk.Event || (t.Msg.Kind == talk.Voice && t.Msg.Text != ""):
		return line.Answer{}, nil
	case t.Msg.Kind != talk.Voice:
		return who.Leave(t)
	case t.State.Open == nil && len(t.Book.Cares(t.Me)) > 0:
		return who.Voice(t, func(t *line.Turn) (line.Answer, error) { return b.word(t, "名单") })
	}
	return who.Voice(t, nil)
}
