package help

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// anytime is the grain of a request whose asker has no wish about the day.
const anytime = "any"

// whole is a request for those who may know everything: 助医，王桂香（2组），明天（25号星期三）上午，去镇卫生院看腰.
func whole(b *book.Book, h storage.Help, now time.Time) string {
	parts := []string{say.Services[h.Service], person(b, h.Elder)}
	if h.WishGrain != "" {
		parts = append(parts, say.Time(h.WishAt.Time(), h.WishGrain, now))
	}
	if h.Detail != "" {
		parts = append(parts, say.Clip(h.Detail, 40))
	}
	return strings.Join(parts, "，")
}

// brief is a request in a few characters, for those who may know it.
func brief(b *book.Book, h storage.Help, now time.Time) string {
	if h.WishGrain == "" || h.WishGrain == anytime {
		return say.Services[h.Service] + " " + b.Name(h.Elder)
	}
	return say.Services[h.Service] + " " + b.Name(h.Elder) + " " + say.Time(h.WishAt.Time(), h.WishGrain, now)
}

// errand is a request as its holder needs it: what, when, the door, and the
// asker's own words.
func errand(b *book.Book, h storage.Help, now time.Time) string {
	parts := []string{say.Services[h.Service]}
	if w := when(h, now); w != "" {
		parts = append(parts, w)
	}
	parts = append(parts, door(b, h.Elder))
	if h.Detail != "" {
		words := strings.Replace(h.Detail, b.Name(h.Elder), "", 1) // named before
		parts = append(parts, "原话“"+say.Clip(strings.TrimSpace(words), 30)+"”")
	}
	return strings.Join(parts, "，")
}

func person(b *book.Book, id int64) string {
	p := b.Person(id)
	if p.Group == 0 {
		return b.Name(id)
	}
	return fmt.Sprintf("%s（%d组）", b.Name(id), p.Group)
}

// door tells a holder how to get there.
func door(b *book.Book, elder int64) string {
	p := b.Person(elder)
	parts := []string{person(b, elder)}
	if p.Door != "" {
		parts = append(parts, p.Door)
	}
	if p.Phone != "" {
		parts = append(parts, "电话"+p.Phone)
	} else {
		parts = append(parts, "没有电话")
	}
	return strings.Join(parts, "，")
}

// urgentLine ends what is said about a running request: whom to ring.
func urgentLine(t *line.Turn) string {
	if phone := t.Office(); phone != "" {
		return "急事打" + phone + "。"
	}
	return ""
}

// soon is how long somebody waits for news of what is urgent.
const soon = 30 * time.Minute

// promised is the time by which the asker hears something, and its name.
func promised(b *book.Book, h storage.Help, now time.Time) (time.Time, string) {
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, storage.Shanghai)
	noon, dusk := midnight.Add(12*time.Hour), midnight.Add(18*time.Hour)
	switch {
	case h.Urgent:
		if night, ends := b.Night(now); night {
			at := ends.Add(soon)
			return at, say.Day(at, now) + say.Clock(at) + "前"
		}
		return now.Add(soon), "半个钟头内"
	case h.WishGrain == anytime:
		return midnight.AddDate(0, 0, 2).Add(18 * time.Hour), "两天内"
	case now.Before(noon.Add(-90 * time.Minute)):
		return noon, "中午前"
	case now.Before(dusk.Add(-90 * time.Minute)):
		return dusk, "傍晚前"
	}
	return midnight.AddDate(0, 0, 1).Add(12 * time.Hour), "明天中午前"
}
