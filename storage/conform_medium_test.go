package storage

import (
	"slices"
	"testing"
)

func conformMedia(t *testing.T, s *stage) {
	words := Slip{Kind: "text", Words: "x", SourceKey: key(t, 1), Ordinal: 1}
	voice := Slip{Account: "gh", Kind: "voice", Media: "m1", SourceKey: key(t, 1), Ordinal: 2}
	s.write(t, func(v In) error {
		if err := v.AddSlip(&words); err != nil {
			return err
		}
		return v.AddSlip(&voice)
	})
	v := s.in(t)
	missing[Medium](t)(v.MediumOf(words.ID))
	m := found[Medium](t)(v.MediumOf(voice.ID))
	same(t, "state", m.State+" "+m.Media, "wanted m1")
	due := func(state string) []DueMedium {
		rows := got[[]DueMedium](t)(s.in(t).Tx().MediaDue(state, 1000))
		return slices.DeleteFunc(rows, func(d DueMedium) bool { return d.Village != s.village })
	}
	d := due(MediumWanted)
	same(t, "due", len(d), 1)
	for i, want := range []bool{true, false} {
		s.write(t, func(v In) error {
			mine, err := v.ClaimMedium(d[0], m.NextAt+60_000)
			same(t, "claim "+string(rune('1'+i)), mine, want)
			return err
		})
	}
	same(t, "due while claimed", len(due(MediumWanted)), 0)
	data := make([]byte, 300_000)
	for i := range data {
		data[i] = byte(i * 7)
	}
	s.write(t, func(v In) error {
		m := found[Medium](t)(v.MediumOf(voice.ID))
		m.State, m.Kind, m.Data = MediumKept, "audio/amr", data
		m.NextAt = At(v.tx.wall)
		return v.SaveMedium(m)
	})
	m = found[Medium](t)(s.in(t).MediumOf(voice.ID))
	same(t, "data", slices.Equal(m.Data, data), true)
	same(t, "tries", m.Tries, 1)
	same(t, "to look at", len(due(MediumKept)), 1)
	s.write(t, func(v In) error { return v.RemoveMedium(m) })
	missing[Medium](t)(s.in(t).MediumOf(voice.ID))
	same(t, "the platform's id", found[Slip](t)(s.in(t).Slip(voice.ID)).Media, "")
}

// What is kept under an OpenID is gone after ForgetOpenID, and what was done for
// people is not; another's stays.
func conformLeaving(t *testing.T, s *stage) {
	account := "gh-" + t.Name()
	account = account[max(0, len(account)-40):]
	h := Help{Service: "助医", State: Open, Elder: 1, Asker: 7, Account: account, OpenID: "oGone", SourceKey: key(t, 1), Ordinal: 1}
	s.write(t, func(v In) error {
		for _, m := range []Member{
			{Account: account, OpenID: "oGone", Person: 7, State: Active}, {Account: account, OpenID: "oStays", Person: 8, State: Active, Followed: true},
		} {
			if err := v.AddMember(&m); err != nil {
				return err
			}
		}
		if err := v.AddHelp(&h, v.Rescue(h.Elder)); err != nil {
			return err
		}
		if err := v.Tx().Subscribe(account, "oGone", "T", 1); err != nil {
			return err
		}
		if err := v.Owe(Notice{Person: 7, Account: account, OpenID: "oGone", Kind: "late", Subject: "1", Period: "1"}); err != nil {
			return err
		}
		for _, due := range []Moment{At(v.tx.wall), At(v.tx.wall) + 1000} {
			if err := v.Tx().Leave(account, "oGone", due); err != nil {
				return err
			}
		}
		return v.Tx().Leave(account, "oStays", At(v.tx.wall))
	})
	s.write(t, func(v In) error { return v.Tx().Return(account, "oStays") })
	due := got[[]Leaving](t)(s.in(t).Tx().LeavingDue(1000))
	due = slices.DeleteFunc(due, func(l Leaving) bool { return l.Account != account })
	same(t, "due", len(due), 1)
	for range 2 {
		s.write(t, func(v In) error { return v.Tx().ForgetOpenID(account, "oGone") })
	}
	v := s.in(t)
	same(t, "member", len(got[[]Member](t)(v.Tx().Members(account, "oGone"))), 0)
	same(t, "another member", len(got[[]Member](t)(v.Tx().Members(account, "oStays"))), 1)
	kept := found[Help](t)(v.Help(h.ID))
	same(t, "the request", kept.OpenID+kept.Service, "助医")
	same(t, "notices", len(got[[]Notice](t)(v.NoticesAbout("late", "1"))), 0)
	missing[Subscription](t)(v.Tx().SubscriptionTo(account, "oGone", "T"))
}

func conformTagging(t *testing.T, s *stage) {
	account := key(t, 1)
	for _, tags := range []string{"村民", "志愿者,组长"} {
		s.write(t, func(v In) error { return v.Tx().Tagged(Tagging{Account: account, OpenID: "oA", Tags: tags}) })
	}
	s.write(t, func(v In) error { return v.Tx().Tagged(Tagging{Account: account, OpenID: "oB"}) })
	all := got[[]Tagging](t)(s.in(t).Tx().Taggings(account, "", "oZ"))
	same(t, "all", all, []Tagging{{account, "oA", "志愿者,组长"}, {account, "oB", ""}})
	same(t, "after", len(got[[]Tagging](t)(s.in(t).Tx().Taggings(account, "oA", "oB"))), 1)
	for i, follows := range []bool{true, false, true} {
		m := Member{Account: account, OpenID: "oF" + string(rune('1'+i)), Person: int64(i + 1), State: Active, Followed: follows}
		s.write(t, func(v In) error { return v.AddMember(&m) })
	}
	followers := got[[]Member](t)(s.in(t).Tx().FollowersOf(account, "oF1", 10))
	if len(followers) != 1 || followers[0].OpenID != "oF3" {
		t.Errorf("followers after the first: %v", followers)
	}
}
