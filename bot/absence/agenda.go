package absence

import (
	"fmt"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// agenda is what waits for the secretary-general: absences that others said,
// those whose end has come, proposals. A point's reference is an absence's id, or
// the negative of a proposal's.
func agenda(v storage.In, b *book.Book) ([]line.Point, error) {
	var points []line.Point
	for _, state := range []string{storage.AbsenceSaid, storage.AbsenceOn} {
		all, err := v.Absences(state)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if words := pointWords(v, b, a); words != "" {
				points = append(points, line.Point{Ref: a.ID, Words: words, Weight: storage.Unasked, Since: a.CreatedAt})
			}
		}
	}
	proposals, err := v.OpenProposals()
	if err != nil {
		return nil, err
	}
	for _, p := range proposals {
		points = append(points, line.Point{Ref: -p.ID, Words: proposalWords(b, p), Weight: storage.Unasked, Since: p.CreatedAt})
	}
	return append(points, orphaned(b)...), nil
}

func pointWords(v storage.In, b *book.Book, a storage.Absence) string {
	over := a.Until != "" && a.Until <= storage.Day(v.Now())
	switch {
	case a.State == storage.AbsenceSaid && a.Kind == storage.Died:
		return fmt.Sprintf("%s 过世了（%s讲的）是不是", where(b, a.Person), b.Name(a.SaidBy))
	case over:
		return fmt.Sprintf("%s到了日子 %s 回来没有", a.Kind, where(b, a.Person))
	case a.State == storage.AbsenceSaid:
		return fmt.Sprintf("%s %s 到%s（%s讲的）停不停探访", a.Kind, where(b, a.Person), onDay(a.Until), b.Name(a.SaidBy))
	}
	return ""
}

// act hears her word about one point.
func act(t *line.Turn, ref int64) (line.Answer, error) {
	switch {
	case ref < 0:
		return settleProposal(t, -ref)
	case ref > orphanRef:
		return handOver(t, ref-orphanRef)
	}
	a, found, err := t.In.Absence(ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	yes, no := answer(t)
	switch {
	case holds(t.Read.Text, backWords):
		if a, _, err = t.In.LockAbsence(ref); err != nil {
			return line.Answer{}, err
		}
		if err := end(t, a, storage.AbsenceEnded); err != nil {
			return line.Answer{}, err
		}
		return line.Say("好，" + who(t.Book, a.Person) + "回来了，探访照常" + visitorWords(t, a.Person) + "。"), nil
	case a.State == storage.AbsenceOn && (no || holds(t.Read.Text, awayStill)):
		a.Until = untilDay(t.Read, t.Now(), a.Kind)
		a.AskAt = asksAt(a.Until)
		return line.Say(fmt.Sprintf("好，%s还没回来，%s再问。", who(t.Book, a.Person), onDay(a.Until))), t.In.SaveAbsence(a)
	case a.State == storage.AbsenceSaid && (yes || no || t.Read.Word == "过世"):
		return decide(t, a.ID, !no)
	}
	return line.Ask(pointWords(t.In, t.Book, a) + "？是就回数字加“对”，不是加“不是”，回来了加“回来了”。"), nil
}

// answer reads 对 and 不; 好 alone decides nothing.
func answer(t *line.Turn) (yes, no bool) {
	text := strings.TrimSpace(t.Read.Text)
	no = t.Read.Answer == read.No || strings.HasPrefix(text, "不") || strings.HasPrefix(text, "莫")
	yes = !no && (t.Read.Answer == read.Yes || strings.HasPrefix(text, "对") || strings.HasPrefix(text, "停") || strings.HasPrefix(text, "改") || strings.HasPrefix(text, "高"))
	return yes, no
}
