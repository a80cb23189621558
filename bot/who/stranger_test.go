package who

import (
	"strings"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/storage"
)

func TestFirstWords(t *testing.T) {
	c := newVillage(t)
	for name, text := range map[string]string{
		"follow":   c.hears(talk.Message{OpenID: "a", Kind: talk.Event, Event: talk.Subscribe}, Stranger),
		"tap":      c.hears(talk.Message{OpenID: "b", Kind: talk.Event, Event: talk.Click, EventKey: "求助", Text: ""}, Stranger),
		"greeting": c.says("c", "您好"),
		"lost":     c.says("d", "帮助"),
	} {
		if !strings.HasPrefix(text, "您好，这是青坪村") || strings.Count(text, "？") != 1 {
			t.Errorf("%s: %q", name, text)
		}
		want(t, text, "几组的哪位", dutyPhone)
	}
	if got := c.slips(); len(got) != 0 {
		t.Errorf("slips of greetings: %+v", got)
	}
}

// Whether or not the roster has such a person, the reply is the same words.
func TestBindingRevealsNothing(t *testing.T) {
	c := newVillage(t)
	first := c.says("a", "我是3组李小军")
	if want := "好，记下了：3组李小军。请3组组长认一下，认了就告诉您。急事打" + dutyPhone + "。"; first != want {
		t.Errorf("reply %q, want %q", first, want)
	}
	for _, other := range [][2]string{{"b", "我是3组李大军"}, {"c", "我是6组李小军"}, {"d", "我是2组王桂香"}} {
		openid, words := other[0], other[1]
		got, by := c.says(openid, words), "请3组组长"
		if openid != "b" {
			by = "请向老师" // no leader of that group uses the account
		}
		if same := strings.NewReplacer("3组李小军", strings.TrimPrefix(words, "我是"), "请3组组长", by).Replace(first); got != same {
			t.Errorf("%s: %q, want %q", words, got, same)
		}
	}
	for openid, person := range map[string]string{"a": "李小军", "b": "", "c": ""} {
		m := c.members(openid)
		if len(m) != 1 || m[0].State != storage.Pending || m[0].Person != c.person[person] {
			t.Errorf("%s: %+v", openid, m)
		}
	}
	if m := c.members("d"); m[0].Person != c.person["王桂香"] {
		t.Errorf("the group tells the two 王桂香 apart: %+v", m)
	}
	asked := c.notices(noteVouch)
	if len(asked) != 4 || asked[0].Person != c.person["舒大全"] || asked[2].Person != c.person["向丽"] || asked[0].Weight != storage.Direct {
		t.Fatalf("asked %+v", asked)
	}
	want(t, asked[0].Words, "3组李小军想登记", "“认识”", "“不认识”")
	if c.touched == nil {
		t.Error("the sender's facts are not touched")
	}
}

func TestWaysToSayWho(t *testing.T) {
	for _, tc := range []struct {
		words  []string
		said   string // as it is read back
		person string
	}{
		{[]string{"3组李小军"}, "3组李小军", "李小军"},
		{[]string{"我是刘满生的崽海波"}, "刘满生的崽海波", "刘海波"},
		{[]string{"您好", "李小军", "3组"}, "3组李小军", "李小军"},
		{[]string{"您好", "李小军", "不晓得"}, "李小军", "李小军"},
		{[]string{"您好", "3组", "李小军"}, "3组李小军", "李小军"},
		{[]string{"您好", "李小军 三组的"}, "3组李小军", "李小军"},
		{[]string{"我是4组舒桂莲"}, "4组舒桂莲", ""}, // two of that name: nobody is guessed
		{[]string{"您好", "张三"}, "", ""},
	} {
		t.Run(strings.Join(tc.words, "/"), func(t *testing.T) {
			c := newVillage(t)
			var last string
			for _, w := range tc.words {
				last = c.says("a", w)
			}
			if tc.said == "" {
				want(t, last, "几组")
				return
			}
			want(t, last, "记下了："+tc.said+"。")
			if m := c.members("a"); len(m) != 1 || m[0].Person != c.person[tc.person] {
				t.Errorf("%+v", m)
			}
		})
	}
}

