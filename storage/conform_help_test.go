package storage

import (
	"slices"
	"sync/atomic"
	"testing"
)

// help is an open request.
func help(t testing.TB, n int) Help {
	return Help{
		Elder: 1, Asker: 2, Account: "gh", OpenID: "o2", Service: "助医", Detail: "要去镇上拿药", State: Open,
		WishAt: At(noon), WishGrain: "hour", SourceKey: key(t, n), Ordinal: 1,
	}
}

func conformHelp(t *testing.T, s *stage) {
	h := help(t, 1)
	s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	v := s.in(t)
	same(t, "help", found[Help](t)(v.Help(h.ID)), h)
	same(t, "by number", found[Help](t)(v.HelpNumbered(10)), h)
	missing[Help](t)(v.HelpNumbered(11))
	same(t, "created", h.CreatedAt, At(noon))
	s.write(t, func(v In) error {
		locked := found[Help](t)(v.LockHelp(h.ID))
		missing[Help](t)(v.LockHelp(h.ID + 1000))
		locked.State, locked.Holder, locked.Terms = Taken, 7, "下午才得空"
		h = locked
		return v.SaveHelp(locked)
	})
	same(t, "after saving", found[Help](t)(v.Help(h.ID)), h)
	same(t, "running", h.Running(), true)
	twice := help(t, 1)
	err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddHelp(&twice, tx.In(s.village).Rescue(twice.Elder)) })
	if !IsDuplicate(err) {
		t.Errorf("one message asked twice: %v", err)
	}
	s.write(t, func(v In) error { return v.LogHelp(h.ID, 7, "took", "我去") })
	logs := got[[]HelpLog](t)(v.HelpLogs(h.ID))
	same(t, "log", logs, []HelpLog{{ID: logs[0].ID, Village: s.village, Help: h.ID, At: At(noon), Person: 7, What: "took", Words: "我去"}})
}

func conformHelpLists(t *testing.T, s *stage) {
	states := []string{Unclear, Open, Held, Taken, Done, Closed, Cancelled, Failed}
	for i, state := range states {
		h := help(t, i)
		h.State, h.Holder, h.NextAt = state, 7, At(noon)+Moment(10-i)
		s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	}
	v := s.in(t)
	first := got[[]Help](t)(v.HelpsIn(Unclear))[0].ID
	numbered := func(rows []Help, err error) []int64 {
		return ids(got[[]Help](t)(rows, err), func(h Help) int64 { return h.ID - first })
	}
	same(t, "running", numbered(v.RunningHelps()), []int64{0, 1, 2, 3})
	same(t, "for the elder", numbered(v.HelpsFor(1)), []int64{0, 1, 2, 3})
	same(t, "for another", numbered(v.HelpsFor(3)), nil)
	same(t, "held by", numbered(v.HelpsHeldBy(7)), []int64{2, 3})
	same(t, "holds", got[bool](t)(v.Holds(7)), true)
	same(t, "holds nothing", got[bool](t)(v.Holds(8)), false)
	same(t, "done by", numbered(v.HelpsDoneBy(7)), []int64{4})
	same(t, "by the asker", numbered(v.HelpsBy(2, At(noon))), []int64{7, 6, 5, 4, 3, 2, 1, 0})
	same(t, "by the asker later", numbered(v.HelpsBy(2, At(noon)+1)), nil)
	due := func(state string, now Moment) []HelpDue {
		rows := got[[]HelpDue](t)(v.Tx().HelpsDue(state, now, 1000))
		return slices.DeleteFunc(rows, func(d HelpDue) bool { return d.Village != s.village })
	}
	same(t, "due", len(due(Open, At(noon)+9)), 1)
	same(t, "not due", len(due(Open, At(noon)+8)), 0)
}

// Who gets something in hand is told; whoever has reported it done, or given it
// back, is not.
func conformHolders(t *testing.T, s *stage) {
	h := help(t, 1)
	s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	for state, want := range map[string][]Reader{Held: {{s.village, 7}}, Taken: {{s.village, 7}}, Done: nil, Open: nil} {
		h.State, h.Holder = state, 7
		if state == Open {
			h.Holder = 0
		}
		s.write(t, func(v In) error {
			if err := v.SaveHelp(h); err != nil {
				return err
			}
			same(t, state, v.Tx().Holders(), want)
			return nil
		})
	}
}

