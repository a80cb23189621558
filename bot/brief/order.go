package brief

import (
	"fmt"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// order hears "2红梅 3晚点": several digits of today's brief in one line, each
// with what she decides.
func (d desk) order(t *line.Turn) (line.Answer, error) {
	if !t.Is(storage.Secretary) {
		return line.Answer{}, nil
	}
	bound, err := t.In.BriefItems(storage.Day(t.Now()))
	if err != nil || len(bound) == 0 {
		return line.Answer{}, err
	}
	orders := split(t.Read.Text, len(bound))
	if len(orders) == 0 {
		return line.Answer{}, nil
	}
	var said []string
	for _, o := range orders {
		text, err := d.carryOut(t, bound[o.digit-1], o)
		if err != nil {
			return line.Answer{}, err
		}
		said = append(said, fmt.Sprintf("%d %s", o.digit, text))
	}
	return line.Say(strings.Join(said, "\n")), nil
}

// one is one order: a digit and the words after it.
type one struct {
	digit int
	words string
}

// split cuts a line at its digits. A digit counts only at the beginning or
// after a space or a mark, alone, and within the brief.
func split(text string, n int) []one {
	runes := []rune(text)
	var orders []one
	begin := true
	for i, r := range runes {
		single := i+1 == len(runes) || runes[i+1] < '0' || runes[i+1] > '9'
		if begin && single && r >= '1' && r <= '9' && int(r-'0') <= n && !unitAfter(runes, i) {
			orders = append(orders, one{digit: int(r - '0')})
			begin = false
			continue
		}
		if len(orders) == 0 {
			return nil // a line that does not begin with a digit is no order
		}
		begin = strings.ContainsRune(" ，,。;；、\n", r)
		orders[len(orders)-1].words += string(r)
	}
	for i := range orders {
		orders[i].words = strings.Trim(orders[i].words, " ，,。;；、\n")
	}
	return orders
}

// unitAfter reports whether a digit is part of a time, a group or a number.
func unitAfter(runes []rune, i int) bool {
	return i+1 < len(runes) && strings.ContainsRune("号点组月日个分天时", runes[i+1])
}

// carryOut gives one order to the line that it concerns, with the words read
// anew: names of the other orders are none of its business.
func (d desk) carryOut(t *line.Turn, b storage.BriefItem, o one) (string, error) {
	if strings.HasPrefix(o.words, "晚点") {
		return "明早再提您。", nil
	}
	i := slices.IndexFunc(d.lines, func(l line.Line) bool { return l.Name == b.Kind && l.Act != nil })
	if i < 0 {
		return "这件看不到了。", nil
	}
	part := *t
	part.Read = read.Read(o.words, read.Context{Now: t.Now(), Roster: t.Book.Roster, Speaker: read.Speaker{Person: t.Me, Role: "secretary"}})
	part.Read.Text = o.words
	a, err := d.lines[i].Act(&part, b.Ref)
	if err != nil {
		return "", err
	}
	read := t.Read
	*t = part // what the line numbered and touched goes for the whole message
	t.Read = read
	if o.words != "" {
		if err := t.In.CloseBriefItem(b.Day, b.Digit); err != nil {
			return "", err
		}
	}
	return a.Text, nil
}

// show hears 看 when no notice waits to be read: what is open today.
func (d desk) show(t *line.Turn) (line.Answer, error) {
	if t.Is(storage.Secretary) {
		return d.open(t)
	}
	return line.Say("没有新消息。您的事回“我的事”。"), nil
}

// open lists today's digits that still wait.
func (d desk) open(t *line.Turn) (line.Answer, error) {
	items, err := d.agenda(t.In, t.Book)
	if err != nil {
		return line.Answer{}, err
	}
	today, _, left, err := bind(t.In, items)
	if err != nil {
		return line.Answer{}, err
	}
	waits := stillOpen(today, items)
	if len(waits) == 0 {
		return line.Say("现在没有要您定的事。"), nil
	}
	return line.Say(written(fmt.Sprintf("要您定的%d件", len(waits)), waits, left, "")), nil
}
