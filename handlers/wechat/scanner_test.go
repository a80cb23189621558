package wechat

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mishu/bot/talk"
	"mishu/handlers/wechat/wire"
)

func TestTolerance(t *testing.T) {
	for name, c := range map[string]struct{ doc, content string }{
		"plain":             {"<xml><Content>hi</Content></xml>", "hi"},
		"entities":          {"<xml><Content>a &lt;b&gt; &amp; &#20320;&#x597D;</Content></xml>", "a <b> & 你好"},
		"entities in cdata": {"<xml><Content><![CDATA[&lt;]]></Content></xml>", "&lt;"},
		"split cdata":       {"<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>", "a]]>b"},
		"laid out":          {"<xml>\n <Content>\n  <![CDATA[ a ]]>\n </Content>\n</xml>\n", " a "},
		"trimmed":           {"<xml><Content>\n hi \n</Content></xml>", "hi"},
		"empty":             {"<xml><Content/><MsgId>1</MsgId></xml>", ""},
		"empty cdata":       {"<xml><Content><![CDATA[]]></Content></xml>", ""},
		"attributes":        {`<xml a="x>y"><Content b='>'>hi</Content ></xml>`, "hi"},
		"twice":             {"<xml><Content>first</Content><Content>second</Content></xml>", "first"},
		"tags in cdata":     {"<xml><Content><![CDATA[</Content><MsgId>9</MsgId>]]></Content></xml>", "</Content><MsgId>9</MsgId>"},
		"no UTF-8":          {"<xml><Content><![CDATA[\xc4\xe3a]]></Content></xml>", "\ufffda"},
		"nested unknown":    {"<xml><A><Content>no</Content><B><C>x</C></B></A><Content>yes</Content></xml>", "yes"},
		"text around":       {"<xml>stray<Content>hi</Content>stray</xml>stray", "hi"},
	} {
		in, err := Parse(c.doc)
		if err != nil || in.Content != c.content || in.MsgID == "9" {
			t.Errorf("%s: %q %v", name, in.Content, err)
		}
	}
}

func TestMalformed(t *testing.T) {
	for _, doc := range []string{
		"", " ", "x", "<", "<xml", "<xml>", "<xml></xm>", "</xml>", "<xml><a></b></xml>", "<xml><a></xml>", "<a></a>",
		"<xml><Content><![CDATA[x</Content></xml>", "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml>&a;</xml>", "<xml><></></xml>",
		"<xml><!-- </xml>", "<?xml <xml></xml>", `<xml><a b="></a></xml>`, "<xml><a<b></xml>",
		"<xml>" + strings.Repeat("<a>", maxDepth) + strings.Repeat("</a>", maxDepth) + "</xml>",
	} {
		if in, err := Parse(doc); err == nil {
			t.Errorf("%q read as %+v", doc, in)
		}
	}
}

// TestWhatWireWritesIsRead: any words survive the way in.
func TestWhatWireWritesIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return !forbidden(r) })).Draw(t, "words")
		doc := testWire.Message("o1", day, wire.Field{Name: "MsgType", Text: "text"}, wire.Field{Name: "Content", Text: words})
		in, err := Parse(string(doc))
		if err != nil || in.Content != words || in.FromUserName != "o1" || in.ToUserName != testAccount.ID {
			t.Fatalf("%q read as %q, %v", words, in.Content, err)
		}
		reply := appendText(nil, &in, words, day)
		var r struct{ ToUserName, Content string }
		if err := xml.Unmarshal(reply, &r); err != nil || r.ToUserName != "o1" {
			t.Fatalf("reply %q: %v", reply, err)
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(fit(words)) // XML's own rule for line ends
		if r.Content != want {
			t.Fatalf("reply reads %q, want %q", r.Content, want)
		}
	})
}

func TestInvariant12Fit(t *testing.T) {
	long := strings.Repeat("村里的事，", 200)
	for name, text := range map[string]string{
		"short": "好", "long": long, "lines": strings.Repeat("一行字二十个左右的样子，讲清楚为止。\n", 60), "one early line": "头\n" + long,
	} {
		got := fit(text)
		if len(got) > maxText || !utf8.ValidString(got) {
			t.Errorf("%s: %d bytes, valid %v", name, len(got), utf8.ValidString(got))
		}
		if len(text) <= maxText && got != text {
			t.Errorf("%s: changed", name)
		}
		cut := strings.TrimSuffix(got, ellipsis)
		if len(text) > maxText && (cut == got || !strings.HasPrefix(text, cut) || len(cut) < maxText/2) {
			t.Errorf("%s: cut badly: %q", name, got)
		}
		if name == "lines" && !strings.HasSuffix(cut, "。") {
			t.Errorf("lines: not cut at the end of a line: %q", cut[len(cut)-30:])
		}
	}
}

