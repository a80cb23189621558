package alert

import (
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// Conversation 6: a neighbour, in the middle of a form, reports an emergency.
func TestNeighbourInTheMiddleOfAForm(t *testing.T) {
	c := newVillage(t)
	c.state("夏桂花").Open = &line.Question{Line: "help", Name: "when", Text: "哪天上门方便？"}
	reply := c.raises("夏桂花")
	if !strings.HasPrefix(reply, "先打120！讲：“清江县青坪镇青坪村3组刘满生家，喊不应，村口有人接车。”") {
		t.Errorf("reply begins %q", reply)
	}
	want(t, reply, "听医生讲怎么做", "正在发给向老师、刘医生", dutyPhone)
	never(t, reply, "哪天", "平躺", "按压", "已发")
	if got, want := c.told(noteAlert, "1"), "向丽 刘志明 舒大全 夏满妹 向建国"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	if kept := c.state("夏桂花").Kept; kept == nil || kept.Line != "help" {
		t.Errorf("the form is lost: %+v", kept)
	}
	c.channel(noteAlert, storage.NoticeSent)
	calm := c.answers("夏桂花", "打了")
	want(t, calm, "已发给", "夏满妹", "还没回话", "您守着", "听120的")
}

// What a lock screen shows names nobody and no need; what stands in the notice
// lets somebody go.
func TestNoticeWords(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.in(func(v storage.In, b *book.Book) error {
		notices, err := v.NoticesAbout(noteAlert, subject(1))
		for _, n := range notices {
			if n.Lead != lead || n.Weight != storage.Danger {
				t.Errorf("notice to %s: lead %q, weight %d", b.Name(n.Person), n.Lead, n.Weight)
			}
			want(t, n.Words, "3组刘满生", "喊不应", "夏桂花", "19900001010", "我去了", "收到")
			if kin := strings.Contains(n.Words, "19900001011"); kin != b.Has(n.Person, storage.Secretary) {
				t.Errorf("notice to %s holds the family's telephone: %t", b.Name(n.Person), kin)
			}
		}
		return err
	})
}

// Who hears of which class at once.
func TestWhoIsToldOfEachClass(t *testing.T) {
	for class, who := range map[read.Class]string{
		read.Life: "向丽 刘志明 舒大全 夏满妹 向建国", read.Poison: "向丽 刘志明 舒大全 夏满妹 向建国", read.Fire: "向丽 刘志明 舒大全 夏满妹 向建国",
		read.SelfHarm: "向丽 刘志明", read.Child: "石桂兰", read.Violence: "向丽", read.Missing: "向丽 舒大全", read.Fraud: "向丽", read.Gone: "向丽 舒大全",
	} {
		t.Run(string(class), func(t *testing.T) {
			c := newVillage(t)
			reply := c.says("夏桂花", "满爷爷那边出事了", danger(read.Strong, class, "出事"), Raise)
			if got := c.told(noteAlert, "1"); got != who {
				t.Errorf("told %q, want %q", got, who)
			}
			want(t, reply, fixed[class].number)
		})
	}
}

// A child's matter is sealed: it is in nobody's brief, its reply names nobody,
// and the single question that follows goes to the one who was told.
func TestChildIsSealed(t *testing.T) {
	c := newVillage(t)
	reply := c.says("夏桂花", "刘家的娃儿身上有伤", danger(read.Strong, read.Child, "身上有伤"), Raise)
	want(t, reply, "110", "保密", "孩子现在安全吗")
	never(t, reply, "石桂兰", "向老师", "刘")
	want(t, c.answers("夏桂花", "不安全"), "保密", "110")
	if got := c.told(noteMore, ""); got != "石桂兰" {
		t.Errorf("the answer went to %q", got)
	}
	c.in(func(v storage.In, b *book.Book) error {
		points, err := agenda(v, b)
		if len(points) != 0 {
			t.Errorf("the brief holds %v", points)
		}
		return err
	})
	if got := c.answers("向丽", "误报"); got != "" {
		t.Errorf("the secretary-general may end what is sealed: %q", got)
	}
	c.tick(31 * time.Minute)
	if got := c.told(noteAlert, "2"); got != "石桂兰" {
		t.Errorf("reminded %q", got)
	}
	want(t, c.answers("石桂兰", "误报"), "了结")
}

// Without a 儿童主任 the report reaches the county, else the secretary-general;
// it is never lost and never goes to a leader.
func TestChildWithoutOfficer(t *testing.T) {
	c := newVillage(t)
	reply := c.says("石桂兰", "刘家的娃儿身上有伤", danger(read.Strong, read.Child, "身上有伤"), Raise)
	want(t, reply, "专管的人")
	if got := c.told(noteAlert, ""); got != "向丽" {
		t.Errorf("told %q", got)
	}
}

// A stranger gets the same help and learns nothing from the roster: no alias,
// no name, no group (settled.md 6).
func TestStranger(t *testing.T) {
	c := newVillage(t)
	reply := c.raises("stranger")
	if !strings.HasPrefix(reply, "先打120！") {
		t.Errorf("reply begins %q", reply)
	}
	want(t, reply, "您要是在外地，120通的是外地", dutyPhone, firstAidPhone, "满爷爷家")
	never(t, reply, "刘满生", "3组", "夏满妹", "刘医生", "刘志明", "舒大全")
	if a := c.alert(1); a.Person != 0 || a.OpenID != "stranger" || a.Elder != c.person["刘满生"] {
		t.Errorf("alert %+v", a)
	}
	calm := c.answers("stranger", "打了")
	want(t, calm, "您守着")
	never(t, calm, "夏满妹", "刘志明", "舒大全")
}

// Settled 1: who is away is never told only 120.
func TestAway(t *testing.T) {
	c := newVillage(t)
	reply := c.raises("刘海波")
	if !strings.HasPrefix(reply, "您在外地，120通的是外地：快打值班"+dutyPhone+"，请村里打120；县急救直拨"+firstAidPhone) {
		t.Errorf("reply begins %q", reply)
	}
	c = newVillage(t)
	self := c.says("刘海波", "我胸口痛得出不得气", danger(read.Strong, read.Life, "出不得气"), Raise)
	want(t, self, "打120！", "您要是在外地") // it may be he himself: the 120 of where he is
}

// Settled 2: at an hour when nobody answers the duty telephone it is not named.
func TestNobodyOnDuty(t *testing.T) {
	c := newVillage(t)
	c.now = time.Date(2026, 11, 24, 2, 0, 0, 0, storage.Shanghai)
	for _, who := range []string{"夏桂花", "刘海波", "stranger"} {
		never(t, c.raises(who), dutyPhone)
	}
	want(t, c.raises("刘海波"), firstAidPhone)
}

// Without records or session the fixed words stand, and nobody is said to be
// told.
func TestFixed(t *testing.T) {
	c := newVillage(t)
	var b *book.Book
	c.in(func(_ storage.In, loaded *book.Book) error { b = loaded; return nil })
	for class := range fixed {
		for name, text := range map[string]string{
			"nothing known": Fixed(danger(read.Strong, class), nil, c.now, 0),
			"village":       Fixed(danger(read.Strong, class, "喊不应"), b, c.now, 0),
			"person":        Fixed(danger(read.Strong, class, "喊不应"), b, c.now, c.person["夏桂花"]),
			"away":          Fixed(danger(read.Strong, class, "喊不应"), b, c.now, c.person["刘海波"]),
		} {
			want(t, text, fixed[class].number, "村里还不晓得")
			never(t, text, "正在发", "已发", "刘满生")
			if name != "nothing known" {
				want(t, text, dutyPhone)
			}
		}
	}
}

// Two names that fit: nothing is asked before the answer, and whoever goes reads
// both.
func TestTieIsShownToTheHelpers(t *testing.T) {
	c := newVillage(t)
	c.in(func(v storage.In, _ *book.Book) error {
		p := storage.Person{Name: "王桂香", Group: 5, Status: storage.Home}
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		return v.AddPlan(storage.Plan{Person: p.ID})
	})
	reply := c.says("夏桂花", "王桂香喊不应了", danger(read.Strong, read.Life, "喊不应"), Raise)
	want(t, reply, "青坪村王桂香家")
	never(t, reply, "？", "2组", "5组")
	c.in(func(v storage.In, _ *book.Book) error {
		notices, err := v.NoticesAbout(noteAlert, subject(1))
		want(t, notices[0].Words, "2组王桂香", "5组王桂香")
		return err
	})
}

// What is said next about the same danger joins the alert: those who were told
// hear it, there are not two.
func TestMoreWordsJoin(t *testing.T) {
	c := newVillage(t)
	want(t, c.says("夏桂花", "救命", danger(read.Strong, read.Life, "救命"), Raise), "打120")
	c.raises("夏桂花")
	if a := c.alert(1); a.Elder != c.person["刘满生"] || !strings.Contains(a.Words, "救命；满爷爷") {
		t.Errorf("alert %+v", a)
	}
	if a := c.alert(2); a.ID != 0 {
		t.Errorf("a second alert: %+v", a)
	}
	want(t, c.told(noteMore, ""), "向丽", "刘志明")
	c.says("夏满妹", "刘满生喊不应", danger(read.Strong, read.Life, "喊不应"), Raise)
	if a := c.alert(2); a.ID != 0 {
		t.Errorf("another's report made a second alert: %+v", a)
	}
	c.says("夏桂花", "王桂香家起火了", danger(read.Strong, read.Fire, "起火"), Raise)
	if a := c.alert(2); a.Class != string(read.Fire) {
		t.Errorf("a fire joined: %+v", a)
	}
}

// A danger whose village nobody knows is answered first, then asked where.
func TestNoVillage(t *testing.T) {
	turn := &line.Turn{State: &line.State{}}
	turn.Read.Danger = danger(read.Strong, read.Life, "喊不应")
	c := newVillage(t)
	c.update(func(tx *storage.Tx) error {
		turn.In = tx.In(0)
		a, err := Raise(turn)
		if !strings.HasPrefix(a.Text, "先打120！") || !strings.HasSuffix(a.Text, "您是哪个镇哪个村的？") {
			t.Errorf("reply %q", a.Text)
		}
		return err
	})
}

// A visitor's report that nobody answers at a door raises class 失联; no
// volunteer is sent to force a door.
func TestNoContact(t *testing.T) {
	c := newVillage(t)
	c.says("邓小军", "还是冇人 电视响", read.Danger{Level: read.NoDanger}, func(turn *line.Turn) (line.Answer, error) {
		return line.Answer{}, hearNoContact(turn, line.Fact{Kind: line.NoContact, Person: c.person["刘满生"], Words: "电视响"})
	})
	if got, want := c.told(noteAlert, "1"), "向丽 刘志明 舒大全 石建平"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}
