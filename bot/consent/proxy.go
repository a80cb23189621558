package consent

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// Vouched is how a proxy came about whom somebody knows by face.
const Vouched = "当面"

func subject(person, elder int64) string { return fmt.Sprintf("proxy:%d:%d", person, elder) }

// relations are what a child calls himself, and what is written.
var relations = regexp.MustCompile(`(儿子|女儿|儿媳|女婿|孙子|孙女|外孙女|外孙|媳妇|侄子|侄女|崽|女|弟弟|妹妹|哥哥|姐姐)`)

// Relation is the word in a line for what somebody is to an elder.
func Relation(text string) string {
	switch r := relations.FindString(text); r {
	case "崽":
		return "儿子"
	case "女":
		return "女儿"
	case "媳妇":
		return "儿媳"
	case "":
		return "屋里人"
	default:
		return r
	}
}

// speaks hears somebody who is bound say whose child he is: 我是刘满生的崽. Whoever
// knows his face is asked; the elder comes second (settled.md 26).
func speaks(t *line.Turn) (line.Answer, error) {
	if t.Read.Intent != read.Register || t.Read.As == "" || len(t.Read.Mentions) == 0 || len(t.Read.Mentions[0].People) != 1 {
		return line.Answer{}, nil
	}
	elder := t.Read.Mentions[0].People[0]
	if elder == t.Me {
		return line.Answer{}, nil
	}
	said := "好，记下了。先请人认一下，认了再问老人自己肯不肯您听。要人帮忙现在就可以讲。"
	if slices.ContainsFunc(t.Book.Proxies(t.Me), func(p storage.Proxy) bool { return p.Elder == elder && p.How != storage.Claimed }) {
		return line.Say(said), nil // in the same words, whatever the elder has said
	}
	err := t.In.AddProxy(storage.Proxy{Person: t.Me, Elder: elder, Relation: Relation(t.Read.Text), Until: yearOn(t), How: storage.Claimed})
	if err != nil {
		return line.Answer{}, err
	}
	if err := t.In.Changed(); err != nil {
		return line.Answer{}, err
	}
	words := fmt.Sprintf("%s讲他是%d组%s的%s，想替老人讲事。是就回“是他屋里人”，不是回“不是他屋里人”。",
		t.Book.Name(t.Me), t.Book.Person(elder).Group, t.Book.Name(elder), Relation(t.Read.Text))
	for _, id := range knowers(t.Book, t.Book.Person(elder).Group, t.Me) {
		err := t.Owe(storage.Notice{
			Person: id, Kind: noteProxy, Subject: subject(t.Me, elder), Period: storage.Day(t.Now()), Weight: storage.Direct, Lead: line.Lead, Words: words,
		})
		if err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(said), nil
}

// yearOn is the last day of a year from now: a proxy is renewed at 春节.
func yearOn(t *line.Turn) string { return storage.Day(t.Now().AddDate(1, 0, 0)) }

// knowers are who is asked about a face: the leader of the group who reads, else
// the secretary-general.
func knowers(b *book.Book, group int, without int64) []int64 {
	ids := slices.DeleteFunc(b.Holders(storage.Leader, group), func(id int64) bool { return id == without || b.Reach(id).PhoneOnly })
	if group == 0 || len(ids) == 0 {
		ids = slices.DeleteFunc(b.Holders(storage.Secretary, 0), func(id int64) bool { return id == without })
	}
	return ids
}

var knows = regexp.MustCompile(`^(不)?是(他|她|老人)?(的)?(屋里人|家里人|崽|儿子|女儿|女|媳妇)$`)

// vouches hears whoever knows the face say so; the oldest claim comes first.
func vouches(t *line.Turn) (line.Answer, error) {
	m := knows.FindStringSubmatch(strings.Trim(t.Read.Text, " 。，,.！!的了"))
	if m == nil || !t.Is(storage.Secretary, storage.Leader, storage.Chair) {
		return line.Answer{}, nil
	}
	claims := claimed(t)
	if len(claims) == 0 {
		return line.Say("现在没有等您认的屋里人。"), nil
	}
	return decide(t, claims[0], m[1] == "", len(claims)-1)
}

// claimed are the proxies about whom the speaker may say whether it is so.
func claimed(t *line.Turn) []storage.Proxy {
	var all []storage.Proxy
	for _, p := range t.Book.Claims(storage.Claimed) {
		mine := slices.Contains(t.Book.Holders(storage.Leader, t.Book.Person(p.Elder).Group), t.Me)
		if (mine || t.Is(storage.Secretary, storage.Chair)) && p.Person != t.Me {
			all = append(all, p)
		}
	}
	return all
}

// decide passes or shuts the first gate.
func decide(t *line.Turn, p storage.Proxy, yes bool, more int) (line.Answer, error) {
	called := fmt.Sprintf("%s是%s的%s", t.Book.Name(p.Person), t.Book.Name(p.Elder), p.Relation)
	if err := t.In.ClearNotices(noteProxy, subject(p.Person, p.Elder), subject(p.Person, p.Elder)+" is decided"); err != nil {
		return line.Answer{}, err
	}
	left := ""
	if more > 0 {
		left = fmt.Sprintf("还有%d个要认的，回“是他屋里人”接着认。", more)
	}
	if !yes {
		err := t.In.EndProxy(p.Person, p.Elder)
		return line.Say("好，没认：" + called + "。" + left), err
	}
	p.How, p.MayHear = Vouched, false
	if err := Pass(t.In, t.Book, p, t.Me); err != nil {
		return line.Answer{}, err
	}
	return line.Say("好，认了：" + called + "。他可以替老人讲事；听不听得，下回上门的人问老人。" + left), t.In.Changed()
}

// Pass lets a proxy through the first gate, and asks the elder's visitor to put
// the question of the second at the door. The caller calls Changed.
func Pass(v storage.In, b *book.Book, p storage.Proxy, by int64) error {
	if err := v.AddProxy(p); err != nil {
		return err
	}
	if err := v.PassGate(storage.Gate{Person: p.Person, Elder: p.Elder, VouchedBy: by}); err != nil {
		return err
	}
	plan, listed := b.Plan(p.Elder)
	if !listed || plan.Visitor == 0 || b.Answered(p.Elder, storage.ToProxy, p.Person) != "" {
		return nil
	}
	return v.Carry(storage.Notice{
		Person: plan.Visitor, Kind: noteDoor, Subject: subject(p.Person, p.Elder), Period: storage.Day(v.Now()), Weight: storage.Direct,
		Words: fmt.Sprintf("下回去%s屋里，帮问一声：%s%s想晓得看望的日子，老人肯不肯。", b.Name(p.Elder), p.Relation, b.Name(p.Person)),
	})
}

// known hears that a newcomer whom somebody knows by face said whose child he is.
func known(t *line.Turn, f line.Fact) error {
	if was := proxyOf(t.Book, f.Of, f.Person); was.How != "" && was.How != storage.Claimed {
		return nil // he may speak already
	}
	p := storage.Proxy{Person: f.Person, Elder: f.Of, Relation: Relation(f.Words), Until: yearOn(t), How: Vouched}
	if err := Pass(t.In, t.Book, p, t.Me); err != nil {
		return err
	}
	return t.In.Changed()
}

// pairOf reads back whom a notice is about.
func pairOf(subject string) (person, elder int64) {
	parts := strings.Split(subject, ":")
	if len(parts) == 3 {
		person, _ = strconv.ParseInt(parts[1], 10, 64)
		elder, _ = strconv.ParseInt(parts[2], 10, 64)
	}
	return person, elder
}

// freshProxy lets the question about a face live until somebody has decided.
func freshProxy(_ storage.In, b *book.Book, n *storage.Notice) (string, error) {
	person, elder := pairOf(n.Subject)
	if proxyOf(b, elder, person).How != storage.Claimed {
		return n.Subject + " is decided", nil
	}
	return "", nil
}

// freshDoor lets the visitor's errand live until the elder has answered.
func freshDoor(_ storage.In, b *book.Book, n *storage.Notice) (string, error) {
	person, elder := pairOf(n.Subject)
	if b.Answered(elder, storage.ToProxy, person) != "" {
		return n.Subject + " is answered", nil
	}
	return "", nil
}
