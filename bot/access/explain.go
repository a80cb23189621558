package access

import (
	"fmt"
	"slices"
	"strings"

	"mishu/bot/book"
)

// Explain says in plain words why reader may know this about subject, or what he
// would have to be.
func Explain(b *book.Book, reader int64, kind Kind, subject int64) (string, error) {
	if !slices.Contains(Kinds, kind) {
		return "", fmt.Errorf("no kind %q: one of %v", kind, Kinds)
	}
	about := fmt.Sprintf("%s看%s的%s：", b.Name(reader), b.Name(subject), called[kind])
	if why := Why(b, reader, kind, subject); why != "" {
		return about + "可以，因为是" + why + "。", nil
	}
	return about + "不可以。可以的只有：" + strings.Join(rules[kind].who(kind), "、") + "。", nil
}

var called = map[Kind]string{
	Office: "职务", Door: "住址电话", Visited: "看望的日子", Seen: "看望时的情况", Reading: "血压这些读数", Wants: "求助", Kin: "屋里人和邻居", Care: "钥匙、听力",
	Ties: "代办", Agreed: "同意书", Words: "留的话", Minutes: "服务时长", Alarm: "警情", Sealed: "未成年人的密案",
}

// who are all whom a rule lets know.
func (r rule) who(kind Kind) []string {
	var all []string
	if kind != Sealed {
		all = append(all, "本人")
	}
	all = append(all, r.village...)
	for _, role := range r.group {
		all = append(all, "本组"+role)
	}
	for _, tie := range []struct {
		counts bool
		name   string
	}{{r.visitor, "探访人"}, {r.proxy, "本人肯他听的代办"}, {r.home, "同屋在家的人"}, {r.public, "村里人，问公开的职务"}} {
		if tie.counts {
			all = append(all, tie.name)
		}
	}
	return all
}