func TestMessage(t *testing.T) {
	for file, want := range map[string]talk.Message{
		"chanxuehong_event_subscribe_02":   {Kind: talk.Event, Event: talk.Subscribe, EventKey: "1000000"},
		"chanxuehong_event_SCAN_01":        {Kind: talk.Event, Event: talk.Scan, EventKey: "1000000"},
		"wechatpy_event_CLICK_01":          {Kind: talk.Event, Event: talk.Click, EventKey: "EVENTKEY"},
		"wechatpy_text_01":                 {Kind: talk.Text, Text: "this is a test"},
		"wxjava_testFromXml":               {Kind: talk.Text, Text: "this is a test", MediaID: "media_id", Label: "位置信息"},
		"official_voice_16k":               {Kind: talk.Voice, MediaID: "media_id"},
		"chanxuehong_shortvideo_01":        {Kind: talk.Video, MediaID: "K1vQMPUWLJyRjXZ6TKHzYGcFkMDYHHlVqdIQ3XFGbiGDRmyEHbWEaArGIPyoROT7"},
		"wechatpy_notsure_01":              {Kind: talk.Unknown},
		"real_voice_empty_recognition":     {Kind: talk.Voice, MediaID: "whQK88YniP8QXO5rkRimKmkWEg4V0D9_yDblzDFn9yJMJQNnV7pan6AJg8rgiFs9"},
		"wechatpy_location_01":             {Kind: talk.Location, Label: "位置信息"},
		"wechatpy_event_scancode_push_01":  {Kind: talk.Event, Event: talk.Click, EventKey: "6"},
		"chanxuehong_event_unsubscribe_01": {Kind: talk.Event, Event: talk.Unsubscribe},
	} {
		in := parseFile(t, "inbound_xml/"+file+".xml")
		got := in.message(day)
		if file == "chanxuehong_shortvideo_01" {
			want.MediaID = in.MediaID
		}
		want.Account, want.OpenID, want.Key, want.At = in.ToUserName, in.FromUserName, in.Key(), in.moment(day)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/inbound_xml/*.xml")
	if err != nil || len(files) == 0 {
		f.Fatal("no samples")
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add("<xml a='>'><!-- x --><?y?><Content>&#0;&amp;<![CDATA[]]]]><![CDATA[>]]></Content></xml>")
	f.Fuzz(func(t *testing.T, doc string) {
		in, err := Parse(doc)
		if err != nil {
			return
		}
		for _, s := range []string{in.ToUserName, in.FromUserName, in.Content, in.EventKey, in.MsgID} {
			if !utf8.ValidString(s) || strings.IndexFunc(s, forbidden) >= 0 {
				t.Fatalf("forbidden in %q", s)
			}
		}
		if m := in.message(day); len(m.Key) != 32 || m.At.IsZero() {
			t.Fatalf("%+v", m)
		}
		var r struct{ Content string }
		if err := xml.Unmarshal(appendText(nil, &in, in.Content, day), &r); err != nil {
			t.Fatalf("reply is no XML: %v", err)
		}
	})
}

// Every field of a card of a mini program and of the rarer events is read; who
// gives his account up leaves like one who unfollows.
func TestRarerFields(t *testing.T) {
	in, err := Parse("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><MsgType>miniprogrampage</MsgType><Title>t</Title>" +
		"<AppId>wx1</AppId><PagePath>p/q?a=1</PagePath><ThumbUrl>https://x</ThumbUrl><ThumbMediaId>m</ThumbMediaId></xml>")
	if err != nil || in.Title != "t" || in.AppID != "wx1" || in.PagePath != "p/q?a=1" || in.ThumbURL != "https://x" || in.ThumbMediaID != "m" {
		t.Errorf("%+v %v", in, err)
	}
	in, err = Parse("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><MsgType>event</MsgType><Event>user_authorization_cancellation</Event>" +
		"<OpenID>o1</OpenID><RevokeInfo>1</RevokeInfo><ExpiredTime>1790000000</ExpiredTime><FailReason>r</FailReason></xml>")
	if err != nil || in.OpenID != "o1" || in.RevokeInfo != "1" || in.ExpiredTime != "1790000000" || in.FailReason != "r" {
		t.Errorf("%+v %v", in, err)
	}
	if m := in.message(day); m.Event != talk.Unsubscribe || !meant(&m) {
		t.Errorf("%+v", m)
	}
}
