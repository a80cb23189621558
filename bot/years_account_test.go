package bot_test

import (
	"time"

	"mishu/bot"
	"mishu/bot/line"
	"mishu/storage"
)

// account holds the year against its rows.
func (y *years) account() {
	y.t.Helper()
	for _, s := range y.strange[:min(len(y.strange), 5)] {
		y.t.Error(s)
	}
	for id, n := range y.went {
		if n > 1 {
			y.t.Errorf("notice %s went out %d times", id, n)
		}
	}
	y.everyRowHasAnEnd()
	y.sentIsWhatWent()
	y.ceilings()
	y.inTime()
	y.planned()
	y.stale()
}

// everyRowHasAnEnd: plan = sent + cleared + stale + refused + unknown + due,
// what waits to be carried being due.
func (y *years) everyRowHasAnEnd() {
	y.t.Helper()
	all := y.rows("SELECT COUNT(*) FROM notice")
	ended := y.rows("SELECT COUNT(*) FROM notice WHERE state IN ('sent', 'cleared', 'stale', 'refused', 'unknown', 'due', 'carry')")
	if all != ended || all == 0 {
		y.t.Errorf("%d rows, %d of them accounted for", all, ended)
	}
	if n := y.rows("SELECT COUNT(*) FROM notice WHERE state = 'due' AND not_before < ?", y.clock().Add(-25*time.Hour).UnixMilli()); n != 0 {
		y.t.Errorf("%d are due for more than a day after the storm is over", n)
	}
	same := y.rows("SELECT COUNT(*) FROM (SELECT village, kind, subject, period, person, openid FROM notice GROUP BY 1, 2, 3, 4, 5, 6 HAVING COUNT(*) > 1) d")
	if same != 0 {
		y.t.Errorf("%d keys have two rows", same)
	}
}

// sentIsWhatWent: what the rows call sent left the house, and nothing that did
// is called anything else than sent or unknown.
func (y *years) sentIsWhatWent() {
	y.t.Helper()
	rows, err := y.store.DB().Query("SELECT id, state FROM notice WHERE channel <> 'carry' AND state IN ('sent', 'unknown')")
	y.must(err)
	defer rows.Close()
	told := map[string]string{}
	for rows.Next() {
		var id, state string
		y.must(rows.Scan(&id, &state))
		told[id] = state
		if state == storage.NoticeSent && y.went[id] != 1 {
			y.t.Errorf("notice %s is sent and went out %d times", id, y.went[id])
		}
	}
	y.must(rows.Err())
	for id := range y.went {
		if told[id] == "" {
			y.t.Errorf("notice %s went out and nobody knows", id)
		}
	}
}

// ceilings: nobody got more than three unasked a day, and one of a kind; what a
// person took along with his own message apart.
func (y *years) ceilings() {
	y.t.Helper()
	const of = "FROM notice WHERE weight = 3 AND channel <> 'carry' AND state IN ('sent', 'unknown') GROUP BY village, person, sent_day"
	if n := y.rows("SELECT COUNT(*) FROM (SELECT COUNT(*) " + of + " HAVING COUNT(*) > 3) d"); n != 0 {
		y.t.Errorf("%d times somebody got more than three in a day", n)
	}
	if n := y.rows("SELECT COUNT(*) FROM (SELECT COUNT(*) " + of + ", kind HAVING COUNT(*) > 1) d"); n != 0 {
		y.t.Errorf("%d times somebody got two of a kind in a day", n)
	}
}

// inTime: nothing went out before its time or after it.
func (y *years) inTime() {
	y.t.Helper()
	const of = "SELECT COUNT(*) FROM notice WHERE state IN ('sent', 'unknown') AND channel <> 'carry' AND "
	if n := y.rows(of + "not_after > 0 AND settled_at > not_after AND why <> 'the sender died'"); n != 0 {
		y.t.Errorf("%d went out after their time", n)
	}
	if n := y.rows(of + "settled_at < not_before"); n != 0 {
		y.t.Errorf("%d went out before their time", n)
	}
}

// planned: what the rules owe from beginning to end, reckoned from the calendar
// alone, is there, whatever happened meanwhile.
func (y *years) planned() {
	y.t.Helper()
	type sort struct{ kind, subject string }
	want := map[sort]int64{}
	for _, l := range bot.Lines() {
		for _, r := range l.Rules {
			falls := r.Falls(nil, y.began, y.clock())
			people := y.whom(r)
			want[sort{r.Owes.Kind, r.Owes.Subject}] += int64(len(falls)) * people
		}
	}
	total := int64(0)
	for s, n := range want {
		got := y.rows("SELECT COUNT(*) FROM notice WHERE kind = ? AND subject = ?", s.kind, s.subject)
		if got != n {
			y.t.Errorf("%s %s: %d rows, the calendar says %d", s.kind, s.subject, got, n)
		}
		total += n
	}
	if total < int64(len(y.villages)) {
		y.t.Errorf("the rules owe %d in all", total)
	}
}

// whom counts those to whom a rule owes, in all villages.
func (y *years) whom(r line.Rule) (n int64) {
	y.t.Helper()
	y.must(y.store.View(y.t.Context(), func(tx *storage.Tx) error {
		for _, v := range y.villages {
			ids, err := r.Whom(tx.In(v))
			if err != nil {
				return err
			}
			n += int64(len(ids))
		}
		return nil
	}))
	return n
}

// stale: what was no longer of use is counted, row by row.
func (y *years) stale() {
	y.t.Helper()
	rows := y.rows("SELECT COUNT(*) FROM notice WHERE state = 'stale'")
	if counted := y.rows("SELECT COALESCE(SUM(n), 0) FROM missed"); counted != rows {
		y.t.Errorf("%d rows are stale, %d are counted", rows, counted)
	}
}
