package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/handlers/simulator"
	"mishu/handlers/wechat/wire"
	"mishu/storage"
	"mishu/storage/session"
)

// second is what the platform and a second account of the same server share.
var second = wire.Wire{
	Token: "secondToken", AESKey: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg", AppID: "wxfedcba9876543210", AccountID: "gh_second",
}

// pretends opens a platform for one account; its webhook is never called.
func pretends(t *testing.T, w wire.Wire) (*simulator.Simulator, string) {
	t.Helper()
	sim, err := simulator.New(simulator.Options{
		Webhook: nobody, Wire: w, Secret: officialSecret, Log: slog.New(slog.DiscardHandler),
		People: func(context.Context, string, int) ([]simulator.Person, error) {
			return []simulator.Person{{ID: "p", OpenID: "oSecretary", Bound: true}}, nil
		},
		Cast: []string{"p"},
	})
	if err != nil {
		t.Fatal(err)
	}
	api := httptest.NewServer(sim.API())
	t.Cleanup(func() {
		api.Close()
		_ = sim.Close()
	})
	return sim, api.URL
}

// asksPage calls a simulator's page.
func asksPage(sim *simulator.Simulator, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "127.0.0.1"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	sim.Handler().ServeHTTP(w, r)
	return w
}

// Two accounts in one process: each answers under its own address and keys, each
// pushes with its own token, publishes its own menu and is counted apart.
func TestSeveralAccounts(t *testing.T) {
	firstSim, firstAPI := pretends(t, official)
	secondSim, secondAPI := pretends(t, second)
	more := filepath.Join(t.TempDir(), "second.conf")
	lines := []string{
		"MISHU_WECHAT_APPID=" + second.AppID, "MISHU_WECHAT_SECRET=" + officialSecret, "MISHU_WECHAT_TOKEN=" + second.Token,
		"MISHU_WECHAT_AESKEY=" + second.AESKey, "MISHU_WECHAT_ACCOUNT=" + second.AccountID, "MISHU_WECHAT_API=" + secondAPI,
	}
	if err := os.WriteFile(more, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	environ := append(account(firstAPI), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"), "MISHU_WECHAT_MORE="+more)
	mustDo(t, environ, "migrate")
	mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
	code := mustDo(t, environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")[:8]
	mustDo(t, environ, "menu", "--yes")
	for name, sim := range map[string]*simulator.Simulator{"first": firstSim, "second": secondSim} {
		if state := asksPage(sim, http.MethodGet, "/sim/state", "").Body.String(); !strings.Contains(state, `"/cgi-bin/menu/create":1`) {
			t.Errorf("%s: no menu is published: %s", name, state)
		}
	}
	s := serves(t, environ)
	says := func(w wire.Wire, path, text string) (string, int) {
		t.Helper()
		body, status, err := w.Post(t.Context(), http.DefaultClient, s.url+path, w.Text("oSecretary", text, ids(), time.Now()), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var reply struct{ Content string }
		_ = xml.Unmarshal(body, &reply) // nothing is read of a refusal
		return reply.Content, status
	}
	for path, c := range map[string]struct {
		keys   wire.Wire
		status int
	}{
		"/wechat/gh_second": {second, 200}, "/wechat/gh_village": {official, 200},
		"/wechat/gh_second?": {official, 403}, "/wechat?": {second, 403}, "/wechat/gh_third": {second, 404},
	} {
		if _, status := says(c.keys, path, "你好"); status != c.status {
			t.Errorf("%s with the keys of %s: %d, want %d", path, c.keys.AccountID, status, c.status)
		}
	}
	if reply, _ := says(second, "/wechat/gh_second", code); !strings.Contains(reply, "向春兰") {
		t.Fatalf("the invitation: %s", reply)
	}
	asksPage(secondSim, http.MethodPost, "/sim/do", `{"person":"p","kind":"text","text":"你好"}`) // the platform's window
	store := records(t, environ)
	if err := store.Update(t.Context(), func(tx *storage.Tx) error {
		v := tx.In(1)
		return v.Owe(storage.Notice{Person: 1, Kind: "test", Subject: "x", Period: "1", Weight: storage.Danger, Lead: "村里有事，回“看”", Words: "村里有事"})
	}); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the push", func() bool {
		return strings.Contains(asksPage(secondSim, http.MethodGet, "/sim/state", "").Body.String(), "村里有事")
	})
	if state := asksPage(firstSim, http.MethodGet, "/sim/state", "").Body.String(); strings.Contains(state, "村里有事") {
		t.Error("the first account pushed as well")
	}
	_, metrics := fetch(t, s.admin+"/metrics")
	for _, id := range []string{second.AccountID, official.AccountID} {
		if !strings.Contains(metrics, `mishu_wechat_inbound_total{account="`+id+`"`) {
			t.Errorf("nothing is counted of %s", id)
		}
	}
}

// consenting is a year's bench whose account has a subscription notice.
func consenting(t *testing.T, long string) *year {
	t.Helper()
	return newYear(t, []string{
		"MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "mishu.db"), "MISHU_WECHAT_SUBSCRIBE=SUB1 " + long + " thing1={lead}",
	})
}

func (y *year) letter(who string) talk.Outcome {
	y.t.Helper()
	return postmen(y.app.accounts).Send(y.t.Context(), talk.Letter{
		Account: official.AccountID, OpenID: who, ID: fmt.Sprint(y.random.Int64()), Text: "村里有事", Lead: "村里有事，回“看”", Kind: "x",
	})
}

// consent lets somebody agree or refuse, told three times by the platform.
func (y *year) consent(who string, accept bool) {
	y.must(y.sim.Misbehave(simulator.Trouble{Where: simulator.Deliveries, How: simulator.Unheard, Times: 2}))
	y.asks(http.MethodPost, "/sim/do", fmt.Sprintf(`{"person":%q,"kind":"consent","template":"SUB1","accept":%v}`, who, accept))
	y.settles()
	y.pass(2 * time.Second) // another answer of the same second would be the same one
}

// A consent carries one notice, whoever tells of it how often; a long one all of
// them; a refusal takes back what was agreed to.
func TestConsentsAreCounted(t *testing.T) {
	y := consenting(t, "")
	who := follower(0)
	y.asks(http.MethodPost, "/sim/open", `{"person":"`+who+`"}`)
	want := func(sent bool) {
		t.Helper()
		out := y.letter(who)
		if (out.Verdict == talk.Sent) != sent || sent && out.Channel != "subscribe" {
			t.Errorf("%+v, want sent %v", out, sent)
		}
		y.settles()
	}
	want(false)
	y.consent(who, true)
	y.consent(who, true)
	want(true)
	want(true)
	want(false)
	y.consent(who, true)
	y.consent(who, false)
	want(false)
	if s := y.state(); len(s.Refused) != 0 {
		t.Errorf("refused: %v", s.Refused)
	}
}

func TestLongConsent(t *testing.T) {
	y := consenting(t, "long")
	who := follower(0)
	y.asks(http.MethodPost, "/sim/open", `{"person":"`+who+`"}`)
	y.consent(who, true)
	for range 3 {
		if out := y.letter(who); out.Verdict != talk.Sent && out.Code != 43101 {
			t.Errorf("%+v", out)
		}
		y.consent(who, true) // the pretend platform knows no long notice here, and the ledger does not count down
	}
	y.must(y.app.store.View(t.Context(), func(tx *storage.Tx) error {
		s, _, err := tx.SubscriptionTo(official.AccountID, who, "SUB1")
		if s.Left != 4 {
			t.Errorf("%d consents are left of 4", s.Left)
		}
		return err
	}))
}

// The platform's last word settles the notice: of a subscription notice by person
// and template; a person who has left is told of at once, and is back with his
// next word.
func TestLastWords(t *testing.T) {
	y := consenting(t, "")
	who := follower(0)
	y.asks(http.MethodPost, "/sim/open", `{"person":"`+who+`"}`)
	var village storage.Village
	y.must(y.app.store.Update(t.Context(), func(tx *storage.Tx) error {
		found, err := tx.VillageNamed("青坪村")
		if err != nil {
			return err
		}
		village = found[0]
		return tx.In(village.ID).AddMember(&storage.Member{Account: official.AccountID, OpenID: who, Person: 1, State: storage.Active, Followed: true})
	}))
	y.consent(who, true)
	notice := func() (n storage.Notice) {
		y.must(y.app.store.View(t.Context(), func(tx *storage.Tx) error {
			all, err := tx.In(village.ID).NoticesAbout("test", "x")
			if len(all) == 1 {
				n = all[0]
			}
			return err
		}))
		return n
	}
	y.must(y.app.store.Update(t.Context(), func(tx *storage.Tx) error {
		return tx.In(village.ID).Owe(storage.Notice{Person: 1, Kind: "test", Subject: "x", Period: "1", Weight: storage.Danger, Lead: "村里有事，回“看”", Words: "村里有事"})
	}))
	y.must(y.app.clock.Tick(t.Context()))
	if n := notice(); n.State != storage.NoticeSent || n.Channel != "subscribe" {
		t.Fatalf("%s by %s", n.State, n.Channel)
	}
	y.settles()
	said := official.Message(who, y.platform(), wire.Field{Name: "MsgType", Text: "event"}, wire.Field{Name: "Event", Text: "subscribe_msg_sent_event"})
	list := "<SubscribeMsgSentEvent><List><TemplateId>SUB1</TemplateId><MsgID>1</MsgID><ErrorCode>43101</ErrorCode><ErrorStatus>user refuse</ErrorStatus></List></SubscribeMsgSentEvent></xml>"
	if _, status, err := y.hook(strings.Replace(string(said), "</xml>", list, 1)); status != 200 || err != nil {
		t.Fatalf("%d %v", status, err)
	}
	if n := notice(); n.State != storage.NoticeRefused || n.Why != "user refuse" {
		t.Errorf("after the last word: %s, %s", n.State, n.Why)
	}
	follows := func() (yes bool) {
		y.must(y.app.store.View(t.Context(), func(tx *storage.Tx) error {
			all, err := tx.Members(official.AccountID, who)
			yes = len(all) == 1 && all[0].Followed
			return err
		}))
		return yes
	}
	blocked := official.Message(who, y.platform(), wire.Field{Name: "MsgType", Text: "event"}, wire.Field{Name: "Event", Text: "TEMPLATESENDJOBFINISH"},
		wire.Field{Name: "MsgID", Text: "9"}, wire.Field{Name: "Status", Text: "failed:user block"})
	if _, status, err := y.hook(string(blocked)); status != 200 || err != nil || follows() {
		t.Errorf("blocked: %d %v, follows %v", status, err, follows())
	}
	y.asks(http.MethodPost, "/sim/do", `{"person":"`+who+`","kind":"text","text":"帮助"}`)
	y.settles()
	if !follows() {
		t.Error("who writes is still taken for gone")
	}
	y.consent(who, true)
	y.asks(http.MethodPost, "/sim/do", `{"person":"`+who+`","kind":"unfollow"}`)
	y.settles()
	y.must(y.app.store.View(t.Context(), func(tx *storage.Tx) error {
		_, kept, err := tx.SubscriptionTo(official.AccountID, who, "SUB1")
		if kept {
			t.Error("the consents of somebody who has left are kept")
		}
		return err
	}))
	if ticket, err := y.app.sessions.Take(t.Context(), session.Who{Account: official.AccountID, OpenID: who}); ticket != "" || err != nil {
		t.Errorf("who has left has a window: %q %v", ticket, err)
	}
}

// hook brings a message of the platform's own.
func (y *year) hook(message string) (string, int, error) {
	w := httptest.NewRecorder()
	req, err := official.Request("http://x/wechat", []byte(message), y.ours())
	if err != nil {
		return "", 0, err
	}
	y.app.accounts[0].gate.ServeHTTP(w, req)
	return w.Body.String(), w.Code, nil
}
