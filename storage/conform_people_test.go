package storage

import (
	"slices"
	"strings"
	"testing"
)

func conformVillage(t *testing.T, s *stage) {
	v := s.in(t)
	row := got[Village](t)(v.Village())
	same(t, "village", row, Village{ID: s.village, Name: row.Name, Township: "村", County: "县", Version: 1, CreatedAt: At(noon)})
	s.write(t, In.Changed)
	same(t, "version", got[int64](t)(v.Version()), 2)
	named := got[[]Village](t)(v.Tx().VillageNamed(row.Name))
	if len(named) != 1 || named[0].ID != s.village {
		t.Errorf("villages named %s: %v", row.Name, named)
	}
	after := got[[]Village](t)(v.Tx().Villages(s.village-1, 1))
	same(t, "villages", ids(after, func(v Village) int64 { return v.ID }), []int64{s.village})
	if _, err := v.Tx().In(-1).Village(); err == nil {
		t.Error("a village that is not there was read")
	}
	again := Village{Name: row.Name, Township: "村", County: "县"}
	if err := s.Update(t.Context(), func(tx *Tx) error { return tx.AddVillage(&again) }); !IsDuplicate(err) {
		t.Errorf("the same village twice: %v", err)
	}
}

func conformSettings(t *testing.T, s *stage) {
	county := Setting{Name: key(t, 1)[:10], Value: "07:05", Owner: "县", Source: "通知", CheckedOn: "2026-11-01"}
	s.must(t, func(tx *Tx) error { return tx.In(0).Set(county) })
	v := s.in(t)
	same(t, "the county's value", got[map[string]string](t)(v.Settings())[county.Name], "07:05")
	own := county
	own.Value = "06:50"
	s.write(t, func(v In) error { return v.Set(own) })
	own.Value = "06:55"
	s.write(t, func(v In) error { return v.Set(own) })
	same(t, "the village's own", got[map[string]string](t)(v.Settings())[county.Name], "06:55")
	same(t, "version after three settings", got[int64](t)(v.Version()), 4)
	night := Duty{Name: "值班", Phone: "19900000001", From: 1320, To: 360}
	s.write(t, func(v In) error { return v.AddDuty(night) })
	duty := got[[]Duty](t)(v.Duties())[0]
	for minute, want := range map[int]bool{1319: false, 1320: true, 0: true, 359: true, 360: false} {
		same(t, "covers", duty.Covers(minute), want)
	}
}

func conformRoster(t *testing.T, s *stage) {
	home := Household{No: "3-07", Group: 3}
	p := Person{Name: "刘满生", Sex: "M", Born: "1943-05-02", Group: 3, Head: true, Phone: "19900000002", Status: Home, Door: "桥头第三家"}
	s.write(t, func(v In) error {
		if err := v.AddHousehold(&home); err != nil {
			return err
		}
		p.Household = home.ID
		if err := v.AddKnown(&p, v.LegalDuty); err != nil {
			return err
		}
		if err := v.AddAlias(p.ID, "满爷爷"); err != nil {
			return err
		}
		return v.AddContact(Contact{Person: p.ID, Kind: Kin, Name: "刘建国", Relation: "儿子", Phone: "19900000003"}, v.LegalDuty(p.ID))
	})
	v := s.in(t)
	same(t, "person", found[Person](t)(v.Person(p.ID)), p)
	same(t, "households", got[[]Household](t)(v.Households()), []Household{home})
	same(t, "aliases", got[[]Alias](t)(v.Aliases()), []Alias{{s.village, p.ID, "满爷爷"}})
	same(t, "contacts", len(got[[]Contact](t)(v.Contacts(p.ID))), 1)
	missing[Person](t)(v.Person(p.ID + 1000))
	s.write(t, func(v In) error { return v.LockPerson(p.ID) })
	p.Touched = 1
	same(t, "people", got[[]Person](t)(v.People()), []Person{p})
	if err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddAlias(p.ID, "满爷爷") }); !IsDuplicate(err) {
		t.Errorf("one alias twice: %v", err)
	}
	conformVolunteers(t, s)
}

func conformVolunteers(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		for i, state := range []string{Serving, Paused, Serving} {
			if err := v.AddVolunteer(Volunteer{Person: int64(i + 1), Skills: "理发、代购", Car: i == 0, State: state}); err != nil {
				return err
			}
		}
		return v.AskedVolunteer(1)
	})
	serving := got[[]Volunteer](t)(s.in(t).Volunteers())
	same(t, "least recently asked first", ids(serving, func(v Volunteer) int64 { return v.Person }), []int64{3, 1})
	s.write(t, func(v In) error { return v.EnsureVolunteer(4) })
	s.write(t, func(v In) error { return v.EnsureVolunteer(4) })
	same(t, "with one more", len(got[[]Volunteer](t)(s.in(t).Volunteers())), 3)
	s.write(t, func(v In) error { return v.LeaveVolunteer(4) })
	same(t, "who left", len(got[[]Volunteer](t)(s.in(t).Volunteers())), 2)
	s.write(t, func(v In) error { return v.EnsureVolunteer(4) })
	same(t, "and came back", len(got[[]Volunteer](t)(s.in(t).Volunteers())), 3)
	role := Role{Person: 1, Role: Leader, Group: 3, How: "import"}
	s.write(t, func(v In) error { return v.AddRole(role) })
	s.write(t, func(v In) error { return v.AddRole(role) })
	role.Village, role.Since = s.village, At(noon)
	same(t, "roles", got[[]Role](t)(s.in(t).Roles()), []Role{role})
}

