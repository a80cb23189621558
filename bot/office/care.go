package office

import (
	"cmp"
	"errors"
	"strings"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

// care sets what to know before one rings or knocks: 钥匙 桂花婶 在夏满妹那里; 听力 满爷爷
// 左耳好; 邻居 桂花婶 舒德贵 19900000005; 不识字 舒立新. Of elders it needs their consent.
func care(v storage.In, b *book.Book, e Entry, word, rest string) (string, error) {
	r := read.Read(rest, b.Reading(v.Now()))
	if len(r.Mentions) == 0 || len(r.Mentions[0].People) != 1 {
		return "", refusal("是哪一位？连几组一起讲，比如“设 " + word + " 3组桂花婶 …”。")
	}
	person := r.Mentions[0].People[0]
	span := r.Mentions[0].Span
	what := strings.Trim(rest[min(len(rest), span.To):], " :,在")
	what = strings.TrimSuffix(strings.TrimSuffix(what, "那里"), "手里")
	if word == "识字" || word == "不识字" {
		return reads(v, b, person, word == "识字")
	}
	why := b.Basis(person)
	if len(b.Roles(person)) > 0 {
		why = v.LegalDuty(person)
	}
	var err error
	if word == "邻居" {
		phone := telephone.FindString(what)
		neighbour := strings.Trim(strings.Replace(what, phone, "", 1), " ,是")
		if neighbour == "" {
			return "", refusal("邻居是哪个？讲“设 邻居 桂花婶 舒德贵 19900000005”这样。")
		}
		err = v.AddContact(storage.Contact{Person: person, Kind: storage.Watch, Name: neighbour, Relation: "邻居", Phone: phone}, why)
		what = neighbour + phone
	} else {
		err = v.SetTrait(storage.Trait{Person: person, Kind: word, Value: what, Owner: e.Owner, Source: e.Source}, why)
	}
	if errors.Is(err, storage.ErrNoConsent) {
		return "", refusal(b.Name(person) + "还没点头，这个不能记。请下回上门的人先问一声。")
	}
	return "设好了：" + b.Name(person) + "，" + word + cmp.Or(what, "去掉了") + "。", err
}

// reads sets whether somebody is asked by text or rung (settled.md 17).
func reads(v storage.In, b *book.Book, person int64, can bool) (string, error) {
	r := b.Reach(person)
	r.Person, r.PhoneOnly = person, !can
	said := "设好了：" + b.Name(person) + "不识字，有事请人打电话问，不发字。"
	if can {
		said = "设好了：" + b.Name(person) + "识字，有事发字问。"
	}
	return said, errors.Join(v.SetReach(r), v.Changed())
}
