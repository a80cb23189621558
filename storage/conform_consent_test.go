package storage

import (
	"errors"
	"testing"
)

// Roles end with their last day; given again they last as long as is said then.
func conformRoles(t *testing.T, s *stage) {
	give := func(until string) {
		s.write(t, func(v In) error {
			return errors.Join(v.AddRole(Role{Person: 5, Role: CountyDuty, How: "invite"}), v.SetTenure(Tenure{Person: 5, Role: CountyDuty, Until: until}))
		})
	}
	held := func() int { return len(got[[]Role](t)(s.in(t).Roles())) }
	give(Day(noon))
	same(t, "on its last day", held(), 1)
	s.move(0, 24*3600*1000*1000*1000)
	same(t, "a day later", held(), 0)
	give("2027-12-31")
	same(t, "given again", held(), 1)
	same(t, "its end", got[[]Tenure](t)(s.in(t).TenuresOf(5))[0].Until, "2027-12-31")
	s.write(t, func(v In) error { return v.EndRole(5, CountyDuty) })
	same(t, "taken away", held(), 0)
}

// A proxy asks at once and hears when the elder has agreed; nothing else opens it.
func conformProxies(t *testing.T, s *stage) {
	proxy := Proxy{Person: 5, Elder: 9, Relation: "儿子", Until: "2027-01-01", How: "当面"}
	s.write(t, func(v In) error { return v.AddProxy(proxy) })
	hears := proxy
	hears.MayHear = true
	err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddProxy(hears) })
	if !errors.Is(err, ErrNoConsent) {
		t.Errorf("a proxy hears without the elder's word: %v", err)
	}
	all := func() []Proxy { return got[[]Proxy](t)(s.in(t).Proxies()) }
	proxy.Village = s.village
	same(t, "asks", all(), []Proxy{proxy})
	answer := func(a string) {
		s.write(t, func(v In) error {
			return v.Agree(Consent{Person: 9, Kind: ToProxy, About: 5, Answer: a, Way: AtDoor, ToldBy: 7})
		})
	}
	answer(Given)
	proxy.MayHear = true
	same(t, "hears", all(), []Proxy{proxy})
	answer(Never)
	proxy.MayHear = false
	same(t, "hears no more", all(), []Proxy{proxy})
	proxy.Until = "2028-01-01"
	s.write(t, func(v In) error { return v.AddProxy(proxy) })
	same(t, "renewed: the elder's word stands", all(), []Proxy{proxy})
	s.write(t, func(v In) error { return v.PassGate(Gate{Person: 5, Elder: 9, VouchedBy: 6}) })
	same(t, "who vouched", found[Gate](t)(s.in(t).Gate(5, 9)).VouchedBy, 6)
	s.write(t, func(v In) error { return v.EndProxy(5, 9) })
	same(t, "ended", len(all()), 0)
}

// The newest answer stands, the older ones are kept.
func conformConsent(t *testing.T, s *stage) {
	agree := func(kind, answer string) {
		s.write(t, func(v In) error {
			no, err := v.KeepText(kind, "念给您听："+kind)
			if err != nil {
				return err
			}
			return v.Agree(Consent{Person: 9, Kind: kind, Answer: answer, Way: ByPaper, ToldBy: 7, Witness: "舒立新", TextNo: no, Evidence: "柜1盒2"})
		})
	}
	bases := func() Basis {
		b, _, err := s.in(t).Bases()
		must(t, err)
		return b[9]
	}
	same(t, "nobody asked", bases().Basic() || bases().Health(), false)
	agree(ToBasic, Given)
	same(t, "basic", [2]bool{bases().Basic(), bases().Health()}, [2]bool{true, false})
	agree(ToHealth, Given)
	same(t, "health", [2]bool{bases().Basic(), bases().Health()}, [2]bool{true, true})
	agree(ToHealth, Withdrawn)
	same(t, "health withdrawn", [2]bool{bases().Basic(), bases().Health()}, [2]bool{true, false})
	rows := got[[]Consent](t)(s.in(t).ConsentsOf(9))
	same(t, "all answers are kept", len(rows), 3)
	same(t, "which stand", len(got[[]Consent](t)(s.in(t).Consents())), 2)
	text := found[ConsentText](t)(s.in(t).Text(rows[0].TextNo))
	same(t, "what was read out", text.Words, "念给您听：基本")
	elsewhere := s.newVillage(t, "别村")
	s.must(t, func(tx *Tx) error {
		b, _, err := tx.In(elsewhere).Bases()
		same(t, "in another village", len(b), 0)
		return err
	})
}

