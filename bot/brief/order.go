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
		item, found, err := itemOf(t, bound, o.digit)
		if err != nil {
			return line.Answer{}, err
		}
		text := fmt.Sprintf("没有%d号这件事。", o.digit)
		if found {
			if text, err = d.carryOut(t, item, o); err != nil {
				return line.Answer{}, err
			}
		}
		if o.digit < 10 {
			text = fmt.Sprintf("%d %s", o.digit, text)
		}
		said = append(said, text)
	}
	return line.Say(strings.Join(said, "\n")), nil
}

// itemOf is what a digit of today's brief means, or the request of a number:
// single digits are the brief's, requests begin at 10 (settled.md 16).
func itemOf(t *line.Turn, bound []storage.BriefItem, n int) (storage.BriefItem, bool, error) {
	if n <= len(bound) {
		return bound[n-1], true, nil
	}
	h, found, err := t.In.HelpNumbered(n)
	return storage.BriefItem{Day: storage.Day(t.Now()), Digit: n, Kind: ofHelp, Ref: h.ID}, found, err
}

// ofHelp is the kind of a point that is a request: 晚点 holds its ladder, and is
// told by the line itself.
const ofHelp = "help"

// otherwise hears what no line understood: an order, or a line of work to be
// turned on or off.
func (d desk) otherwise(t *line.Turn) (line.Answer, error) {
	a, err := d.turn(t)
	if err != nil || a.Handled() {
		return a, err
	}
	return d.order(t)
}

// one is one order: a digit and the words after it.
type one struct {
	digit int
	words string
}

// split cuts a line at its numbers. A number counts only at the beginning or
// after a space or a mark, and as a digit of the brief or as a request's number.
func split(text string, n int) []one {
	runes := []rune(text)
	var orders []one
	begin := true
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if v, end := numberAt(runes, i); begin && (v >= 1 && v <= n && !unitAfter(runes, end-1) || v >= 10 && v <= 9999 && !unitAfter(runes, end-1)) {
			orders = append(orders, one{digit: v})
			begin, i = false, end-1
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

// numberAt is the number that begins at i, with its 号 if it is a request's, and
// where it ends; 0 if none does.
func numberAt(runes []rune, i int) (v, end int) {
	end = i
	for end < len(runes) && runes[end] >= '0' && runes[end] <= '9' && end < i+5 {
		v = 10*v + int(runes[end]-'0')
		end++
	}
	if v >= 10 && end < len(runes) && runes[end] == '号' {
		end++
	}
	return v, end
}

// unitAfter reports whether a digit is part of a time, a group or a number.
func unitAfter(runes []rune, i int) bool {
	return i+1 < len(runes) && strings.ContainsRune("号点组月日个分天时", runes[i+1])
}

// carryOut gives one order to the line that it concerns, with the words read
// anew: names of the other orders are none of its business.
func (d desk) carryOut(t *line.Turn, b storage.BriefItem, o one) (string, error) {
	putOff := strings.HasPrefix(o.words, "晚点") || read.Read(o.words, t.Book.Reading(t.Now())).Word == "晚点" // 先放放, 等下
	if putOff && b.Kind != ofHelp {
		return later(t, b)
	}
	i := slices.IndexFunc(d.lines, func(l line.Line) bool { return l.Name == b.Kind && l.Act != nil })
	if i < 0 {
		return "这件看不到了。", nil
	}
	part := *t
	c := t.Book.Reading(t.Now())
	c.Speaker = read.Speaker{Person: t.Me, Role: "secretary"}
	part.Read = read.Read(o.words, c)
	part.Read.Text = o.words
	a, err := d.lines[i].Act(&part, b.Ref)
	if err != nil {
		return "", err
	}
	read := t.Read
	*t = part // what the line numbered and touched goes for the whole message
	t.Read = read
	if o.words != "" && !putOff && a.Plain { // a question, or 还没见到, leaves it open
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
	today, left, err := bind(t.In, items, storage.At(t.Now()))
	if err != nil {
		return line.Answer{}, err
	}
	t.State.Digits = nil // a menu's digits give way to today's
	waits := stillOpen(today, items)
	if len(waits) == 0 {
		return line.Say("现在没有要您定的事。"), nil
	}
	return line.Say(written(fmt.Sprintf("要您定的%d件", len(waits)), waits, left, nil)), nil
}
