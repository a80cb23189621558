package simulator

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const customPath = "/cgi-bin/message/custom/send"

// tries sends a customer message and tells how the call ended.
func (b *bench) tries(t *testing.T) (status int, body string, err error) {
	t.Helper()
	raw, _ := json.Marshal(text(villagers[0].OpenID, "你好"))
	res, err := http.Post(b.api.URL+customPath+"?access_token="+b.token, "application/json", strings.NewReader(string(raw)))
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	all, err := io.ReadAll(res.Body)
	return res.StatusCode, string(all), err
}

func TestTroublesOfTheAPI(t *testing.T) {
	b := start(t, echo)
	b.say("p1", "你好")
	_ = b.call("/cgi-bin/menu/get", nil) // for the token
	arrived := func() int {
		n := 0
		for _, line := range b.chat("p1") {
			if strings.HasPrefix(line, fromPush) {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		trouble Trouble
		status  int    // 0: the connection ends
		body    string // what is in it
		arrives int
	}{
		{Trouble{How: WithCode, Code: 45009}, 200, `"errcode":45009`, 0},
		{Trouble{How: WithStatus, Code: 502}, 502, "Bad Gateway", 0},
		{Trouble{How: WithPage}, 200, "<html>", 0},
		{Trouble{How: Dropped}, 0, "", 0},
		{Trouble{How: Slowly, Wait: 1}, 200, `"errcode":0`, 1},
		{Trouble{How: Unheard}, 0, "", 1},
	} {
		before := arrived()
		c.trouble.Where, c.trouble.Times = customPath, 1
		if err := b.Misbehave(c.trouble); err != nil {
			t.Fatal(err)
		}
		status, body, err := b.tries(t)
		if status != c.status || !strings.Contains(body, c.body) || (err != nil) != (c.status == 0) {
			t.Errorf("%s: %d %q %v", c.trouble.How, status, body, err)
		}
		if got := arrived() - before; got != c.arrives {
			t.Errorf("%s: %d arrived, want %d", c.trouble.How, got, c.arrives)
		}
		if left := b.troubles.list(); len(left) != 0 {
			t.Errorf("%s: it goes on: %v", c.trouble.How, left)
		}
	}
	if err := b.Misbehave(Trouble{How: WithCode, Code: -1}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got := code(b.call("/cgi-bin/user/info?openid=x", nil)); got != -1 {
			t.Errorf("on every path: %d", got)
		}
	}
	b.Behave()
	if got := code(b.call("/cgi-bin/menu/get", nil)); got != codeNoMenu {
		t.Errorf("afterwards: %d", got)
	}
}

func TestTroublesOfDeliveries(t *testing.T) {
	b := start(t, echo)
	for how, want := range map[string]int{Dropped: 1, Unheard: 2, Twice: 2, Slowly: 1} {
		before := len(b.account.messages())
		if err := b.Misbehave(Trouble{Where: Deliveries, How: how, Wait: 3000, Times: 1}); err != nil {
			t.Fatal(err)
		}
		if how == Slowly {
			time.AfterFunc(20*time.Millisecond, func() { b.clock.add(3 * time.Second) })
		}
		b.say("p1", "你好 "+how)
		got := b.account.messages()[before:]
		if len(got) != want {
			t.Errorf("%s: brought %d times, want %d", how, len(got), want)
		}
		for _, m := range got {
			if m.MsgId != got[0].MsgId {
				t.Errorf("%s: another message", how)
			}
		}
		if last := b.chat("p1"); last[len(last)-1] != "account: 记下了：你好 "+how {
			t.Errorf("%s: the phone shows %q", how, last[len(last)-1])
		}
	}
}

func TestTroublesThatAreNone(t *testing.T) {
	b := start(t, echo)
	for _, bad := range []Trouble{
		{How: "sulk"},
		{How: WithCode},
		{How: WithStatus, Code: 200},
		{How: Slowly},
		{How: Slowly, Wait: 3_600_000},
		{How: Twice},
		{Where: "/cgi-bin/none", How: Dropped},
		{Where: Deliveries, How: WithCode, Code: 1},
		{How: Dropped, Times: -1},
	} {
		var sentence badAct
		if err := b.Misbehave(bad); !errors.As(err, &sentence) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// The page makes troubles and takes them back by the same address as a script.
func TestTroubleByThePage(t *testing.T) {
	b := start(t, echo)
	post := func(body string) (int, string) {
		t.Helper()
		res, err := http.Post(b.page.URL+"/sim/trouble", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		raw, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(raw)
	}
	if status, _ := post(`{"where":"webhook","how":"twice","times":2}`); status != 200 {
		t.Errorf("made: %d", status)
	}
	if diff := cmp.Diff([]Trouble{{Where: Deliveries, How: Twice, Times: 2}}, b.troubles.list()); diff != "" {
		t.Error(diff)
	}
	if status, body := post(`{"how":"code"}`); status != 400 || !strings.Contains(body, "错误码填几") {
		t.Errorf("without a code: %d %s", status, body)
	}
	if status, _ := post(`{"how":"none"}`); status != 200 || len(b.troubles.list()) != 0 {
		t.Errorf("taken back: %d %v", status, b.troubles.list())
	}
}

func TestQuotas(t *testing.T) {
	b := start(t, echo, func(o *Options) { o.Quotas = map[string]int{customPath: 2} })
	b.say("p1", "你好")
	send := func() int { return code(b.call(customPath, text(villagers[0].OpenID, "你好"))) }
	for range clearsAMonth {
		if a, c, d := send(), send(), send(); a != 0 || c != 0 || d != codeQuota {
			t.Fatalf("%d %d %d", a, c, d)
		}
		if got := code(b.call(clearPath, map[string]string{"appid": keys.AppID})); got != 0 {
			t.Fatalf("clear: %d", got)
		}
		b.say("p1", "还在")
	}
	if a, c := send(), send(); a != 0 || c != 0 {
		t.Errorf("%d %d", a, c)
	}
	if got := code(b.call(clearPath, map[string]string{"appid": keys.AppID})); got != codeNoClears {
		t.Errorf("the eleventh time in a month: %d", got)
	}
	b.clock.add(15 * time.Hour) // midnight in Shanghai
	b.token = ""
	if got := send(); got != 0 {
		t.Errorf("the next day: %d", got)
	}
	q := newQuotas(b.clock.Now, nil)
	for range tokensAMinute {
		if got := q.take("/cgi-bin/stable_token"); got != 0 {
			t.Fatal(got)
		}
	}
	if got := q.take("/cgi-bin/stable_token"); got != codeTooFast {
		t.Errorf("too many tokens in a minute: %d", got)
	}
}

func TestTemplatesOfTheAccount(t *testing.T) {
	b := start(t, echo, func(o *Options) {
		o.Templates = []Template{{ID: "TPL", Title: "通知", Fields: []string{"thing1", "time2"}}}
	})
	send := func(id string, data map[string]string) int {
		fields := map[string]any{}
		for name, value := range data {
			fields[name] = map[string]string{"value": value}
		}
		return code(b.call("/cgi-bin/message/template/send", map[string]any{"touser": villagers[0].OpenID, "template_id": id, "data": fields}))
	}
	good := map[string]string{"thing1": "有事", "time2": "2026-11-24 09:00"}
	for name, c := range map[string]struct {
		id   string
		data map[string]string
		want int
	}{
		"good": {"TPL", good, 0}, "another's": {"OTHER", good, codeTemplateID},
		"a field too few":  {"TPL", map[string]string{"thing1": "有事"}, codeBadValue},
		"a field too many": {"TPL", map[string]string{"thing1": "有事", "time2": "2026-11-24 09:00", "thing3": "x"}, codeBadValue},
	} {
		if got := send(c.id, c.data); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
