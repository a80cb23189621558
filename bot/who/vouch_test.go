package who

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

func TestVouchOne(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	want(t, c.says("向丽", "认识"), "认了：李小军")
	m := c.members("a")[0]
	if m.State != storage.Active || m.Person != c.person["李小军"] || m.VouchedBy != c.person["向丽"] {
		t.Errorf("%+v", m)
	}
	if diff := cmp.Diff([][2]string{{"gh", "a"}}, c.touched); diff != "" {
		t.Error(diff)
	}
	n := c.notices(noteBound)
	if len(n) != 1 || n[0].OpenID != "a" || n[0].Person != m.Person {
		t.Fatalf("%+v", n)
	}
	want(t, n[0].Words, "认得您了，登记好了。要帮忙就直接讲一声。您是李小军。")
	for _, kind := range []string{noteVouch, noteWaiting} {
		if got := c.notices(kind); got[0].State != storage.NoticeCleared {
			t.Errorf("%s is %s", kind, got[0].State)
		}
	}
	if got := c.says("向丽", "认识"); got != "现在没有等您认的人。" {
		t.Errorf("again: %q", got)
	}
}

func TestRefuse(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	want(t, c.says("向丽", "不认识"), "没认：3组李小军")
	if m := c.members("a")[0]; m.State != storage.Refused {
		t.Errorf("%+v", m)
	}
	n := c.notices(noteRefused)
	if len(n) != 1 || n[0].OpenID != "a" {
		t.Fatalf("%+v", n)
	}
	want(t, n[0].Words, "打个电话", dutyPhone)
	want(t, c.says("a", "我是3组李小军"), "记下了") // he may ask again
	if m := c.members("a"); len(m) != 1 || m[0].State != storage.Pending {
		t.Errorf("%+v", m)
	}
}

func TestWhoMayVouch(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是2组王桂香")
	for who, text := range map[string]string{"夏满妹": "", "刘志明": "", "舒大全": "现在没有等您认的人。"} { // a volunteer, the doctor, the leader of another group
		if got := c.says(who, "认识"); got != text {
			t.Errorf("%s: %q", who, got)
		}
	}
	c.says("b", "我是3组李小军")
	want(t, c.says("舒大全", "认识"), "认了：李小军")
	if m := c.members("a")[0]; m.State != storage.Pending {
		t.Errorf("%+v", m)
	}
}

func TestVouchSeveral(t *testing.T) {
	for words, wanted := range map[string]string{
		"1认识 2不认识":       "认了：李小军。没认：3组刘海波。",
		"都认识":            "认了：李小军、刘海波、王桂香。",
		"都认识，除了小军":       "认了：刘海波、王桂香。没认：3组李小军。",
		"认识李小军":          "认了：李小军。",
		"小军、桂香 认识，海波不认识": "认了：李小军、王桂香。没认：3组刘海波。",
		"1 3认识":          "认了：李小军、王桂香。",
		"不认识海波":          "没认：3组刘海波。",
		"都不认识":           "没认：3组李小军、3组刘海波、2组王桂香。",
		"3组李小军认识":        "认了：李小军。",
		"认识":             "有3个人等认：1 3组李小军 2 3组刘海波 3 2组王桂香。",
		"李小军认识 刘海波和王桂香认不得": "认了：李小军。没认：3组刘海波、2组王桂香。",
	} {
		t.Run(words, func(t *testing.T) {
			c := newVillage(t)
			c.says("a", "我是3组李小军")
			c.says("b", "我是3组刘海波")
			c.says("c", "我是2组王桂香")
			want(t, c.says("向丽", words), wanted)
		})
	}
}

// The digits of a list keep their meaning while others are decided.
func TestDigitsOfTheListShown(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	c.says("b", "我是3组刘海波")
	want(t, c.says("向丽", "认识"), "1 3组李小军 2 3组刘海波")
	want(t, c.says("舒大全", "李小军认识"), "认了：李小军")
	want(t, c.says("向丽", "1认识 2不认识"), "没认：3组刘海波", "李小军先前定过了")
}

// Digits that a brief of today has given away are the brief's.
func TestBriefKeepsItsDigits(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	c.in(func(v storage.In, _ *book.Book) error {
		return v.AddBriefItem(storage.BriefItem{Day: storage.Day(c.now), Digit: 1, Kind: "help", Ref: 7})
	})
	if got := c.typed("向丽", "1认识", vouchOrder); got != "" {
		t.Errorf("reply %q", got)
	}
}

