package absence

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/storage"
)

// lengthForm is how long, or until when, without saying who.
var lengthForm = regexp.MustCompile(`(住|待|去|要|过|耍|玩).{0,4}?(半|[一二两三四五六七八九十]{1,2}|\d{1,3})个?(天|日|星期|礼拜|周|月|年)|(号|月底|年底|过年|过完年|春节|元宵|下个月|下月|明年|开春).{0,6}(回|转来|转屋)`)

// justSaid is how long such words still belong to what was said of somebody.
const justSaid = 10 * time.Minute

// howLong hears 要住半个月 right after 邻居讲去女儿家了: when it is asked whether he is
// back.
func howLong(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Mentions) > 0 || t.Read.Kin != "" || strings.Contains(t.Read.Text, "我") || !lengthForm.MatchString(t.Read.Text) {
		return line.Answer{}, nil
	}
	a, found, err := saidLast(t)
	if err != nil || !found {
		return line.Answer{}, err
	}
	a.Until = untilDay(t.Read, t.Now(), a.Kind)
	a.AskAt = asksAt(a.Until)
	if err := t.In.SaveAbsence(a); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%s%s再问回来没有。", who(t.Book, a.Person), onDay(a.Until))), nil
}

// saidLast is the absence that the speaker told of a moment ago, locked.
func saidLast(t *line.Turn) (last storage.Absence, found bool, err error) {
	since := storage.At(t.Now().Add(-justSaid))
	for _, state := range []string{storage.AbsenceSaid, storage.AbsenceOn} {
		all, err := t.In.Absences(state)
		if err != nil {
			return last, false, err
		}
		for _, a := range all {
			if a.SaidBy == t.Me && a.Kind != storage.Died && a.CreatedAt >= since && a.ID > last.ID {
				last = a
			}
		}
	}
	if last.ID == 0 {
		return last, false, nil
	}
	return t.In.LockAbsence(last.ID)
}
