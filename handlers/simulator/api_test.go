package simulator

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const oneMenu = `{"button":[{"name":"我要帮忙","sub_button":[{"type":"click","name":"求助","key":"HELP"}]},{"type":"click","name":"帮助","key":"WORDS"}]}`

func TestTokens(t *testing.T) {
	b := start(t, echo)
	stable := func(force bool) map[string]any {
		return b.raw("/cgi-bin/stable_token", map[string]any{
			"grant_type": "client_credential", "appid": keys.AppID, "secret": secret, "force_refresh": force,
		})
	}
	classic := func() map[string]any {
		return b.raw("/cgi-bin/token?grant_type=client_credential&appid="+keys.AppID+"&secret="+secret, nil)
	}
	works := func(token any) int { return code(b.raw("/cgi-bin/menu/get?access_token="+fmt.Sprint(token), nil)) }
	one, two := stable(false), stable(false)
	if one["access_token"] != two["access_token"] || one["expires_in"].(float64) != 7200 {
		t.Errorf("stable token is not stable: %v %v", one, two)
	}
	old := classic()["access_token"]
	fresh := classic()["access_token"]
	for _, token := range []any{one["access_token"], old, fresh} {
		if c := works(token); c != codeNoMenu {
			t.Errorf("a good token: %d", c)
		}
	}
	b.clock.add(5*time.Minute + time.Second)
	if works(old) != codeTokenExpired || works(fresh) != codeNoMenu {
		t.Error("the old classic token outlives its overlap, or took the new one along")
	}
	b.clock.add(110 * time.Minute)
	next := stable(false)["access_token"]
	if next == one["access_token"] || works(one["access_token"]) != codeNoMenu || works(next) != codeNoMenu {
		t.Error("near its end the stable token must be replaced and both must work")
	}
	b.clock.add(6 * time.Minute)
	if works(one["access_token"]) != codeTokenExpired {
		t.Error("a token outlives its 7200 s")
	}
	forced := stable(true)["access_token"]
	if works(next) != codeTokenWrong || works(forced) != codeNoMenu {
		t.Error("a forced refresh must end the old token at once")
	}
	if c := code(stable(true)); c != codeTooFast {
		t.Errorf("forced again within 30 s: %d", c)
	}
}

func TestTokenRefusals(t *testing.T) {
	b := start(t, echo)
	for path, want := range map[string]int{
		"/cgi-bin/token?grant_type=x": codeGrantType,
		"/cgi-bin/token?grant_type=client_credential&appid=wrong&secret=" + secret:          codeAppID,
		"/cgi-bin/token?grant_type=client_credential&appid=" + keys.AppID:                   codeSecretMissing,
		"/cgi-bin/token?grant_type=client_credential&appid=" + keys.AppID + "&secret=wrong": codeSecret,
		"/cgi-bin/stable_token":                codeNeedPost,
		"/cgi-bin/user/info?access_token=nope": codeTokenWrong,
		"/cgi-bin/user/info":                   codeTokenMissing,
		"/cgi-bin/no/such":                     codeBusy,
	} {
		if got := b.raw(path, nil); code(got) != want || !strings.Contains(fmt.Sprint(got["errmsg"]), "rid: ") {
			t.Errorf("%s: %v, want %d", path, got, want)
		}
	}
	if b.counts.view().Refused[codeTokenWrong] != 1 {
		t.Errorf("refusals not counted: %v", b.counts.view().Refused)
	}
}