// What needs a consent is refused without it, also on the basis of another
// person, another village or a request alone.
func conformRefused(t *testing.T, s *stage) {
	other := s.newVillage(t, "别村")
	bare := visit(t, 1, "2026-11-10")
	bare.Health, bare.Words = "", ""
	s.write(t, func(v In) error { return v.AddVisit(&bare, Basis{}) })
	person := Person{Name: "夏桂花", Group: 3, Born: "1952", Status: Home}
	s.write(t, func(v In) error { return v.AddPerson(&person) })
	fact := Finding{Elder: 1, Visit: bare.ID, Reporter: 7, Urgent: true, SourceKey: key(t, 2), Ordinal: 1}
	s.write(t, func(v In) error { return v.AddFinding(&fact, Basis{}) })
	fact.AnsweredBy, fact.State = 6, Closed
	s.write(t, func(v In) error { return v.SaveFinding(fact, Basis{}) })
	for what, why := range map[string]func(v In) Basis{
		"nothing":         func(In) Basis { return Basis{} },
		"a request":       func(v In) Basis { return v.Told(1, "邻居") },
		"another person":  func(v In) Basis { return v.Rescue(2) },
		"another village": func(v In) Basis { return v.Tx().In(other).Rescue(1) },
	} {
		for name, write := range map[string]func(v In) error{
			"words of a visit": func(v In) error { r := visit(t, 3, "2026-11-11"); r.Health = ""; return v.AddVisit(&r, why(v)) },
			"how he is":        func(v In) error { r := visit(t, 3, "2026-11-11"); r.Words = ""; return v.AddVisit(&r, why(v)) },
			"a finding": func(v In) error {
				f := Finding{Elder: 1, Words: "脚肿", SourceKey: key(t, 4)}
				return v.AddFinding(&f, why(v))
			},
			"an answer":   func(v In) error { f := fact; f.Answer = "是心脏"; return v.SaveFinding(f, why(v)) },
			"a contact":   func(v In) error { return v.AddContact(Contact{Person: 1, Name: "刘海波"}, why(v)) },
			"a trait":     func(v In) error { return v.SetTrait(Trait{Person: 1, Kind: KeyWith, Value: "夏满妹"}, why(v)) },
			"a telephone": func(v In) error { return v.KeepDetails(Person{ID: 1, Phone: "19900000001"}, why(v)) },
			"a new person's": func(v In) error {
				return v.AddKnown(&Person{Name: "甲", Phone: "19900000001"}, func(int64) Basis { return why(v) })
			},
			"a new door": func(v In) error { return v.AddPerson(&Person{Name: "甲", Door: "桥头"}) },
		} {
			err := s.Update(t.Context(), func(tx *Tx) error { return write(tx.In(s.village)) })
			if !errors.Is(err, ErrNoConsent) {
				t.Errorf("%s on the basis of %s: %v", name, what, err)
			}
		}
	}
	for what, why := range map[string]Basis{"nothing": {}, "another person": s.in(t).Own(2)} {
		h := help(t, 5)
		err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddHelp(&h, why) })
		if !errors.Is(err, ErrNoConsent) {
			t.Errorf("a request on the basis of %s: %v", what, err)
		}
	}
}