// Who is known by face but not by the roster is found, or added, by one
// question.
func TestNotOnTheRoster(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是4组王桂香")
	text := c.says("向丽", "认识")
	want(t, text, "4组王桂香是名册上哪位", "1 2组王桂香", "2 5组王桂香", "没有")
	want(t, c.says("向丽", "2"), "认了：5组王桂香")
	if m := c.members("a")[0]; m.State != storage.Active || m.Person == c.person["王桂香"] {
		t.Errorf("%+v", m)
	}
	c.says("b", "我是6组张大山")
	want(t, c.says("向丽", "认识"), "名册上没有6组张大山", "“加”")
	want(t, c.says("向丽", "加"), "加进名册")
	m := c.members("b")[0]
	c.in(func(v storage.In, b *book.Book) error {
		if p := b.Person(m.Person); m.State != storage.Active || p.Name != "张大山" || p.Group != 6 {
			t.Errorf("%+v %+v", m, p)
		}
		return nil
	})
	c.says("d", "我是6组张小山")
	c.says("向丽", "认识")
	want(t, c.says("向丽", "不加"), "先放着")
	if m := c.members("d")[0]; m.State != storage.Pending {
		t.Errorf("%+v", m)
	}
	c.says("e", "我是刘满生的崽海洋")
	want(t, c.says("向丽", "认识刘满生的崽海洋"), "刘满生的崽海洋还没认", "叫什么名字")
}

// Verdicts never speak of more people than there are, and a word about nobody
// decides nothing.
func TestVerdictsStayInside(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.StringOf(rapid.RuneFrom([]rune("认识不得除了都全小军海波张三，, 1234５、。组"))).Draw(r, "words")
		n := rapid.IntRange(0, 5).Draw(r, "waiting")
		waiting := make([]storage.Member, n)
		for i := range waiting {
			waiting[i].AskedName = rapid.SampledFrom([]string{"李小军", "刘海波", "张三", "一"}).Draw(r, "name")
		}
		said := verdicts(words, waiting)
		if len(said) != n {
			r.Fatalf("%d verdicts about %d", len(said), n)
		}
		for _, v := range said {
			if v != unsaid && !aboutFaces(words) {
				r.Fatalf("%q decides", words)
			}
		}
	})
}

func FuzzIntroduction(f *testing.F) {
	for _, s := range []string{"3组李小军", "李小军", "第十二组的张三", "", "组", "９９组", "我是三十三队的王五"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in := loose(reading(text))
		if in.Group < 0 || in.Group > 999 || len([]rune(in.Name)) > 4 {
			t.Errorf("%q: %+v", text, in)
		}
		_ = verdicts(text, []storage.Member{{AskedName: text}})
	})
}

func TestAgenda(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	c.says("b", "屋里灯坏了帮我修下")
	c.now = c.now.Add(unansweredAfter)
	points := c.points()
	if len(points) != 2 {
		t.Fatalf("%+v", points)
	}
	want(t, points[0].Words, "登记 3组李小军")
	want(t, points[1].Words, "一位没登记的", "灯坏了")
	act := func(i int, words string) string {
		return c.typed("向丽", words, func(t *line.Turn) (line.Answer, error) { return act(t, points[i].Ref) })
	}
	want(t, act(0, "好"), "认识回“认识”")
	want(t, act(0, "认识"), "认了：李小军")
	want(t, act(1, ""), "屋里灯坏了帮我修下")
	want(t, act(1, "打过电话了，请满妹去"), "记上：打过电话了")
	if n := c.notices(noteSlip); len(n) != 1 || n[0].OpenID != "b" {
		t.Errorf("%+v", n)
	} else {
		want(t, n[0].Words, "向老师看了您讲的，会回您电话。")
	}
	c.in(func(v storage.In, _ *book.Book) error {
		s, _, err := v.Slip(-points[1].Ref)
		want(t, s.Words, "屋里灯坏了", "→打过电话了，请满妹去")
		if s.State != storage.Closed {
			t.Errorf("%+v", s)
		}
		return err
	})
	want(t, act(1, "再看"), "看过了")
}

// whoIsAsked are the people asked about faces, in order.
func (c *village) whoIsAsked() (names []string) {
	asked := c.notices(noteVouch)
	c.in(func(_ storage.In, b *book.Book) error {
		for _, n := range asked {
			names = append(names, b.Name(n.Person))
		}
		return nil
	})
	return names
}

