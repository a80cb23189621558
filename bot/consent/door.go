package consent

import (
	"fmt"
	"regexp"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// open is one thing that an elder has not been asked yet.
type open struct {
	kind  string
	about int64
}

// unasked is the first thing that an elder has not been asked. Who said no is not
// asked again by us.
func unasked(t *line.Turn, elder int64) (open, bool) {
	if t.Book.Answered(elder, storage.ToBasic, 0) == "" && t.Book.Answered(elder, storage.ToHealth, 0) == "" {
		return open{kind: storage.ToBasic}, true
	}
	for _, p := range t.Book.SpokenFor(elder) {
		if p.How != storage.Claimed && (t.Book.Answered(elder, storage.ToProxy, p.Person) == "" || runsOut(t.Book, p, t.Now())) {
			return open{storage.ToProxy, p.Person}, true
		}
	}
	return open{}, false
}

// askNext hears that somebody met an elder: whoever stands or stood at the door
// asks there what has to be asked (settled.md 25, 26). One question a report.
func askNext(t *line.Turn, f line.Fact) error {
	if t.State.Open != nil || f.Person == t.Me || !access.May(t.Book, t.Me, access.Agreed, f.Person) {
		return nil
	}
	if o, there := unasked(t, f.Person); there {
		put(t, f.Person, o)
	}
	return nil
}

// put asks the visitor what the elder said to one thing.
func put(t *line.Turn, elder int64, o open) line.Answer {
	called := t.Book.Name(elder)
	text := fmt.Sprintf("%s还没点过头：记住址电话肯不肯？肯回“点头”，身体也肯记回“都肯”，不肯回“不肯”，没问回“没问”，要念给老人听回“念”。", called)
	if o.kind == storage.ToProxy {
		p := proxyOf(t.Book, elder, o.about)
		wants := "想晓得"
		if runsOut(t.Book, p, t.Now()) {
			wants = "还想听"
		}
		text = fmt.Sprintf("%s的%s%s"+wants+"看望的日子，老人肯不肯？肯回“点头”，不肯回“不肯”，没问回“没问”。", called, p.Relation, t.Book.Name(p.Person))
	}
	return t.Question(line.Question{Line: name, Name: askDoor, Ref: elder, Refs: []int64{o.about}, Data: o.kind, Text: text})
}

var (
	saysBoth = regexp.MustCompile(`^(都|全|身体也)(肯|点头|同意|要得|行)`)
	saysYes  = regexp.MustCompile(`^(她|他|老人|本人)?(点头|点了头|点过头|肯|同意)`)
	saysNo   = regexp.MustCompile(`^(她|他|老人|本人)?(不肯|不同意|不点头|没点头|不要记|不愿)`)
	notAsked = regexp.MustCompile(`^(没问|冇问|没有问|忘了问|还没问|下回|下次)`)
)

// answerDoor hears what the elder said. 好 and 收到 say nothing about the elder.
func answerDoor(t *line.Turn, q line.Question) (line.Answer, error) {
	o, text := open{q.Data, q.Refs[0]}, strings.Trim(t.Read.Text, " 。，,.！!")
	switch {
	case text == "念" || strings.HasPrefix(text, "念"):
		return line.Ask(aloud(t, q.Ref, o) + "\n念完讲“点头”“不肯”。"), nil
	case notAsked.MatchString(text) || t.Read.Word == "不晓得":
		t.Close()
		return line.Say("好，下回上门再问。"), nil
	case saysNo.MatchString(text):
		return record(t, q.Ref, o, storage.Denied, false)
	case saysBoth.MatchString(text):
		return record(t, q.Ref, o, storage.Given, true)
	case saysYes.MatchString(text) || t.Read.Answer == read.Yes && len(t.Read.Mentions) == 0 && t.Read.Rest == "":
		return record(t, q.Ref, o, storage.Given, false)
	}
	return line.Answer{}, nil
}

// aloud is the text to be read out at the door.
func aloud(t *line.Turn, elder int64, o open) string {
	if o.kind == storage.ToProxy {
		return proxyText(t.Book, elder, proxyOf(t.Book, elder, o.about))
	}
	return Text(t.Book, storage.ToBasic, t.Now()) + Text(t.Book, storage.ToHealth, t.Now())
}

// record stores the elder's answer, and asks what is left to ask of him.
func record(t *line.Turn, elder int64, o open, answer string, health bool) (line.Answer, error) {
	t.Close()
	if o.kind == storage.ToProxy {
		err := agree(t, said{person: elder, kind: o.kind, about: o.about, answer: answer, way: storage.AtDoor})
		return then(t, elder, o, answer, health), err
	}
	toHealth := storage.Denied
	if health {
		toHealth = storage.Given
	}
	err := both(t, elder, answer, toHealth, storage.AtDoor, "")
	return then(t, elder, o, answer, health), err
}

// then reads the answer back.
func then(t *line.Turn, elder int64, o open, answer string, health bool) line.Answer {
	called := t.Book.Name(elder)
	switch {
	case o.kind == storage.ToProxy && answer == storage.Given:
		return line.Say(fmt.Sprintf("记下了：%s肯，看望的日子我讲给%s听。", called, t.Book.Name(o.about)))
	case o.kind == storage.ToProxy:
		return line.Say(fmt.Sprintf("记下了：%s不肯，不讲给%s听。", called, t.Book.Name(o.about)))
	case answer != storage.Given:
		return line.Say(called + "不肯，只记看望的日子、是哪个去的、见到没有。照样上门看。")
	case health:
		return line.Say("记下了：" + called + "都肯。身体的事只有村医和" + t.Book.Called() + "能看。")
	}
	return line.Say("记下了：" + called + "点了头，身体的事不记。身体有情况请打电话跟村医讲。")
}

// bySomebody is a line that tells what an elder said: 桂花婶点头了, 满爷爷都肯.
var bySomebody = regexp.MustCompile(`(点头了?|点了头|都肯了?|都点头了?|不肯记|不同意记|同意记)$`)

// about hears at any time what an elder said at the door.
func about(t *line.Turn) (line.Answer, error) {
	text := strings.TrimRight(t.Read.Text, " 。，,.！!")
	if !bySomebody.MatchString(text) || len(t.Read.Mentions) != 1 || len(t.Read.Mentions[0].People) != 1 {
		return line.Answer{}, nil
	}
	elder := t.Read.Mentions[0].People[0]
	if elder == t.Me || !access.May(t.Book, t.Me, access.Agreed, elder) {
		return line.Answer{}, nil
	}
	o, there := unasked(t, elder)
	if !there {
		o = open{kind: storage.ToBasic}
	}
	switch {
	case strings.HasSuffix(text, "不肯记"), strings.HasSuffix(text, "不同意记"):
		return record(t, elder, o, storage.Denied, false)
	case strings.Contains(text, "都"):
		return record(t, elder, open{kind: storage.ToBasic}, storage.Given, true)
	}
	return record(t, elder, o, storage.Given, false)
}