// TestWindows: what may be sent when, by the rules of 2023-06.
func TestWindows(t *testing.T) {
	send := func(b *bench) int {
		return code(b.call("/cgi-bin/message/custom/send", text(villagers[0].OpenID, "早")))
	}
	write := act{Person: "p1", Kind: "text", Text: "在吗"}
	tap := act{Person: "p1", Kind: "click", Button: "click", Key: "K", Name: "n"}
	type step struct {
		act  *act
		wait time.Duration
		want []int // the answers to as many sends
	}
	for name, steps := range map[string][]step{
		"never wrote":  {{want: []int{codeWindowClosed}}},
		"five":         {{act: &write, want: []int{0, 0, 0, 0, 0, codeCountUsed}}},
		"48 hours":     {{act: &write, wait: 48*time.Hour - time.Second, want: []int{0}}, {wait: 2 * time.Second, want: []int{codeWindowClosed}}},
		"writes again": {{act: &write, want: []int{0, 0, 0, 0, 0}}, {act: &write, want: []int{0, 0, 0, 0, 0, codeCountUsed}}},
		"a tap is three in a minute": {
			{act: &tap, want: []int{0, 0, 0, codeCountUsed}},
			{act: &tap, wait: 59 * time.Second, want: []int{0}},
			{wait: time.Second, want: []int{codeWindowClosed}},
		},
		"scan":           {{act: &act{Person: "p1", Kind: "scan", Key: "8"}, wait: time.Second, want: []int{0, 0, 0, codeCountUsed}}},
		"a choice too":   {{act: &act{Person: "p1", Kind: "choice", Choice: "1", Text: "好"}, wait: time.Minute, want: []int{codeWindowClosed}}},
		"a page is none": {{act: &act{Person: "p1", Kind: "click", Button: "view", Key: "u", Name: "n"}, want: []int{codeWindowClosed}}},
		"both":           {{act: &write}, {act: &tap, want: []int{0, 0, 0, 0, 0, 0, 0, 0, codeCountUsed}}},
		"left":           {{act: &write}, {act: &act{Person: "p1", Kind: "unfollow"}, want: []int{codeWindowClosed}}},
		"came back": {
			{act: &write},
			{act: &act{Person: "p1", Kind: "unfollow"}},
			{act: &act{Person: "p1", Kind: "follow"}, want: []int{0, 0, 0, codeCountUsed}},
			{wait: time.Minute, want: []int{codeWindowClosed}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, func(int, inbound) string { return "" })
			for i, s := range steps {
				if s.act != nil {
					b.act(*s.act)
				}
				b.clock.add(s.wait)
				b.token = "" // the token may have run out meanwhile
				var got []int
				for range s.want {
					got = append(got, send(b))
				}
				if d := cmp.Diff(s.want, got); d != "" {
					t.Errorf("step %d:\n%s", i, d)
				}
			}
		})
	}
}

func TestCustomMessages(t *testing.T) {
	b := start(t, func(int, inbound) string { return "" })
	b.say("p1", "在吗")
	to := villagers[0].OpenID
	for name, c := range map[string]struct {
		body any
		want int
	}{
		"nobody":   {text("oNobody", "x"), codeOpenID},
		"empty":    {text(to, ""), codeEmptyText},
		"long":     {text(to, strings.Repeat("长", 683)), codeTooLong},
		"no JSON":  {"{", codeBadJSON},
		"kind":     {map[string]any{"touser": to, "msgtype": "wxcard"}, codeMessageType},
		"picture":  {map[string]any{"touser": to, "msgtype": "image", "image": map[string]any{"media_id": "x"}}, codeMedia},
		"articles": {`{"touser":"` + to + `","msgtype":"news","news":{"articles":[{},{}]}}`, codeArticles},
		"choices":  {`{"touser":"` + to + `","msgtype":"msgmenu","msgmenu":{"head_content":"接不接？","list":[{"id":"1","content":"接"}]}}`, 0},
	} {
		if got := b.call("/cgi-bin/message/custom/send", c.body); code(got) != c.want {
			t.Errorf("%s: %v, want %d", name, got, c.want)
		}
	}
	// Nobody opened his phone; the roster knows the OpenID that his ID gives.
	if got := b.call("/cgi-bin/message/custom/send", text(withOpenID(villagers[2]).OpenID, "x")); code(got) != codeWindowClosed {
		t.Errorf("volunteer: %v", got)
	}
	if got := b.chat("p1"); got[len(got)-1] != "push: 接不接？" {
		t.Errorf("chat %q", got)
	}
	if got := b.call("/cgi-bin/message/custom/typing", map[string]any{"touser": to, "command": "Typing"}); code(got) != 0 {
		t.Errorf("typing: %v", got)
	}
}

func template(openID, id string, data map[string]string) map[string]any {
	fields := map[string]any{}
	for k, v := range data {
		fields[k] = map[string]string{"value": v}
	}
	return map[string]any{"touser": openID, "template_id": "T1", "client_msg_id": id, "data": fields}
}

