package consent

import (
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// patience is how long a claim waits for whoever knows the face before it stands
// in the brief (settled.md 17).
const patience = 24 * time.Hour

// agenda is the claims that nobody has decided about for a day. A point's
// reference is both ids in one: it must mean the same all day.
func agenda(v storage.In, b *book.Book) ([]line.Point, error) {
	var points []line.Point
	for _, p := range b.Claims(storage.Claimed) {
		told, err := v.NoticesAbout(noteProxy, subject(p.Person, p.Elder))
		if err != nil {
			return nil, err
		}
		if len(told) > 0 && v.Now().Sub(told[0].CreatedAt.Time()) < patience {
			continue
		}
		since := storage.At(v.Now())
		if len(told) > 0 {
			since = told[0].CreatedAt
		}
		points = append(points, line.Point{
			Ref: p.Person<<32 | p.Elder, Words: b.Name(p.Person) + "是不是" + b.Name(p.Elder) + "的" + p.Relation, Weight: storage.Unasked, Since: since,
		})
	}
	return points, nil
}

// act hears what the secretary-general says of a claim in her brief.
func act(t *line.Turn, ref int64) (line.Answer, error) {
	p := proxyOf(t.Book, ref&(1<<32-1), ref>>32)
	if p.How != storage.Claimed {
		return line.Say("这件先前定过了。"), nil
	}
	text := strings.TrimSpace(t.Read.Text)
	switch {
	case t.Read.Answer == read.No || strings.HasPrefix(text, "不"):
		return decide(t, p, false, 0)
	case t.Read.Answer == read.Yes || strings.HasPrefix(text, "是") || strings.HasPrefix(text, "认"):
		return decide(t, p, true, 0)
	}
	return line.Ask(t.Book.Name(p.Person) + "是不是" + t.Book.Name(p.Elder) + "的" + p.Relation + "？是回“是他屋里人”，不是回“不是他屋里人”。"), nil
}
