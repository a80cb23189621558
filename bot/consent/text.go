package consent

import (
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// Text is what is read out before somebody answers. These texts are exempt from
// the length of a bubble (settled.md 25); each version is kept in the records.
func Text(b *book.Book, kind string, now time.Time) string {
	if kind == storage.ToHealth {
		return "身体情况（量血压、脚肿不肿这些），只有村医和" + b.Called() + "能看，要您另外点头才记。记录保存两年，您随时讲“不要记我身体情况”就不记了，记过的删掉。不点头也照样上门看您。"
	}
	return "这是" + b.Village.Name + "计生协的号，由" + b.Village.County + "计生协管。为了安排人上门看望、帮忙，要记您的姓名、住址、电话、屋里人电话，" +
		"只给上门的人、组长、村医和" + b.Called() + "看。保存到您不用以后两年，随时讲“退出”" + ring(b, now) + "就能查、改、删。不同意也照样能打电话找村里帮忙。"
}

func ring(b *book.Book, now time.Time) string {
	if phone := b.Office(now); phone != "" {
		return "或打" + phone
	}
	return ""
}

// proxyText is read out before an elder says what a child of his may hear.
func proxyText(b *book.Book, elder int64, p storage.Proxy) string {
	return b.Name(p.Person) + "是您" + b.Name(elder) + "的" + p.Relation + "，想晓得哪天有人来看过您、托人办的事办到哪了，别的不讲。肯就讲给他听，随时讲“莫告诉他”就停。"
}

// keepText keeps what is read out for a kind of consent, and gives its number.
func keepText(v storage.In, b *book.Book, kind string, elder, proxy int64) (string, error) {
	words := Text(b, kind, v.Now())
	if kind == storage.ToProxy {
		words = proxyText(b, elder, proxyOf(b, elder, proxy))
	}
	return v.KeepText(kind, words)
}

func proxyOf(b *book.Book, elder, person int64) storage.Proxy {
	for _, p := range b.SpokenFor(elder) {
		if p.Person == person {
			return p
		}
	}
	return storage.Proxy{Person: person, Elder: elder, Relation: "屋里人"}
}
