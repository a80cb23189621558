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

// wordsFor is an alert as one of those who were told reads it: who, where, what
// was said, by whom, and what to answer. Whoever rings the family, an office
// holder, gets their telephones too; the machine rings nobody (settled.md 3).
func wordsFor(v storage.In, b *book.Book, a storage.Alert, reader int64, extra string) (string, error) {
	words := fmt.Sprintf("【%s】%s%s：“%s”。%s%s", title(class(a)), place(b, a), way(b, a.Elder), a.Words, extra, teller(b, a))
	if a.Elder != 0 && b.Has(reader, storage.Secretary, storage.Chair) && !circleOf(class(a)).sealed && class(a) != read.Violence {
		kin, err := kin(v, a.Elder)
		if err != nil {
			return "", err
		}
		words += kin
	}
	if circleOf(class(a)).sealed {
		return words + "莫转给别人，原话留好，请马上报告。办了回“我去了”。", nil
	}
	return words + "动身回“我去了”，看到回“收到”，去不成回“去不了”。", nil
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
