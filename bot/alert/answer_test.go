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

// Nobody answers: the chair after five minutes, then whoever is on duty; the
// caller hears what happened and whom to ring.
func TestNobodyAnswers(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.channel(noteAlert, storage.NoticeSent)
	c.tick(4 * time.Minute)
	if got := c.told(noteAlert, "2"); got != "" {
		t.Errorf("too early: %s", got)
	}
	c.tick(time.Minute)
	if got := c.told(noteAlert, "2"); got != "石建平" {
		t.Errorf("after five minutes %q was told", got)
	}
	if got := c.told(noteNews, "next.2"); got != "夏桂花" {
		t.Errorf("%q heard of the next step", got)
	}
	c.tick(5 * time.Minute) // on duty is the chair himself, who was told
	if a := c.alert(1); a.NextAt != 0 || a.State != storage.Raised {
		t.Errorf("alert %+v", a)
	}
	c.in(func(v storage.In, b *book.Book) error {
		points, err := agenda(v, b)
		if len(points) != 1 || points[0].Weight != storage.Danger {
			t.Fatalf("agenda %v", points)
		}
		want(t, points[0].Words, "刘满生", "没人回话", "10分钟")
		return err
	})
}

// A ring that no channel reaches is passed at once.
func TestUnreachableRingIsPassed(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.channel(noteAlert, storage.NoticeCarry)
	c.tick(time.Second)
	if got := c.told(noteAlert, "2"); got != "石建平" {
		t.Errorf("told %q", got)
	}
}

// Nobody who could be told at once is bound: the chair is told in the same
// message, and the reply says the truth.
func TestNobodyBound(t *testing.T) {
	c := newVillage(t)
	c.update(func(tx *storage.Tx) error {
		for _, s := range people {
			if s.name != "石建平" {
				if err := tx.Follow("gh", s.name, false); err != nil {
					return err
				}
			}
		}
		return nil
	})
	reply := c.raises("夏桂花")
	want(t, reply, "正在发给石建平")
	never(t, reply, "向老师", "刘医生")
}

func TestGoing(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	for _, who := range []string{"邓小军", "夏桂花", "stranger"} { // nobody told them
		if got := c.answers(who, "我去了"); got != "" {
			t.Errorf("%s: %q", who, got)
		}
	}
	want(t, c.answers("夏满妹", "我去了"), "夏满妹去了", "平安")
	if a := c.alert(1); a.State != storage.Acked || a.AckedBy != c.person["夏满妹"] {
		t.Errorf("alert %+v", a)
	}
	if got := c.told(noteNews, ""); got != "夏桂花" {
		t.Errorf("%q heard that somebody goes", got)
	}
	if got := c.told(noteMore, ""); got != "向丽" {
		t.Errorf("%q heard that somebody goes", got)
	}
	want(t, c.answers("夏桂花", "打了"), "夏满妹回了话")
	c.tick(29 * time.Minute)
	if got := c.told(noteAlert, "2") + c.told(noteStill, ""); got != "" {
		t.Errorf("told %q though somebody is on it", got)
	}
	want(t, c.answers("夏满妹", "去不了"), "另外找人")
	c.tick(time.Second)
	if got := c.told(noteAlert, "2"); got != "石建平" {
		t.Errorf("told %q after the helper gave up", got)
	}
}

// Whoever went and is not heard of is asked once, then the next ring is told; a
// word from him holds it again.
func TestGoingExpires(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.answers("夏满妹", "我去了")
	c.tick(30 * time.Minute)
	if asked, rung := c.told(noteStill, ""), c.told(noteAlert, "2"); asked != "夏满妹" || rung != "" {
		t.Errorf("asked %q, told %q", asked, rung)
	}
	want(t, c.answers("夏满妹", "还在办"), "夏满妹去了")
	c.tick(29 * time.Minute)
	if got := c.told(noteAlert, "2"); got != "" {
		t.Errorf("told %q though he said that he is still there", got)
	}
	c.tick(time.Minute)
	if got := c.told(noteStill, ""); got != "夏满妹 夏满妹" {
		t.Errorf("asked %q", got)
	}
	c.tick(10 * time.Minute)
	if a, rung := c.alert(1), c.told(noteAlert, "2"); rung != "石建平" || a.State != storage.Raised || a.AckedBy != 0 {
		t.Errorf("told %q, alert %+v", rung, a)
	}
}

// 收到 says that somebody has read it and no more: it holds the next ring back
// for ten minutes and asks whether he goes.
func TestSeenIsNotGoing(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	want(t, c.answers("向丽", "收到"), "去不去得成", "我去了")
	c.tick(9 * time.Minute)
	if got := c.told(noteAlert, "2"); got != "" {
		t.Errorf("told %q", got)
	}
	c.tick(time.Minute)
	if got := c.told(noteAlert, "2"); got != "石建平" {
		t.Errorf("told %q", got)
	}
	want(t, c.answers("刘志明", "我去了"), "刘志明去了")
	if a := c.alert(1); a.AckedBy != c.person["刘志明"] {
		t.Errorf("alert %+v", a)
	}
}

// 收到 to a question that stands open is that question's answer.
func TestSeenLeavesAnOpenQuestion(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.state("向丽").Open = &line.Question{Line: "help", Name: "right", Text: "对吗？"}
	if got := c.answers("向丽", "好"); got != "" {
		t.Errorf("reply %q", got)
	}
	want(t, c.answers("向丽", "我去了"), "去了")
}