func conformNumbers(t *testing.T, s *stage) {
	var last Help
	for i := range 92 {
		last = help(t, i)
		s.write(t, func(v In) error { return v.AddHelp(&last, v.Rescue(last.Elder)) })
		if last.Number != 10+i {
			t.Fatalf("request %d got the number %d", i, last.Number)
		}
	}
	same(t, "after 99", last.Number, 101)
	s.write(t, func(v In) error {
		for number := range slices.Values([]int{20, 30}) {
			h := found[Help](t)(v.HelpNumbered(number))
			h.State, h.ClosedAt = Closed, At(noon)+Moment(number)
			if err := v.SaveHelp(h); err != nil {
				return err
			}
		}
		return v.FreeNumbers(At(noon) + 30)
	})
	missing[Help](t)(s.in(t).HelpNumbered(20))
	found[Help](t)(s.in(t).HelpNumbered(30))
	h := help(t, 1000)
	s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	same(t, "the number that was freed", h.Number, 20)
	waiting := func(before Moment) []int64 {
		rows := got[[]Village](t)(s.in(t).Tx().WithNumbersToFree(before, 1000))
		rows = slices.DeleteFunc(rows, func(v Village) bool { return v.ID != s.village })
		return ids(rows, func(v Village) int64 { return v.ID })
	}
	same(t, "villages with numbers to free", waiting(At(noon)+31), []int64{s.village})
	same(t, "villages without", waiting(At(noon)+30), nil)
}

func conformFiftyHelps(t *testing.T, s *stage) {
	s.fifty(t, func(v In, i int64) error {
		h := help(t, int(i))
		return v.AddHelp(&h, v.Rescue(h.Elder))
	})
	rows := got[[]Help](t)(s.in(t).RunningHelps())
	slices.SortFunc(rows, func(a, b Help) int { return a.Number - b.Number })
	for i, h := range rows {
		same(t, "number", h.Number, 10+i)
	}
	same(t, "requests", len(rows), 50)
}

func conformFiftyTakers(t *testing.T, s *stage) {
	h := help(t, 1)
	s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	var winners atomic.Int64
	s.fifty(t, func(v In, i int64) error {
		h, _, err := v.LockHelp(h.ID)
		if err != nil || h.State != Open {
			return err
		}
		winners.Add(1) // counted when the lock is ours; nobody else may get here after us
		h.State, h.Holder = Taken, i+1
		return v.SaveHelp(h)
	})
	if winners.Load() != 1 {
		t.Errorf("%d of fifty took the request", winners.Load())
	}
	if h := found[Help](t)(s.in(t).Help(h.ID)); h.State != Taken || h.Holder == 0 {
		t.Errorf("after the claims it is %s, held by %d", h.State, h.Holder)
	}
}

func conformAsks(t *testing.T, s *stage) {
	ask := Ask{Help: 1, Person: 5, Round: 1, Step: 1, State: AskSent}
	s.write(t, func(v In) error { return v.AddAsk(ask) })
	err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddAsk(ask) })
	if !IsDuplicate(err) {
		t.Errorf("asked twice in one round: %v", err)
	}
	s.write(t, func(v In) error { return v.AnswerAsk(1, 5, AskDeclined, "崽回来了，冇空") })
	s.write(t, func(v In) error { return v.AnswerAsk(1, 6, AskTook, "") })
	v := s.in(t)
	asks := got[[]Ask](t)(v.Asks(1))
	ask.ID, ask.Village, ask.State, ask.Words, ask.At = asks[0].ID, s.village, AskDeclined, "崽回来了，冇空", At(noon)
	same(t, "asks", asks, []Ask{ask})
	same(t, "asked lately", got[[]Ask](t)(v.AskedLately(5, At(noon))), []Ask{ask})
	s.write(t, func(v In) error {
		if err := v.AddAsk(Ask{Help: 1, Person: 5, Round: 2, Step: 1, State: AskSent}); err != nil {
			return err
		}
		return v.MissAsk(1, 5, 2)
	})
	again := got[[]Ask](t)(s.in(t).Asks(1))
	same(t, "the answer, and the question nobody took", []string{again[0].State, again[1].State}, []string{AskDeclined, AskEmpty})
	same(t, "asked later", len(got[[]Ask](t)(v.AskedLately(5, At(noon)+1))), 0)
}