func TestTemplateMessages(t *testing.T) {
	b := start(t, func(int, inbound) string { return "" })
	const path = "/cgi-bin/message/template/send"
	good := map[string]string{"thing1": "早，向老师。要您定的3件"}
	first := b.call(path, template(villagers[0].OpenID, "n-1", good))
	again := b.call(path, template(villagers[0].OpenID, "n-1", good))
	b.work.Wait()
	if code(first) != 0 || first["msgid"] != again["msgid"] || len(b.chat("p1")) != 1 {
		t.Errorf("client_msg_id is not idempotent: %v %v %q", first, again, b.chat("p1"))
	}
	b.clock.add(10 * time.Minute)
	if b.call(path, template(villagers[0].OpenID, "n-1", good)); len(b.chat("p1")) != 2 {
		t.Error("after 10 minutes the same id must send again")
	}
	b.work.Wait()
	got := b.account.messages()
	if len(got) != 2 || got[0].Event != "TEMPLATESENDJOBFINISH" || got[0].Status != "success" || float64(got[0].MsgID) != first["msgid"] {
		t.Errorf("reports %+v", got)
	}
	if got := b.call(path, template(villagers[1].OpenID, "n-2", good)); code(got) != codeUnfollowed {
		t.Errorf("not following: %v", got)
	}
	for field, value := range map[string]string{
		"thing1": strings.Repeat("字", 21), "thing2": "两\n行", "thing3": "", "number1": "三", "phrase1": "六个字的短语", "name1": "王2",
		"phone_number1": "123456789012345678", "date1": "明天", "other": strings.Repeat("x", 21), "character_string1": "汉字",
	} {
		if got := b.call(path, template(villagers[0].OpenID, "", map[string]string{field: value})); code(got) != codeBadValue {
			t.Errorf("%s = %q: %v", field, value, got)
		}
	}
	for field, value := range map[string]string{
		"thing1": strings.Repeat("字", 20), "number1": "3", "time1": "2026年11月25日 09:30", "date1": "2026-11-25", "phrase1": "没人接",
		"name1": "向丽", "phone_number1": "19900001234", "character_string1": "NO-13", "amount1": "50元", "const1": "助医",
	} {
		if got := b.call(path, template(villagers[0].OpenID, "", map[string]string{field: value})); code(got) != 0 {
			t.Errorf("%s = %q: %v", field, value, got)
		}
	}
}

func TestSubscriptionNoticesNeedConsent(t *testing.T) {
	b := start(t, func(int, inbound) string { return "" }, func(o *Options) {
		o.Templates = []Template{{ID: "T1", Title: "待办提醒", Subscription: true}, {ID: "T2", Title: "长期提醒", Long: true, Subscription: true}}
	})
	send := func(id string) int {
		body := template(villagers[0].OpenID, "", map[string]string{"thing1": "要您定的3件"})
		body["template_id"] = id
		return code(b.call("/cgi-bin/message/subscribe/bizsend", body))
	}
	agree := func(id string, yes bool) { b.act(act{Person: "p1", Kind: "consent", Template: id, Accept: yes}) }
	if send("T1") != codeNoConsent {
		t.Error("sent without consent")
	}
	agree("T1", true)
	agree("T1", true)
	agree("T2", true)
	got := []int{send("T1"), send("T1"), send("T1"), send("T2"), send("T2"), send("T2")}
	agree("T1", true)
	b.act(act{Person: "p1", Kind: "unfollow"})
	b.act(act{Person: "p1", Kind: "follow"})
	got = append(got, send("T1")) // leaving ends every consent
	agree("T2", true)
	agree("T2", false)
	got = append(got, send("T2"))
	if d := cmp.Diff([]int{0, 0, codeNoConsent, 0, 0, 0, codeNoConsent, codeNoConsent}, got); d != "" {
		t.Error(d)
	}
	b.work.Wait()
	sent := 0
	for _, m := range b.account.messages() {
		if m.Event == "subscribe_msg_sent_event" && strings.Contains(m.Plain, "<ErrorCode>0</ErrorCode>") {
			sent++
		}
	}
	if sent != 5 {
		t.Errorf("%d reports, want 5", sent)
	}
}