// What villagers write comes back as they wrote it, on a server whose own
// character set knows none of it.
func conformWords(t *testing.T, s *stage) {
	const said = "𠮷嫂讲：膝盖痛😀👨‍👩‍👧，㵲水桥 \\ ' \" % _ ; -- \n?"
	p := Person{Name: "𠮷😀", Status: Home, Note: said}
	s.write(t, func(v In) error { return v.AddKnown(&p, v.LegalDuty) })
	same(t, "name and note", found[Person](t)(s.in(t).Person(p.ID)), p)
	s.must(t, func(tx *Tx) error { return tx.AddHeard("gh", key(t, 1), said) })
	same(t, "reply", found[Heard](t)(s.in(t).Tx().Heard("gh", key(t, 1))).Reply, said)
}

// A value that does not fit is refused by both databases, and cut by neither.
func conformWidths(t *testing.T, s *stage) {
	for runes, ok := range map[int]bool{60: true, 61: false} {
		p := Person{Name: strings.Repeat("𠮷", runes), Status: Home}
		err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddPerson(&p) })
		if (err == nil) != ok {
			t.Errorf("a name of %d characters: %v", runes, err)
		}
	}
}

func conformMembers(t *testing.T, s *stage) {
	m := Member{Account: "gh", OpenID: key(t, 1), State: Pending, AskedName: "刘满生", AskedGroup: 3, Followed: true}
	s.write(t, func(v In) error { return v.AddMember(&m) })
	v := s.in(t)
	same(t, "waiting", got[[]Member](t)(v.MembersIn(Pending, 10)), []Member{m})
	for want := range slices.Values([]bool{true, false}) {
		s.write(t, func(v In) error {
			same(t, "settled", got[bool](t)(v.SettleMember(m.ID, 5, Active, 6)), want)
			return nil
		})
	}
	m.State, m.Person, m.VouchedBy = Active, 5, 6
	same(t, "member", found[Member](t)(v.Member(m.ID)), m)
	same(t, "of a person", got[[]Member](t)(v.MembersOf(5)), []Member{m})
	same(t, "bound", got[[]Member](t)(v.BoundPeople()), []Member{m})
	s.must(t, func(tx *Tx) error { return tx.Follow("gh", m.OpenID, false) })
	same(t, "of a person who left", len(got[[]Member](t)(v.MembersOf(5))), 0)
	m.Followed, m.State = false, Stopped
	s.write(t, func(v In) error { return v.SaveMember(m) })
	same(t, "by OpenID", got[[]Member](t)(v.Tx().Members("gh", m.OpenID)), []Member{m})
}

// The platform's OpenIDs differ in case alone.
func conformOpenIDs(t *testing.T, s *stage) {
	add := func(openid string) error {
		return s.Update(t.Context(), func(tx *Tx) error {
			return tx.In(s.village).AddMember(&Member{Account: "case", OpenID: openid, Person: s.village, State: Active})
		})
	}
	for openid := range slices.Values([]string{"oAbC", "oabc"}) {
		if err := add(openid); err != nil {
			t.Fatalf("%s: %v", openid, err)
		}
		same(t, openid, len(got[[]Member](t)(s.in(t).Tx().Members("case", openid))), 1)
	}
	if err := add("oabc"); !IsDuplicate(err) {
		t.Errorf("one OpenID, village and person twice: %v", err)
	}
}

func conformInvitation(t *testing.T, s *stage) {
	hash := strings.Repeat("a", 60) + key(t, 1)[:4]
	i := Invitation{CodeHash: hash, Person: 5, Role: Secretary, ExpiresAt: At(noon) + 1000}
	s.write(t, func(v In) error { return v.AddInvitation(i) })
	use := func(hash string) (there bool) {
		s.must(t, func(tx *Tx) (err error) {
			_, there, err = tx.UseInvitation(hash)
			return err
		})
		return there
	}
	same(t, "a wrong code", use("b"), false)
	same(t, "the first time", use(hash), true)
	same(t, "the second time", use(hash), false)
	i.CodeHash = hash[1:] + "b"
	s.write(t, func(v In) error { return v.AddInvitation(i) })
	s.move(1000*1000*1000, 0)
	same(t, "too late", use(i.CodeHash), false)
}
