package who

import (
	"fmt"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// agenda is who has waited for a day to be known, or whom nobody else can be
// asked about (settled.md 17), and what words wait to be read. A point's
// reference is a member's id, or the negative of a slip's.
func agenda(v storage.In, b *book.Book) ([]line.Point, error) {
	members, err := v.MembersIn(storage.Pending, 100)
	if err != nil {
		return nil, err
	}
	waits, err := v.VouchingsFor(members)
	if err != nil {
		return nil, err
	}
	var points []line.Point
	for _, m := range members {
		w, asked := waits[m.ID]
		if asked && w.Step < byNobody && v.Now().Sub(w.Since.Time()) < unansweredAfter {
			continue // whoever knows him was asked, and has a day
		}
		since := m.CreatedAt
		if asked {
			since = w.Since
		}
		points = append(points, line.Point{Ref: m.ID, Words: "登记 " + label(m) + " 认识不认识", Weight: storage.Unasked, Since: since})
	}
	slips, err := v.OpenSlips()
	if err != nil {
		return nil, err
	}
	for _, s := range slips {
		words, err := slipWords(v, b, s)
		if err != nil {
			return nil, err
		}
		points = append(points, line.Point{Ref: -s.ID, Words: words, Weight: storage.Unasked, Since: s.CreatedAt})
	}
	return points, nil
}

func slipWords(v storage.In, b *book.Book, s storage.Slip) (string, error) {
	from, err := sender(v, b, s)
	if err != nil {
		return "", err
	}
	switch talk.Kind(s.Kind) {
	case talk.Voice:
		return "语音 " + from + " 没听", nil
	case talk.Image, talk.Video:
		return "图 " + from + " 没看", nil
	}
	return "留话 " + from + " " + told(s), nil
}

// act hears what the secretary-general says of a point of her brief.
func act(t *line.Turn, ref int64) (line.Answer, error) {
	if ref < 0 {
		return look(t, -ref)
	}
	m, found, err := t.In.Member(ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	one := []storage.Member{m}
	if !aboutFaces(t.Read.Text) {
		return line.Ask(fmt.Sprintf("%s想登记。认识回“认识”，不认识回“不认识”。", label(m))), nil
	}
	return decide(t, one, []verdict{verdictOf(t.Read.Text)})
}

// freshPending lets notices about a newcomer live as long as he waits.
func freshPending(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	id, err := memberID(*n)
	if err != nil {
		return "", err
	}
	m, _, err := v.Member(id)
	if err == nil && m.State != storage.Pending {
		return n.Subject + " is " + m.State, nil
	}
	return "", err
}

func memberID(n storage.Notice) (int64, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "member:"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	return id, nil
}