// Words said before anybody knows who speaks are kept for a person, and nobody
// is told to register first.
func TestWordsAreKept(t *testing.T) {
	c := newVillage(t)
	text := c.says("a", "明天想去镇上看腰 冇得人陪")
	want(t, text, "留给向老师", "几组的哪位")
	never(t, text, "先登记", "注册", "认证")
	slips := c.slips()
	if len(slips) != 1 || slips[0].Words != "明天想去镇上看腰 冇得人陪" || slips[0].OpenID != "a" {
		t.Fatalf("slips %+v", slips)
	}
	want(t, c.says("a", "我是3组李小军"), "记下了：3组李小军")
	text = c.says("a", "肚子好痛")
	want(t, text, "留给向老师", "登记的事也在认")
	never(t, text, "几组的")
	if got := c.slips(); len(got) != 2 {
		t.Errorf("slips %+v", got)
	}
}

// A request with the name in it is both: kept, and asked about.
func TestNameAndRequestInOneLine(t *testing.T) {
	c := newVillage(t)
	want(t, c.says("a", "我是3组李小军，屋里断电了，快点来人修"), "记下了：3组李小军")
	if len(c.slips()) != 1 || len(c.notices(noteVouch)) != 1 {
		t.Errorf("slips %v, notices %v", c.slips(), c.notices(noteVouch))
	}
	now := c.notices(noteUrgent)
	if len(now) != 1 || now[0].Weight != storage.Urgent {
		t.Fatalf("urgent words wait for the brief: %+v", now)
	}
	never(t, now[0].Lead, "李小军", "断电")
}

// Conversation 9.
func TestWhoAreYou(t *testing.T) {
	c := newVillage(t)
	text := c.says("a", "你们是不是骗子 问我屋里人做么子")
	want(t, text, "青坪村", "向老师", "不收钱", "验证码", officePhone)
	there, not := c.says("a", "那王桂香住哪里 她儿子电话好多"), c.says("a", "那王桂芳住哪里 她儿子电话好多")
	if there != not {
		t.Errorf("%q and %q tell who is there", there, not)
	}
	want(t, there, "不能讲", "带句话")
}

// Saying it again, or another name, keeps one row, and asks once a day for one
// name and not without end.
func TestSayingItAgain(t *testing.T) {
	c := newVillage(t)
	for range 3 {
		c.says("a", "我是3组李小军")
	}
	if m := c.members("a"); len(m) != 1 {
		t.Fatalf("rows %+v", m)
	}
	if got := c.notices(noteVouch); len(got) != 1 {
		t.Errorf("asked %d times", len(got))
	}
	for _, n := range []string{"张一山", "张二山", "张三山", "张四山", "张五山", "张六山"} {
		c.says("a", "我是4组"+n)
	}
	if got := c.notices(noteVouch); len(got) != noticesBound {
		t.Errorf("asked %d times", len(got))
	}
	if m := c.members("a"); len(m) != 1 || m[0].AskedName != "张六山" {
		t.Errorf("rows %+v", m)
	}
}

// After a day the newcomer hears once that he is not forgotten.
func TestStillWaiting(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组李小军")
	n := c.notices(noteWaiting)
	if len(n) != 1 || n[0].OpenID != "a" || n[0].NotBefore != storage.At(c.now.Add(24*time.Hour)) {
		t.Errorf("%+v", n)
	}
}

// A voice of a bound elder is never asked to be typed: a person is told at once.
func TestLeave(t *testing.T) {
	c := newVillage(t)
	text := c.hears(talk.Message{OpenID: "夏满妹", Kind: talk.Voice, MediaID: "m1"}, Leave)
	want(t, text, "留给向老师听", dutyPhone)
	never(t, text, "文字", "打字")
	if s := c.slips(); len(s) != 1 || s[0].Media != "m1" || s[0].Kind != string(talk.Voice) {
		t.Fatalf("slips %+v", s)
	}
	n := c.notices(noteUrgent)
	if len(n) != 1 || n[0].Person != c.person["向丽"] {
		t.Fatalf("notices %+v", n)
	}
	want(t, n[0].Words, "夏满妹", "语音")
	c.hears(talk.Message{OpenID: "夏满妹", Kind: talk.Image, MediaID: "m2"}, Leave)
	if got := c.notices(noteUrgent); len(got) != 1 {
		t.Errorf("a picture is pushed: %+v", got)
	}
}
