package help

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// firstNumber is the smallest number of a request: single digits belong to the
// brief and to lists (settled.md 16).
const firstNumber = 10

// Order hears 派13给满妹, 13 完成, 13晚点: what the secretary-general settles by the
// numbers of requests. A line that has digits of her brief in it is the brief's.
func Order(t *line.Turn) (line.Answer, error) {
	orders := t.Read.Orders
	if !t.Is(storage.Secretary, storage.Chair) || len(orders) == 0 ||
		slices.ContainsFunc(orders, func(o read.Decision) bool { return o.Ref < firstNumber }) {
		return line.Answer{}, nil
	}
	var said []string
	for _, o := range orders {
		a, err := carryOut(t, o)
		if err != nil {
			return line.Answer{}, err
		}
		said = append(said, a.Text)
	}
	return t.Aside(strings.Join(said, "\n")), nil
}

func carryOut(t *line.Turn, o read.Decision) (line.Answer, error) {
	h, answer, err := numbered(t, o.Ref)
	if err != nil || answer.Handled() {
		return answer, err
	}
	switch o.Do {
	case read.Assign:
		return assignOne(t, h, o.Mention.People)
	case read.Done:
		return completeNumber(t, h.Number)
	case read.Later:
		return officeLater(t, h, o.When)
	}
	part := *t
	part.Read.Text, part.Read.When, part.Read.Mentions = o.Rest, o.When, nil
	return act(&part, h.ID)
}

// assignOne assigns to the only one who fits; of several, the volunteer is meant.
func assignOne(t *line.Turn, h storage.Help, people []int64) (line.Answer, error) {
	helpers := slices.DeleteFunc(slices.Clone(people), func(id int64) bool { return !t.Book.Has(id, storage.Helper, storage.Leader, storage.Doctor) })
	if len(helpers) > 0 {
		people = helpers
	}
	if len(people) == 1 {
		return assign(t, h, people[0])
	}
	var parts []string
	for _, id := range people[:min(len(people), 5)] {
		parts = append(parts, person(t.Book, id))
	}
	return line.Ask(fmt.Sprintf("是%s？连几组一起讲，比如“派%d给3组满妹”。", strings.Join(parts, "还是"), h.Number)), nil
}

// assign asks one person on the secretary-general's word. He still has to say
// yes: nobody is sent by a machine.
func assign(t *line.Turn, h storage.Help, to int64) (line.Answer, error) {
	if h.State == storage.Taken && h.Holder != to {
		return line.Say(fmt.Sprintf("%d号%s接了。要换人，先请%s回“不%d”。", h.Number, t.Book.Name(h.Holder), t.Book.They(h.Holder), h.Number)), nil
	}
	if !h.Running() {
		return line.Say(fmt.Sprintf("%d号已经了结了。", h.Number)), nil
	}
	if h.State == storage.Unclear {
		h.State = storage.Open
	}
	if err := askByOffice(t, h, to); err != nil {
		return line.Answer{}, err
	}
	h.NextAt = storage.At(t.Book.Waking(t.Now(), 2*time.Hour))
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(h.ID, to, wasAssigned, t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	members, err := t.In.MembersOf(to)
	if err != nil {
		return line.Answer{}, err
	}
	if len(members) == 0 {
		return line.Say(fmt.Sprintf("%s没用这个号，请打电话：%s。", t.Book.Name(to), orNone(t.Book.Person(to).Phone))), nil
	}
	return line.Say(fmt.Sprintf("%d号在问%s，%s回话了告诉您。", h.Number, t.Book.Name(to), t.Book.They(to))), nil
}

// askByOffice asks somebody on the secretary-general's word, also one who was
// asked before and did not hear of it or could not then.
func askByOffice(t *line.Turn, h storage.Help, to int64) error {
	asks, err := t.In.Asks(h.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(asks, func(a storage.Ask) bool { return a.Person == to }) {
		err = t.In.AddAsk(storage.Ask{Help: h.ID, Person: to, Round: h.Round, Step: h.Step, State: storage.AskSent})
	} else {
		err = t.In.AnswerAsk(h.ID, to, storage.AskSent, "")
	}
	if err != nil {
		return err
	}
	return t.Owe(storage.Notice{
		Person: to, Kind: noteAsk, Subject: subject(h.ID), Period: "office." + t.Source()[:min(8, len(t.Source()))], Weight: storage.Direct,
		Lead: line.Lead, Words: ladder.Words(t.Book, h, t.Now()),
	})
}

func orNone(phone string) string {
	if phone == "" {
		return "没有登记电话"
	}
	return phone
}

// wasAssigned is how the story of a request names that somebody was asked on
// the secretary-general's word.
const wasAssigned = "assigned"

// assigned reports whether a person was asked on the secretary-general's word.
func assigned(v storage.In, id, person int64) (bool, error) {
	logs, err := v.HelpLogs(id)
	return slices.ContainsFunc(logs, func(l storage.HelpLog) bool { return l.What == wasAssigned && l.Person == person }), err
}

// tellAssigner keeps the promise "回话了告诉您" to whoever assigned a request.
func tellAssigner(t *line.Turn, h storage.Help, words string) error {
	asked, err := assigned(t.In, h.ID, t.Me)
	if err != nil || !asked {
		return err
	}
	return tellDesk(t.In, t.Book, h, fmt.Sprintf("answer.%d.%d", h.Round, t.Me), yourOrder, fmt.Sprintf("%d号%s%s。", h.Number, t.Book.Name(t.Me), words))
}

// tellUnreached tells whoever assigned a request that no channel reaches the one
// he named, and his telephone.
func tellUnreached(v storage.In, b *book.Book, h storage.Help, person int64) error {
	asked, err := assigned(v, h.ID, person)
	if err != nil || !asked || h.State != storage.Open {
		return err
	}
	return tellDesk(v, b, h, fmt.Sprintf("unreached.%d.%d", h.Round, person), yourOrder,
		fmt.Sprintf("%d号发不到%s那里，请打电话：%s。", h.Number, b.Name(person), orNone(b.Person(person).Phone)))
}

// yourOrder is what a lock screen shows of news about what she ordered.
const yourOrder = "您派的事有信了，回“看”"

// tellDesk owes those at the office's desk a line about a request.
func tellDesk(v storage.In, b *book.Book, h storage.Help, period, lead, words string) error {
	for _, p := range b.Holders(storage.Secretary, 0) {
		err := v.Owe(storage.Notice{
			Person: p, Kind: noteBack, Subject: subject(h.ID), Period: period, Weight: storage.Direct, Lead: lead, Words: words,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// number hears a line that is a request's number and nothing else.
func number(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Digits) != 1 || t.Read.Digits[0] < firstNumber {
		return line.Answer{}, nil
	}
	h, found, err := t.In.HelpNumbered(t.Read.Digits[0])
	if err != nil || !found || !access.HolderOf(t.Book, t.Me, h) {
		return line.Answer{}, err
	}
	return Status(t, h.Number)
}
