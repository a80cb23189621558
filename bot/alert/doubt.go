package alert

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// doubts are the single questions to a sign that may be danger and may be
// nothing. Each says first what to do if it is. Yes is danger.
var doubts = map[read.Class]string{
	read.Life:     "喊不应、出不得气就先打120。人现在清醒不？清醒回“清醒”，不好回“不好”。",
	read.Poison:   "喝了农药就先打120！是喝了农药，还是吃药？回“农药”或“吃药”。",
	read.Gone:     "是过世了，还是出门没回来？回“过世”或“没回来”，出门做事去了回“没事”。",
	read.SelfHarm: "心里难受莫一个人待着，打12356有人听您讲，有危险打120。现在有人陪着不？回“有”或“没有”。",
	read.Child:    "孩子有危险马上打110。您讲的会保密。孩子现在安全吗？回“安全”或“不安全”。",
	read.Fire:     "有烟有火就先出来打119。现在有危险不？回“有”或“没有”。",
	read.Violence: "有危险马上打110。现在有人要挨打不？回“有”或“没有”。",
	read.Missing:  "找不到人就打110。现在找到没有？回“找到了”或“没找到”。",
	read.Fraud:    "莫转钱，莫报验证码。是有人问您要钱要码不？回“是”或“不是”。",
}

// meanings of an answer to a doubt, beside yes and no. The longer word is looked
// for first: 没有 is not 有.
var (
	worse = map[read.Class][]string{
		read.Life: {"不清醒", "不好", "喊不应", "不行", "没醒", "冇醒"}, read.Poison: {"农药", "除草剂", "敌敌畏", "老鼠药", "百草枯"},
		read.Gone: {"没回来", "冇回来", "没归屋", "找不到"}, read.SelfHarm: {"没有", "没得", "冇", "没人", "一个人"},
		read.Child: {"不安全", "没有", "不行", "还在打"}, read.Fire: {"有"}, read.Violence: {"有", "在打"},
		read.Missing: {"没找到", "冇找到", "找不到", "没有"}, read.Fraud: {"是", "转了", "给了"},
	}
	better = map[read.Class][]string{
		read.Life: {"清醒", "还好", "好的", "喊得应"}, read.Poison: {"吃药", "中药", "感冒药", "降压药"}, read.Gone: {"没事", "打工", "做事", "走亲"},
		read.SelfHarm: {"有"}, read.Child: {"安全", "没事"}, read.Fire: {"没有", "冇", "没得", "没事"},
		read.Violence: {"没有", "冇", "没得", "没事"}, read.Missing: {"找到", "回来了"}, read.Fraud: {"不是", "没有", "冇"},
	}
	died = []string{"过世", "去世", "死了", "不在了", "老了人"}
)

// patience is how long an answer is waited for before the office hears of the
// words as they stand. Nothing here closes by silence.
const patience = 10 * time.Minute

// Doubt hears a line that may be danger: it asks one question, and the office is
// told if no answer comes.
func Doubt(t *line.Turn) (line.Answer, error) {
	t.State.Keep()
	if t.Book == nil {
		return line.Ask(doubt(plain(t.Read.Danger.Class)) + "您是哪个镇哪个村的？"), nil
	}
	r := heard(t)
	data, err := r.pack()
	if err != nil {
		return line.Answer{}, err
	}
	if err := remind(t, r); err != nil {
		return line.Answer{}, err
	}
	return t.Question(line.Question{Line: name, Name: askSure, Data: t.Source() + data, Text: whom(t, r) + doubt(plain(r.Class))}), nil
}

func doubt(c read.Class) string {
	if q := doubts[c]; q != "" {
		return q
	}
	return doubts[read.Life]
}

// whom names the one who may have died, so that nobody is taken for another: to
// those who may know of him.
func whom(t *line.Turn, r report) string {
	id := r.elder()
	if r.Class != read.Gone || id == 0 || !access.May(t.Book, t.Me, access.Visited, id) {
		return ""
	}
	p := t.Book.Person(id)
	if age := t.Book.Age(id, t.Now()); age > 0 {
		return fmt.Sprintf("您讲的是%s（%d组，%d岁）？", p.Name, p.Group, age)
	}
	return fmt.Sprintf("您讲的是%s（%d组）？", p.Name, p.Group)
}

