package storage

import (
	"slices"
	"sync/atomic"
	"testing"
)

// notice is what is owed to person 5.
func notice(kind, period string) Notice {
	return Notice{Person: 5, Kind: kind, Subject: "help 13", Period: period, Weight: Direct, Lead: "村里有1件事要问您", Words: "13号有人接了"}
}

func noticeID(n Notice) int64 { return n.ID }

func (s *stage) owe(t testing.TB, n Notice) Notice {
	t.Helper()
	s.write(t, func(v In) error { return v.Owe(n) })
	return s.about(t, n)
}

// about reads a notice by its key.
func (s *stage) about(t testing.TB, n Notice) Notice {
	t.Helper()
	rows := got[[]Notice](t)(s.in(t).NoticesAbout(n.Kind, n.Subject))
	i := slices.IndexFunc(rows, func(r Notice) bool { return r.Period == n.Period && r.Person == n.Person })
	if i < 0 {
		t.Fatalf("no notice %s of %s", n.Kind, n.Period)
	}
	return rows[i]
}

func conformOwe(t *testing.T, s *stage) {
	n := s.owe(t, notice("ask", "1"))
	same(t, "notice", n, Notice{
		ID: n.ID, Village: s.village, Person: 5, Kind: "ask", Subject: "help 13", Period: "1", Weight: Direct, Lead: "村里有1件事要问您",
		Words: "13号有人接了", NotBefore: At(noon), State: NoticeDue, CreatedAt: At(noon),
	})
	h := Heard{Account: "gh", Key: key(t, 1), Reply: "记了", At: At(noon)}
	s.write(t, func(v In) error { // what stands beside a notice that is owed already is kept
		if err := v.Owe(notice("ask", "1")); err != nil {
			return err
		}
		return v.Tx().AddHeard(h.Account, h.Key, h.Reply)
	})
	same(t, "beside it", found[Heard](t)(s.in(t).Tx().Heard("gh", h.Key)), h)
	same(t, "owed twice", len(got[[]Notice](t)(s.in(t).NoticesAbout("ask", "help 13"))), 1)
	s.write(t, func(v In) error { return v.ClearNotices("ask", "help 13", "taken") })
	if c := s.about(t, n); c.State != NoticeCleared || c.Why != "taken" || c.SettledAt != At(noon) {
		t.Errorf("cleared: %+v", c)
	}
}

func conformCarry(t *testing.T, s *stage) {
	for want := range slices.Values([][]Reader{{{Village: s.village, Person: 5}}, nil}) {
		var readers []Reader
		s.write(t, func(v In) error {
			err := v.Carry(notice("seen", "1"))
			readers = v.Tx().Carried()
			return err
		})
		same(t, "whom it concerns", readers, want)
	}
	rows := got[[]Notice](t)(s.in(t).CarriedFor(5, 5))
	if len(rows) != 1 || rows[0].State != NoticeCarry || rows[0].Period != "1" {
		t.Errorf("carried: %+v", rows)
	}
}

// claim takes a notice; it reports whether it could.
func (s *stage) claim(t testing.TB, id int64, from, owner string) (n Notice, ok bool) {
	t.Helper()
	s.write(t, func(v In) (err error) {
		n, ok, err = v.ClaimNotice(id, from, owner, At(noon)+1000)
		return err
	})
	return n, ok
}

func (s *stage) settle(t testing.TB, n Notice) (ok bool) {
	t.Helper()
	s.write(t, func(v In) (err error) {
		ok, err = v.SettleNotice(n)
		return err
	})
	return ok
}

func conformClaim(t *testing.T, s *stage) {
	n := s.owe(t, notice("ask", "1"))
	mine, ok := s.claim(t, n.ID, NoticeDue, "a")
	if !ok || mine.State != NoticeSending || mine.Owner != "a" || mine.Lease != At(noon)+1000 {
		t.Errorf("claimed %v: %+v", ok, mine)
	}
	_, ok = s.claim(t, n.ID, NoticeDue, "b")
	same(t, "claimed by another", ok, false)
	other := mine
	other.Owner, other.State = "b", NoticeRefused
	same(t, "settled by another", s.settle(t, other), false)
	mine.State, mine.Channel, mine.MsgID, mine.SentDay, mine.Whole = NoticeSent, "template", key(t, 1), Day(noon), false
	same(t, "settled by its owner", s.settle(t, mine), true)
	same(t, "settled", found[Notice](t)(s.in(t).Notice(n.ID)), mine)
	same(t, "settled again", s.settle(t, mine), false)
	lost := func() int64 { return int64(len(s.lost(t))) }
	n = s.owe(t, notice("ask", "2"))
	s.claim(t, n.ID, NoticeDue, "a")
	same(t, "lost within its lease", lost(), 0)
	s.move(2000*1000*1000, 0)
	same(t, "lost after it", lost(), 1)
}

// lost are the village's notices whose sender died.
func (s *stage) lost(t testing.TB) []DueNotice {
	tx := s.in(t).Tx()
	rows := got[[]DueNotice](t)(tx.NoticesLost(At(tx.Wall()), 1000))
	return slices.DeleteFunc(rows, func(n DueNotice) bool { return n.Village != s.village })
}