// What was kept under a consent goes with it; that somebody called stays.
func conformForget(t *testing.T, s *stage) {
	p := Person{Name: "刘满生", Group: 3, Born: "1943-05-02", Phone: "19900000002", Door: "桥头", Note: "耳背", Status: Home}
	var v Visit
	var f Finding
	s.write(t, func(in In) error {
		why, err := in.AddAgreed(&p, Consent{Kind: ToHealth, Way: ByPaper})
		must(t, err)
		v = Visit{Elder: p.ID, Visitor: 7, Day: "2026-11-10", Met: true, Health: "差", Words: "脚肿", SourceKey: key(t, 1), Ordinal: 1}
		must(t, in.AddVisit(&v, why))
		f = Finding{Elder: p.ID, Visit: v.ID, Reporter: 7, Words: "脚肿", SourceKey: key(t, 1), Ordinal: 1}
		must(t, in.AddFinding(&f, why))
		must(t, in.AddContact(Contact{Person: p.ID, Kind: Kin, Name: "刘海波"}, why))
		return in.SetTrait(Trait{Person: p.ID, Kind: KeyWith, Value: "夏满妹"}, why)
	})
	s.write(t, func(in In) error { return in.Forget(p.ID, ToHealth) })
	in := s.in(t)
	v.Words, f.Words = "", ""
	same(t, "visit without health", found[Visit](t)(in.Visit(v.ID)), v)
	same(t, "finding", found[Finding](t)(in.Finding(f.ID)), f)
	same(t, "person", found[Person](t)(in.Person(p.ID)), p)
	over, runs := help(t, 1), help(t, 2)
	over.Elder, runs.Elder, over.Detail, runs.Detail, runs.State = p.ID, p.ID, "腰痛", "腰痛", Open
	s.write(t, func(in In) error {
		must(t, errors.Join(in.AddHelp(&over, in.Own(p.ID)), in.AddHelp(&runs, in.Own(p.ID))))
		over.State = Closed
		return in.SaveHelp(over)
	})
	s.write(t, func(in In) error { return in.Forget(p.ID, ToBasic) })
	same(t, "a request that is over", found[Help](t)(in.Help(over.ID)).Detail, "")
	same(t, "a request that runs", found[Help](t)(in.Help(runs.ID)).Detail, "腰痛")
	v.Health = ""
	same(t, "visit", found[Visit](t)(in.Visit(v.ID)), v)
	same(t, "person, barely", found[Person](t)(in.Person(p.ID)), p.bare())
	same(t, "contacts", len(got[[]Contact](t)(in.Contacts(p.ID))), 0)
	same(t, "traits", len(got[[]Trait](t)(in.Traits())), 0)
}

func conformTraits(t *testing.T, s *stage) {
	set := func(value string) {
		s.write(t, func(v In) error {
			return v.SetTrait(Trait{Person: 9, Kind: Hearing, Value: value, Owner: "向春兰", Source: "聊天"}, v.LegalDuty(9))
		})
	}
	set("左耳好")
	set("右耳好")
	want := Trait{Village: s.village, Person: 9, Kind: Hearing, Value: "右耳好", Owner: "向春兰", Source: "聊天", Day: Day(noon)}
	same(t, "the last word", got[[]Trait](t)(s.in(t).Traits()), []Trait{want})
	set("")
	same(t, "taken away", len(got[[]Trait](t)(s.in(t).Traits())), 0)
}

// Asked for another, a request keeps who spoke and on what basis.
func conformBehalf(t *testing.T, s *stage) {
	own, other := help(t, 1), help(t, 2)
	own.Asker = own.Elder
	other.Asker = other.Elder + 1
	s.write(t, func(v In) error {
		return errors.Join(v.AddHelp(&own, v.Own(own.Elder)), v.AddHelp(&other, v.Told(other.Elder, "邻居")))
	})
	missing[Behalf](t)(s.in(t).Behalf(own.ID))
	want := Behalf{Village: s.village, Help: other.ID, Speaker: other.Asker, Elder: other.Elder, Tie: "邻居", Basis: "told"}
	same(t, "on behalf", found[Behalf](t)(s.in(t).Behalf(other.ID)), want)
	same(t, "of the one it is for", got[[]Behalf](t)(s.in(t).BehalfsOf(other.Elder)), []Behalf{want})
	same(t, "of the one who spoke", got[[]Behalf](t)(s.in(t).BehalfsOf(other.Asker)), []Behalf{want})
	same(t, "of nobody else", len(got[[]Behalf](t)(s.in(t).BehalfsOf(own.Elder+7))), 0)
}

func conformCounty(t *testing.T, s *stage) {
	office := Village{Name: "某县", County: "某县", Code: CountyOffice}
	s.must(t, func(tx *Tx) error { return tx.AddVillage(&office) })
	s.must(t, func(tx *Tx) error {
		in, there, err := tx.CountyOf("某县")
		same(t, "the county's office", [2]any{in.ID, there}, [2]any{office.ID, true})
		_, there, more := tx.CountyOf("别县")
		same(t, "of another county", there, false)
		return errors.Join(err, more)
	})
	s.write(t, func(v In) error {
		return errors.Join(v.AddDuty(Duty{Name: "甲", Phone: "1"}), v.AddDuty(Duty{Name: "乙", Phone: "2"}))
	})
	s.write(t, func(v In) error { return v.EndDuty("甲") })
	same(t, "one left the duty roster", len(got[[]Duty](t)(s.in(t).Duties())), 1)
	s.write(t, func(v In) error { return v.EndDuty("") })
	same(t, "all left", len(got[[]Duty](t)(s.in(t).Duties())), 0)
}