// remind owes the office the words as they stand, for when no answer comes. An
// answer clears it.
func remind(t *line.Turn, r report) error {
	c := circleOf(r.Class)
	people := holders(t.Book, t.Now(), r.group(t), c.roles)
	if r.Class == read.Child && len(people) == 0 {
		var err error
		if people, err = sealedInstead(t.In, t.Book, t.Me); err != nil {
			return err
		}
	}
	a := storage.Alert{Class: string(r.Class), Elder: r.elder(), Person: t.Me, Words: r.Words}
	words := fmt.Sprintf("%s%s：“%s”。问了一声，还没回话，请打电话看看。%s", ties(t.Book, r), place(t.Book, a), r.Words, teller(t.Book, a))
	for _, id := range people[:min(len(people), namesBound)] {
		if id == t.Me {
			continue
		}
		err := t.Owe(storage.Notice{
			Person: id, Kind: noteDoubt, Subject: doubtSubject(t.Source()), Period: "1", Weight: storage.Danger, Lead: lead, Words: words,
			NotBefore: storage.At(t.Now().Add(wait(r.Class))),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wait is nothing for a child or a life that somebody is tired of: a person
// looks at those words whatever the answer is.
func wait(c read.Class) time.Duration {
	if plain(c) == read.Child || c == read.SelfHarm {
		return 0
	}
	return patience
}

func doubtSubject(key string) string { return "doubt:" + key }

// keyLength is the length of a message's key (talk.Message).
const keyLength = 32

// answerSure hears the answer to a doubt.
func answerSure(t *line.Turn, q line.Question) (line.Answer, error) {
	if len(q.Data) < keyLength {
		return line.Answer{}, nil
	}
	r, err := unpack(q.Data[keyLength:])
	if err != nil {
		return line.Answer{}, err
	}
	clear := func() error {
		t.Close()
		return t.In.ClearNotices(noteDoubt, doubtSubject(q.Data[:keyLength]), "heard:"+t.Source()+" answers")
	}
	switch verdict(plain(r.Class), t.Read) {
	case isDanger:
		if err := clear(); err != nil {
			return line.Answer{}, err
		}
		r.Words = clip(r.Words+"；"+t.Read.Text, maxWords)
		return raise(t, r)
	case isDeath:
		if err := clear(); err != nil {
			return line.Answer{}, err
		}
		return condole(t, r)
	case isHarmless:
		if err := clear(); err != nil {
			return line.Answer{}, err
		}
		return line.Say(calm(t, plain(r.Class))), nil
	}
	return line.Answer{}, nil
}

type outcome int

const (
	unclear outcome = iota
	isDanger
	isHarmless
	isDeath
)

// verdict reads an answer. Where both readings are in it, the longer word wins:
// 不清醒 holds 清醒.
func verdict(c read.Class, r read.Reading) outcome {
	text := r.Text
	if c == read.Gone && longest(text, died) > 0 {
		return isDeath
	}
	bad, good := longest(text, worse[c]), longest(text, better[c])
	switch {
	case bad > good:
		return isDanger
	case good > bad:
		return isHarmless
	case c == read.Gone && r.Answer == read.No: // it is another, or none
		return isHarmless
	case r.Answer == read.Yes && yesIsDanger(c), r.Answer == read.No && !yesIsDanger(c):
		return isDanger
	case r.Answer == read.Yes, r.Answer == read.No:
		return isHarmless
	}
	return unclear
}

// yesIsDanger tells in which questions a bare 是 means the worse.
func yesIsDanger(c read.Class) bool {
	return slices.Contains([]read.Class{read.Fire, read.Violence, read.Fraud, read.Poison}, c)
}

// longest is the length of the longest of the words that the text holds.
func longest(text string, words []string) int {
	n := 0
	for _, w := range words {
		if strings.Contains(text, w) {
			n = max(n, len(w))
		}
	}
	return n
}

// calm ends a doubt that was none, with a way to a person.
func calm(t *line.Turn, c read.Class) string {
	text := "好，晓得了。"
	if c == read.SelfHarm {
		text = "好，莫离开他，我也告诉了" + t.Book.Called() + "。"
	}
	if c == read.Child {
		return "好，记下了，会保密。有危险马上打110。"
	}
	return text + "要人帮忙就直接讲" + ring(t) + "。"
}

func ring(t *line.Turn) string {
	if phone := t.Book.OnDuty(t.Now()); phone != "" {
		return "，急事打" + phone
	}
	return "，急病打120"
}

// condole keeps what was said of a death for a person; nothing is sent to the
// family by machine.
func condole(t *line.Turn, r report) (line.Answer, error) {
	if elder := r.elder(); elder != 0 {
		err := t.Publish(line.Fact{Kind: line.Dead, Person: elder, Words: r.Words})
		if err != nil || t.Said != "" {
			return line.Say(t.Said), err
		}
		return line.Ask("节哀。我告诉" + t.Book.Called() + "，由人来办，您不用再做什么。"), nil
	}
	return line.Ask("节哀。我告诉" + t.Book.Called() + "，由人来办，您不用再做什么。"), t.Leave(r.Words + "；" + t.Read.Text)
}