func TestOnlyTheRightPersonEndsIt(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.channel(noteAlert, storage.NoticeSent)
	want(t, c.answers("夏桂花", "没事了"), "我告诉向老师", "看实")
	want(t, c.told(noteMore, ""), "向丽")
	if got := c.answers("邓小军", "平安"); got != "" { // nobody told him
		t.Errorf("邓小军 ends it: %q", got)
	}
	for _, who := range []string{"刘志明", "夏满妹"} { // told, and not there: news, and no end
		want(t, c.answers(who, "平安"), "我告诉向老师", "看实")
	}
	if a := c.alert(1); a.State != storage.Raised {
		t.Fatalf("alert %+v", a)
	}
	c.answers("夏满妹", "我去了")
	want(t, c.answers("夏满妹", "送医了，人清醒"), "了结", "送医了")
	a := c.alert(1)
	if a.State != storage.Closed || a.ClosedBy != c.person["夏满妹"] || a.Outcome != "送医了，人清醒" {
		t.Errorf("alert %+v", a)
	}
	if got, want := c.told(noteEnd, "1"), "向丽 刘志明 舒大全 向建国"; got != want {
		t.Errorf("%q heard the end, want %q", got, want)
	}
	if got := c.told(noteEnd, "caller"); got != "夏桂花" {
		t.Errorf("%q", got)
	}
	c.tick(time.Hour)
	if got := c.told(noteAlert, "2"); got != "" {
		t.Errorf("told %q after the end", got)
	}
}

func TestFalseAlarmCostsOneWord(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	want(t, c.answers("向丽", "误报"), "了结：误报")
	c.in(func(v storage.In, b *book.Book) error {
		notices, err := v.NoticesAbout(noteAlert, subject(1))
		for _, n := range notices {
			if n.State != storage.NoticeCleared {
				t.Errorf("notice to %s is %s", b.Name(n.Person), n.State)
			}
		}
		return err
	})
}

// With two alerts open the digit says which one ended.
func TestWhichAlert(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	c.says("夏桂花", "王桂香家起火了", danger(read.Strong, read.Fire, "起火"), Raise)
	want(t, c.answers("向丽", "误报"), "哪一件", "1 3组刘满生", "2 2组王桂香")
	want(t, c.answers("向丽", "2"), "王桂香", "误报")
	if c.alert(1).State != storage.Raised || c.alert(2).State != storage.Closed {
		t.Errorf("alerts %+v %+v", c.alert(1), c.alert(2))
	}
	want(t, c.answers("向丽", "满爷爷送医了"), "刘满生", "送医")
}

// Lines of other work pass an open alert by.
func TestOtherLinesPassBy(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	for _, words := range []string{"接13", "看了王桂香，人好 40分钟", "王桂香没事", "明天想去镇上看腰 要人陪", "还没看", "2红梅"} {
		if got := c.answers("向丽", words); got != "" {
			t.Errorf("%s: %q", words, got)
		}
	}
}

func TestAct(t *testing.T) {
	c := newVillage(t)
	c.raises("夏桂花")
	ref := c.alert(1).ID
	say := func(words string) string {
		return c.says("向丽", words, read.Danger{Level: read.NoDanger}, func(turn *line.Turn) (line.Answer, error) { return act(turn, ref) })
	}
	for _, words := range []string{"好", "收到", "", "👌"} {
		want(t, say(words), "怎么了结")
	}
	want(t, say("我去了"), "去了")
	want(t, say("儿子接去长沙了"), "了结：儿子接去长沙了")
	want(t, say("平安"), "已经了结")
}

// The same message heard twice makes one alert: the unique key refuses the
// second, and the core looks the reply up.
func TestOneAlertForOneMessage(t *testing.T) {
	c := newVillage(t)
	add := func() error {
		return c.store.Update(t.Context(), func(tx *storage.Tx) error {
			a := storage.Alert{Class: string(read.Life), SourceKey: strings.Repeat("a", 32), Ordinal: 1}
			return tx.In(c.id).AddAlert(&a)
		})
	}
	if err := add(); err != nil {
		t.Fatal(err)
	}
	if err := add(); !storage.IsDuplicate(err) {
		t.Errorf("the second: %v", err)
	}
}

// freshAlert: an end clears what is not sent; somebody on it clears later rings
// only.
func TestFresh(t *testing.T) {
	for state, live := range map[string]map[string]bool{
		storage.Raised: {"1": true, "2": true},
		storage.Acked:  {"1": true, "2": false},
		storage.Closed: {"1": false, "2": false},
	} {
		c := newVillage(t)
		c.raises("夏桂花")
		c.in(func(v storage.In, b *book.Book) error {
			a, _, err := v.LockAlert(1)
			if err != nil {
				return err
			}
			a.State, a.NextAt = state, 0
			if err := v.SaveAlert(a); err != nil {
				return err
			}
			for period, lives := range live {
				why, err := freshAlert(v, b, &storage.Notice{Kind: noteAlert, Subject: subject(1), Period: period})
				if err != nil || (why == "") != lives {
					t.Errorf("%s, ring %s: %q, %v", state, period, why, err)
				}
			}
			return nil
		})
	}
}
