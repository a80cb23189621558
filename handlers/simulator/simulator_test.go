package simulator

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTypedLineTravelsAndIsAnswered(t *testing.T) {
	b := start(t, echo)
	b.say("p1", " 明天想去看腰 <b>]]>\x01 ")
	b.say("p1", "要得")
	if got := b.chat("p1"); got[0] != "me: 明天想去看腰 <b>]]>" || got[len(got)-1] != "account: 记下了：要得" {
		t.Errorf("chat %q", got)
	}
	got := b.account.messages()
	if len(got) != 2 || got[0].FromUserName != villagers[0].OpenID || got[0].ToUserName != "gh_c0ffee" ||
		got[0].Content != "明天想去看腰 <b>]]>" || got[0].MsgId == 0 {
		t.Errorf("webhook got %+v", got)
	}
	if p := b.counts.view().Posts; p != (posts{Lines: 2, LinePosts: 2}) {
		t.Errorf("posts %+v", p)
	}
}

func TestEveryActReachesTheWebhook(t *testing.T) {
	b := start(t, func(int, inbound) string { return "" })
	for _, a := range []act{
		{Kind: "picture", Picture: "roof", base: "http://127.0.0.1:1"},
		{Kind: "voice", Seconds: 9},
		{Kind: "location", Label: "村部", Lat: 27.9, Lng: 110.6},
		{Kind: "click", Button: "click", Key: "HELP", Name: "我要帮忙"},
		{Kind: "click", Button: "view", Key: "https://example.invalid/", Name: "看"},
		{Kind: "click", Button: "scancode_waitmsg", Key: "DOOR", Name: "扫", Text: "3组8号"},
		{Kind: "choice", Choice: "7", Text: "要得"},
		{Kind: "scan", Key: "门牌码 3组8号"},
		{Kind: "consent", Template: "T1", Accept: true},
		{Kind: "unfollow"},
	} {
		a.Person = "p1"
		b.act(a)
	}
	b.act(act{Person: "p2", Kind: "scan", Key: "12"})
	b.act(act{Person: "p3", Kind: "unfollow"})
	b.act(act{Person: "p3", Kind: "follow"})
	var got []string
	for _, m := range b.account.messages() {
		got = append(got, strings.TrimRight(m.MsgType+" "+m.Event+" "+m.EventKey+m.Content+m.Label, " "))
		if m.Recognition != "" {
			t.Error("voice was recognised")
		}
	}
	want := []string{
		"image", "voice", "location  村部", "event CLICK HELP", "event VIEW https://example.invalid/",
		"event scancode_waitmsg DOOR", "text  要得", "event SCAN 门牌码 3组8号", "event subscribe_msg_popup_event",
		"event unsubscribe", "event subscribe qrscene_12", "event unsubscribe", "event subscribe",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	first := b.account.messages()
	if first[0].PicUrl != "http://127.0.0.1:1/pictures/roof.png" || first[1].MediaId16K == "" {
		t.Errorf("media: %+v", first[:2])
	}
}

func TestBadActsAreRefusedInWords(t *testing.T) {
	b := start(t, echo)
	for name, a := range map[string]act{
		"blank": {Kind: "text", Text: " \n"}, "long": {Kind: "text", Text: strings.Repeat("长", maxTyped+1)},
		"no picture": {Kind: "picture", Picture: "../x"}, "no voice": {Kind: "voice", Seconds: 61},
		"nowhere": {Kind: "location", Lat: 200, Label: "x"}, "no kind": {Kind: "dance"},
		"no scene": {Kind: "scan"}, "twice": {Kind: "follow"}, "odd menu": {Kind: "click", Button: "pic_weixin", Key: "K"},
	} {
		a.Person = "p1"
		var bad badAct
		if err := b.do(t.Context(), a); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := b.do(t.Context(), act{Person: "p2", Kind: "text", Text: "在吗"}); err == nil {
		t.Error("somebody who does not follow could write")
	}
	if err := b.do(t.Context(), act{Person: "nobody", Kind: "text", Text: "在吗"}); !errors.Is(err, errNoPhone) {
		t.Errorf("nobody: %v", err)
	}
	if n := len(b.account.messages()); n != 0 {
		t.Errorf("%d messages travelled", n)
	}
}

func TestDoubleClickIsOneMessage(t *testing.T) {
	b := start(t, echo)
	for range 3 {
		b.act(act{Person: "p1", Kind: "text", Text: "帮我", Nonce: "n1"})
	}
	b.act(act{Person: "p1", Kind: "text", Text: "帮我", Nonce: "n2"})
	if n := len(b.account.messages()); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

func TestPlatformAsksThreeTimes(t *testing.T) {
	for name, c := range map[string]struct {
		say  []string // the answers to the deliveries; "ok" answers
		last string
		n    int
	}{
		"second answers": {[]string{hangUp, "ok"}, "account: 好", 2},
		"third answers":  {[]string{crash, sleep, "ok"}, "account: 好", 3},
		"nobody answers": {[]string{crash, hangUp, sleep, "ok"}, "system: " + faultLine, 3},
		"refused":        {[]string{refuse403, "ok"}, "system: " + faultLine, 1},
		"empty reply":    {[]string{"empty"}, "system: " + faultLine, 1},
		"wrong person":   {[]string{"other"}, "system: " + faultLine, 1},
		"not XML":        {[]string{"junk"}, "system: " + faultLine, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := start(t, func(n int, m inbound) string {
				switch say := c.say[min(n, len(c.say))-1]; say {
				case "ok":
					return says(m, "好")
				case "empty":
					return says(m, "")
				case "other":
					return says(inbound{FromUserName: "oElse"}, "好")
				default:
					return say
				}
			})
			b.say("p1", "在吗")
			chat, got := b.chat("p1"), b.account.messages()
			if chat[len(chat)-1] != c.last || len(got) != c.n || len(chat) != 2 {
				t.Errorf("%d deliveries, chat %q", len(got), chat)
			}
			for _, m := range got {
				if m.MsgId != got[0].MsgId || m.Plain != got[0].Plain {
					t.Error("a delivery differs from the first")
				}
			}
			if p := b.counts.view().Posts; p.Lines != 1 || p.LinePosts != c.n {
				t.Errorf("posts %+v", p)
			}
		})
	}
}

func TestTraceShowsWhatTravelled(t *testing.T) {
	b := start(t, func(n int, m inbound) string {
		if n == 1 {
			return crash
		}
		return says(m, "好")
	})
	b.say("p1", "在吗")
	var mine, theirs *trace
	_ = b.book.look("p1", func(c *chat) { mine, theirs = c.traces[c.bubbles[0].ID], c.traces[c.bubbles[1].ID] })
	if !strings.Contains(mine.Inner, "在吗") || strings.Contains(mine.Sealed, "在吗") || !strings.Contains(mine.Sealed, "<Encrypt>") ||
		!strings.Contains(mine.Query, "msg_signature=") || len(mine.Tries) != 2 || mine.Tries[0].Status != 500 {
		t.Errorf("own trace %+v", mine)
	}
	if !strings.Contains(theirs.Inner, "<Content><![CDATA[好]]>") || !strings.Contains(theirs.Sealed, "MsgSignature") {
		t.Errorf("reply's trace %+v", theirs)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := New(Options{})
	for _, name := range []string{"Webhook", "Secret", "Wire.Token", "Wire.AppID", "Wire.AccountID"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not missed: %v", name, err)
		}
	}
}

func TestStrangersAlone(t *testing.T) {
	b := start(t, echo, func(o *Options) { o.People, o.Cast = nil, nil })
	id, err := b.newStranger()
	if err != nil || id != "stranger-3" {
		t.Fatalf("%s, %v", id, err)
	}
	b.act(act{Person: id, Kind: "follow"})
	b.say(id, "帮助")
	if got := b.chat(id); len(got) != 3 || got[2] != "account: 记下了：帮助" {
		t.Errorf("%q", got)
	}
}

func TestMessageXMLKeepsWhatIsLegal(t *testing.T) {
	b := start(t, echo)
	rapid.Check(t, func(rt *rapid.T) { keepsWords(rt, b, rapid.String().Draw(rt, "words")) })
}

func FuzzMessageXML(f *testing.F) {
	for _, s := range []string{"]]>", "<![CDATA[x]]>", "\x0b\x00&amp;", "\ud7ff\ufffe𠮷👌", "a\r\nb\rc", "\xff\xfe]]>\r"} {
		f.Add(s)
	}
	b := &bench{Simulator: &Simulator{opt: Options{Wire: keys}}}
	f.Fuzz(func(t *testing.T, words string) { keepsWords(t, b, words) })
}

// keepsWords: a strict parser reads the legal part of any words back, and
// nothing in them can end the element.
func keepsWords(t interface{ Fatalf(string, ...any) }, b *bench, words string) {
	raw := b.message("oA", time.Unix(1, 0), quoted("Content", words), group("List", quoted("Id", words)), number("MsgId", 7))
	var m struct {
		FromUserName, Content string
		MsgId                 int64
		List                  struct{ Id string }
	}
	if err := xml.Unmarshal(raw, &m); err != nil {
		t.Fatalf("%q: %v in %q", words, err, raw)
	}
	want := legal(words)
	if !strings.Contains(want, "]]>") { // a parser makes every line end a \n, unless written as an entity
		want = strings.ReplaceAll(strings.ReplaceAll(want, "\r\n", "\n"), "\r", "\n")
	}
	if m.Content != want || m.List.Id != want || m.MsgId != 7 || m.FromUserName != "oA" {
		t.Fatalf("%q was read as %q", words, m.Content)
	}
}
