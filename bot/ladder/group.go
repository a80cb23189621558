package ladder

import (
	"fmt"
	"time"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

// GroupText is a request for the village's group of chats, where the account
// cannot post: no name, no door, and how to take it (settled.md 23).
func GroupText(b *book.Book, h storage.Help, now time.Time) string {
	return fmt.Sprintf("%s要%s%s，哪位得空？给公众号回“接%d”，或找%s。", Where(b, h.Elder), say.Services[h.Service], whenWords(h, now), h.Number, b.Called())
}

// Loud is a request for the loudspeaker: three sentences that are understood by
// the ear alone.
func Loud(b *book.Book, h storage.Help, now time.Time) string {
	first := fmt.Sprintf("各位乡亲，%s要人帮忙：%s%s。", Where(b, h.Elder), plain[h.Service], whenWords(h, now))
	ring := b.Called()
	if phone := b.Office(now); phone != "" {
		ring += "，电话" + phone
	}
	return first + "得空的请找" + ring + "。一个人去就够，多谢大家。"
}

func whenWords(h storage.Help, now time.Time) string {
	if h.WishGrain == "" || h.WishGrain == "any" {
		return ""
	}
	return "，" + say.Time(h.WishAt.Time(), h.WishGrain, now)
}

// plain are the services for people who have never heard their official names.
var plain = map[string]string{
	"yi": "陪着看病拿药", "hu": "照看病人", "lao": "出力气做点事", "chu": "做餐饭", "xi": "洗衣服被子", "fu": "陪着走一趟", "xue": "教手机、念信",
	"comfort": "上门看望一下", "other": "帮个忙",
}
