package alert

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

func class(a storage.Alert) read.Class { return read.Class(a.Class) }

// titles name the classes for those who are told.
var titles = map[read.Class]string{
	read.Life: "急病急伤", read.Poison: "中毒", read.Fire: "火气水", read.SelfHarm: "轻生", read.Child: "孩子的事，要保密",
	cadre: "孩子的事，只报县里", childCounty: "孩子的事，要保密", placeless: "急事，哪个村还不晓得", fromAfar: "电话打不通", breach: "手机丢了或走漏了消息",
	read.Violence: "打人伤人", read.Missing: "人走丢", read.Gone: "人没回来", read.Fraud: "诈骗",
	noContact: "叫门没人应",
}

func title(c read.Class) string {
	if t := titles[c]; t != "" {
		return t
	}
	return "急事"
}

// place is whom an alert is about and in which group, for those who may know.
func place(b *book.Book, a storage.Alert) string {
	p := b.Person(a.Elder)
	if p.ID == 0 {
		return "（哪一家看原话）"
	}
	return inGroup(p.Group) + p.Name
}

// whose is place for a sentence in which it may stay away.
func whose(b *book.Book, a storage.Alert) string {
	if a.Elder == 0 {
		return ""
	}
	return place(b, a)
}

// wordsFor is an alert as one of those who were told reads it: who, where, what
// was said, by whom, and what to answer. Whoever rings the family, an office
// holder, gets their telephones too; the machine rings nobody (settled.md 3).
func wordsFor(v storage.In, b *book.Book, a storage.Alert, reader int64, extra string) (string, error) {
	words := fmt.Sprintf("【%s】%s%s：“%s”。%s%s", title(class(a)), place(b, a), way(b, a.Elder), a.Words, extra, teller(b, a))
	if b.Has(reader, storage.Secretary, storage.Chair) && ringsKin(a) {
		kin, err := kin(v, a.Elder)
		if err != nil {
			return "", err
		}
		words += kin
	}
	cars, err := cars(v, b, a, reader)
	if err != nil {
		return "", err
	}
	words += cars + duty(b, a, v.Now())
	if circleOf(class(a)).report {
		return words + "莫转给别人，原话留好，马上打110报告。报了把号发来：“接警号”加号码。", nil
	}
	if class(a) == breach {
		return words, nil
	}
	return words + "动身回“我去了”，看到回“收到”，去不成回“去不了”。", nil
}

// ringsKin reports whether the family is to be rung: not of what is sealed, nor
// where somebody of the family may be the cause (village practice N).
func ringsKin(a storage.Alert) bool {
	c := class(a)
	return a.Elder != 0 && !circleOf(c).sealed && c != read.Violence && c != breach && !(c == read.SelfHarm && kinIsCause(a.Words))
}

// kinWords and harmWords together in a line say that the family is the cause.
var (
	kinWords  = []string{"崽", "儿", "媳妇", "女婿", "老公", "堂客", "丈夫", "老婆", "屋里人", "孙", "爸", "妈", "爹", "娘"}
	harmWords = []string{"打我", "骂", "逼", "赶", "吵", "嫌", "虐", "不给", "欺", "打他", "打她"}
)

func kinIsCause(words string) bool { return holds(words, kinWords) && holds(words, harmWords) }

// duty is what the law or the village's practice asks of those who are told of a
// class of danger.
func duty(b *book.Book, a storage.Alert, now time.Time) string {
	switch c := class(a); {
	case c == read.SelfHarm && kinIsCause(a.Words):
		return "莫离人。起因可能在屋里人，先莫打他们的电话。"
	case c == read.SelfHarm:
		return "莫离人，请医生和屋里人陪着。"
	case c == read.Violence && unable(b, a.Elder, now):
		return "本人报不了警的，按规定要马上报派出所。"
	case c == placeless:
		return "已请他讲村名。晓得是哪里的，请马上打电话给那个村。"
	case c == fromAfar:
		return "请两个人去屋里看一眼；叫不应就打110、120，莫撞门。看到人请打电话给他。"
	case c == noContact:
		return "请马上打110、120。开不开门由派出所和屋里人定，莫一个人进去，莫撞门。"
	case c == read.Missing && a.Elder != 0:
		return loudspeaker(b, a, now)
	}
	return ""
}

// unable reports whether somebody cannot call the police himself: the law asks
// those who learn of it in office to do it at once.
func unable(b *book.Book, id int64, now time.Time) bool {
	p, _ := b.Plan(id)
	age := b.Age(id, now)
	return holds(p.Kinds, []string{"失能", "失智", "重残"}) || age > 0 && age < 18
}

// loudspeaker is what a person may read out over the village's loudspeaker.
func loudspeaker(b *book.Book, a storage.Alert, now time.Time) string {
	age := ""
	if n := b.Age(a.Elder, now); n > 0 {
		age = fmt.Sprintf("，%d岁", n)
	}
	call := "。"
	if phone := b.Office(now); phone != "" {
		call = "，打" + phone + "。"
	}
	return fmt.Sprintf("大喇叭可以这样喊：“各位乡亲，%s%s%s走散了。看见的请留住他%s”", inGroup(b.Person(a.Elder).Group), b.Name(a.Elder), age, call)
}

func way(b *book.Book, elder int64) string {
	p := b.Person(elder)
	var parts []string
	if p.Door != "" {
		parts = append(parts, p.Door)
	}
	if p.Phone != "" {
		parts = append(parts, "电话"+p.Phone)
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "，") + "）"
}

// teller is who said it, with a telephone to ask back.
func teller(b *book.Book, a storage.Alert) string {
	p := b.Person(a.Person)
	switch {
	case class(a) == childCounty: // it stands in the words: he is of another village
		return ""
	case p.ID == 0:
		return "没登记的人讲的。"
	case p.ID == a.Elder:
		return "本人讲的。"
	case p.Phone == "":
		return inGroup(p.Group) + p.Name + "讲的，没留电话。"
	}
	return inGroup(p.Group) + p.Name + "讲的，电话" + p.Phone + "。"
}

// kinBound is how many relatives a notice lists.
const kinBound = 3

func kin(v storage.In, elder int64) (string, error) {
	contacts, err := v.Contacts(elder)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, c := range contacts {
		if c.Kind == storage.Kin && c.Phone != "" && len(parts) < kinBound {
			parts = append(parts, c.Relation+c.Name+c.Phone)
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	return "家里人请您打：" + say.List(parts) + "。", nil
}

// ties lists who may be meant where a name fits several.
func ties(b *book.Book, r report) string {
	if len(r.Elders) < 2 {
		return ""
	}
	var parts []string
	for _, id := range r.Elders {
		p := b.Person(id)
		parts = append(parts, inGroup(p.Group)+p.Name)
	}
	return "可能是" + strings.Join(parts, "或") + "。"
}

// since says how long an alert has been open.
func since(a storage.Alert, now time.Time) string {
	switch d := now.Sub(a.CreatedAt.Time()); {
	case d < time.Minute:
		return "刚才"
	case d < time.Hour:
		return fmt.Sprintf("%d分钟", d/time.Minute)
	case d < 24*time.Hour:
		return fmt.Sprintf("%d个钟头", d/time.Hour)
	default:
		return fmt.Sprintf("%d天", d/(24*time.Hour))
	}
}