// due runs what the clock would about a face.
func (c *village) due() {
	c.t.Helper()
	c.update(func(tx *storage.Tx) error {
		items, err := facesDue(tx, 10)
		if err != nil {
			return err
		}
		for _, it := range items {
			b, err := book.Load(tx.In(it.Village))
			if err != nil {
				return err
			}
			if err := passFace(tx.In(it.Village), b, it.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// The leader is asked first; what he leaves for two hours of the day goes to the
// office the same day, and what no channel takes at once.
func TestWhoIsAskedFirst(t *testing.T) {
	c := newVillage(t)
	want(t, c.says("a", "我是3组李小军"), "请3组组长认一下")
	c.due()
	if diff := cmp.Diff([]string{"舒大全"}, c.whoIsAsked()); diff != "" {
		t.Fatal(diff)
	}
	c.now = c.now.Add(knownWithin)
	c.due()
	if diff := cmp.Diff([]string{"舒大全", "向丽"}, c.whoIsAsked()); diff != "" {
		t.Fatal(diff)
	}
	c.now = c.now.Add(20 * time.Hour)
	c.due()
	if diff := cmp.Diff([]string{"舒大全", "向丽"}, c.whoIsAsked()); diff != "" {
		t.Error(diff)
	}
	c.follows("舒大全", talk.Unsubscribe)
	want(t, c.says("b", "我是3组刘海波"), "请向老师认一下")
	if diff := cmp.Diff([]string{"舒大全", "向丽", "向丽"}, c.whoIsAsked()); diff != "" {
		t.Error(diff)
	}
}

// A question that no channel took counts for nothing: the next is asked at once.
func TestAskedButUnreached(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	n := c.notices(noteVouch)[0]
	for _, tc := range []struct {
		state string
		asked []string
	}{{storage.NoticeSent, []string{"舒大全"}}, {storage.NoticeCarry, []string{"舒大全", "向丽"}}} {
		n.State = tc.state
		c.store.DB().MustExec("UPDATE notice SET state = ? WHERE id = ?", n.State, n.ID)
		c.in(func(v storage.In, b *book.Book) error { return settledVouch(v, b, n) })
		c.now = c.now.Add(time.Second)
		c.due()
		if diff := cmp.Diff(tc.asked, c.whoIsAsked()); diff != "" {
			t.Errorf("%s: %s", tc.state, diff)
		}
	}
}

// Nobody is asked whether he knows himself: the old telephone of a leader who has
// a new one may be in anybody's hand.
func TestNobodyVouchesForHimself(t *testing.T) {
	c := newVillage(t)
	want(t, c.says("a", "我是3组舒大全"), "请向老师认一下")
	if diff := cmp.Diff([]string{"向丽"}, c.whoIsAsked()); diff != "" {
		t.Error(diff)
	}
	if got := c.says("舒大全", "认识"); got != "现在没有等您认的人。" {
		t.Errorf("reply %q", got)
	}
}

// A leader who does not read is rung by the office; what became of the call is
// kept, and nobody answering brings the face into the next brief.
func TestCallsAboutFaces(t *testing.T) {
	c := newVillage(t)
	c.in(func(v storage.In, _ *book.Book) error {
		if err := v.SetReach(storage.Reach{Person: c.person["舒大全"], PhoneOnly: true}); err != nil {
			return err
		}
		return v.Changed()
	})
	c.says("a", "我是3组李小军")
	n := c.notices(noteVouch)
	if len(n) != 1 || n[0].Person != c.person["向丽"] {
		t.Fatalf("%+v", n)
	}
	want(t, n[0].Words, "请打电话问3组组长舒大全19900001000", "“没人接”", "“错号”")
	if points := c.points(); len(points) != 0 {
		t.Errorf("in the brief at once: %+v", points)
	}
	want(t, c.says("向丽", "没人接"), "舒大全没接电话", "明早再提您")
	if points := c.points(); len(points) != 1 {
		t.Errorf("not in the next brief: %+v", points)
	}
	want(t, c.says("向丽", "认识"), "认了：李小军")
	c.says("b", "我是3组刘海波")
	want(t, c.says("向丽", "我认得"), "认了：刘海波")
	var outcomes []string
	for _, openid := range []string{"a", "b"} {
		id := c.members(openid)[0].ID
		c.in(func(v storage.In, _ *book.Book) error {
			calls, err := v.VouchCalls(id)
			for _, call := range calls {
				outcomes = append(outcomes, openid+call.Outcome)
			}
			return err
		})
	}
	if diff := cmp.Diff([]string{"a没人接", "a通了"}, outcomes); diff != "" {
		t.Error(diff)
	}
}

func (c *village) points() (points []line.Point) {
	c.in(func(v storage.In, b *book.Book) (err error) {
		points, err = agenda(v, b)
		return err
	})
	return points
}

// A face is whoever knows it's matter for a day; then it is the brief's.
func TestFacesInTheBrief(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	for wait, n := range map[time.Duration]int{unansweredAfter - time.Minute: 0, unansweredAfter: 1} {
		before := c.now
		c.now = c.now.Add(wait)
		if got := len(c.points()); got != n {
			t.Errorf("after %s: %d points", wait, got)
		}
		c.now = before
	}
}

// 刘满生的崽 who is known by face is asked nothing more: the same word lets him
// speak for his parent. Who gives no name of his own is looked for at home.
func TestChildOfSomebody(t *testing.T) {
	c := newVillage(t)
	var told []line.Fact
	c.heed = func(_ *line.Turn, f line.Fact) error {
		told = append(told, f)
		return nil
	}
	c.says("a", "我是刘满生的崽海波")
	want(t, c.says("向丽", "认识"), "认了：刘海波")
	want(t, c.notices(noteBound)[0].Words, "您是刘海波。可以替刘满生讲事", "去问老人")
	fact := line.Fact{Kind: line.Child, Person: c.person["刘海波"], Of: c.person["刘满生"], Words: "我是刘满生的崽海波"}
	if diff := cmp.Diff([]line.Fact{fact}, told); diff != "" {
		t.Error(diff)
	}
}