func conformFiftyClaims(t *testing.T, s *stage) {
	n := s.owe(t, notice("ask", "1"))
	var winners atomic.Int64
	s.fifty(t, func(v In, i int64) error {
		_, ok, err := v.ClaimNotice(n.ID, NoticeDue, string(rune('A'+i)), At(noon)+1000)
		if ok {
			winners.Add(1)
		}
		return err
	})
	same(t, "winners", winners.Load(), 1)
}

// sent stores a notice that reached person 5.
func (s *stage) sent(t testing.TB, n Notice, change func(*Notice)) Notice {
	t.Helper()
	n, _ = s.claim(t, s.owe(t, n).ID, NoticeDue, "a")
	n.State, n.SentDay, n.Whole = NoticeSent, Day(noon), true
	change(&n)
	same(t, "settled", s.settle(t, n), true)
	return n
}

func conformNoticeLists(t *testing.T, s *stage) {
	light := notice("carry", "1")
	light.Weight = Unasked
	light = s.sent(t, light, func(n *Notice) { n.State, n.SentDay = NoticeCarry, "" })
	heavy := s.sent(t, notice("carry", "2"), func(n *Notice) { n.State, n.SentDay = NoticeCarry, "" })
	v := s.in(t)
	listed := func(rows []Notice, err error) []int64 { return ids(got[[]Notice](t)(rows, err), noticeID) }
	same(t, "carried, heaviest first", listed(v.CarriedFor(5, 2)), []int64{heavy.ID, light.ID})
	same(t, "carried, one", listed(v.CarriedFor(5, 1)), []int64{heavy.ID})
	half := notice("brief", "1")
	half.Weight = Unasked
	half = s.sent(t, half, func(n *Notice) { n.Whole, n.MsgID, n.Account = false, key(t, 1), "gh" })
	s.sent(t, notice("brief", "2"), func(*Notice) {})
	same(t, "half told", listed(v.HalfTold(5, Day(noon), 5)), []int64{half.ID})
	same(t, "half told later", listed(v.HalfTold(5, "2026-11-25", 5)), nil)
	same(t, "sent unasked", got[int64](t)(v.SentOn(5, Day(noon), "")), 1)
	same(t, "sent of a kind", got[int64](t)(v.SentOn(5, Day(noon), "ask")), 0)
	s.write(t, func(v In) error { return v.ToldWhole(half.ID) })
	same(t, "half told after 看", listed(v.HalfTold(5, Day(noon), 5)), nil)
	s.must(t, func(tx *Tx) error { return tx.FinalWord("gh", key(t, 1), NoticeRefused, "user block") })
	if n := found[Notice](t)(v.Notice(half.ID)); n.State != NoticeRefused || n.Why != "user block" {
		t.Errorf("after the final word: %s, %s", n.State, n.Why)
	}
	conformDue(t, s)
	if counts := got[map[string]int64](t)(v.Tx().NoticeCounts()); counts[NoticeCarry] < 2 || counts[NoticeRefused] < 1 {
		t.Errorf("counts: %v", counts)
	}
}

func conformDue(t *testing.T, s *stage) {
	later := notice("due", "1")
	later.NotBefore = At(noon) + 100
	later = s.owe(t, later)
	urgent := notice("due", "2")
	urgent.Weight, urgent.NotBefore, urgent.RetryAt = Danger, At(noon)+200, At(noon)+10
	urgent = s.owe(t, urgent)
	due := func(now, wall Moment) []int64 {
		rows := got[[]DueNotice](t)(s.in(t).Tx().NoticesDue(now, wall, 1000))
		rows = slices.DeleteFunc(rows, func(n DueNotice) bool { return n.Village != s.village })
		return ids(rows, func(n DueNotice) int64 { return n.ID })
	}
	same(t, "due now", due(At(noon)+99, At(noon)+10), nil)
	same(t, "due then", due(At(noon)+200, At(noon)+9), []int64{later.ID})
	same(t, "due, heaviest first", due(At(noon)+200, At(noon)+10), []int64{urgent.ID, later.ID})
}

func conformBrief(t *testing.T, s *stage) {
	item := BriefItem{Day: "2026-11-24", Digit: 1, Kind: "vouch", Ref: 4, Words: "认得刘建国不？"}
	s.write(t, func(v In) error { return v.AddBriefItem(item) })
	err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddBriefItem(item) })
	if !IsDuplicate(err) {
		t.Errorf("one digit with two meanings: %v", err)
	}
	s.write(t, func(v In) error { return v.CloseBriefItem("2026-11-24", 1) })
	item.Village, item.State = s.village, Closed
	same(t, "items", got[[]BriefItem](t)(s.in(t).BriefItems("2026-11-24")), []BriefItem{item})
	same(t, "bound since noon", got[[]int](t)(s.in(t).BoundSince("2026-11-24", At(noon))), []int{1})
	same(t, "bound since later", len(got[[]int](t)(s.in(t).BoundSince("2026-11-24", At(noon)+1))), 0)
	same(t, "items of tomorrow", len(got[[]BriefItem](t)(s.in(t).BriefItems("2026-11-25"))), 0)
}
