package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mishu/handlers/pages"
	"mishu/handlers/simulator"
	"mishu/storage"
)

// paged is a server with its page of notices, and the platform whose phone opens
// it. Cookies are kept by hand: Go's own jar keeps secure ones from plain HTTP,
// which browsers allow on this machine.
type paged struct {
	t       *testing.T
	server  *server
	sim     *simulator.Simulator
	api     string
	environ []string
	cookies map[string]string
}

func newPaged(t *testing.T) *paged {
	t.Helper()
	p := &paged{t: t, cookies: map[string]string{}}
	var api http.Handler
	platform := httptest.NewServer(later(&api))
	t.Cleanup(platform.Close)
	p.api = platform.URL
	listen := unused(t)
	p.environ = append(account(p.api), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"),
		"MISHU_PUBLIC=http://"+listen, "MISHU_WECHAT_OPEN="+p.api, "MISHU_WECHAT_SUBSCRIBE=SUB1 thing1={lead}")
	p.environ[0] = "MISHU_LISTEN=" + listen
	mustDo(t, p.environ, "migrate")
	mustDo(t, p.environ, "import", workbook(t, goodRoster), "--village", "青坪村")
	var err error
	p.sim, err = simulator.New(simulator.Options{
		Webhook: "http://" + listen + "/wechat", Wire: official, Secret: officialSecret, Log: slog.New(slog.DiscardHandler),
		Templates: []simulator.Template{{ID: "SUB1", Title: "村里有新消息", Subscription: true}},
		People: func(context.Context, string, int) ([]simulator.Person, error) {
			return []simulator.Person{{ID: "p", OpenID: "oSecretary000000000000000001", Name: "向春兰", Bound: true}}, nil
		},
		Cast: []string{"p"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.sim.Close() })
	api = p.sim.API()
	p.server = serves(t, p.environ)
	return p
}

func (p *paged) asks(method, address, body string) *http.Response {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if method == http.MethodPost || strings.Contains(address, "/open/pretend/") {
		req.Header.Set("Origin", p.server.url)
	}
	for name, value := range p.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	c := plainClient()
	defer c.CloseIdleConnections()
	res, err := c.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = res.Body.Close() })
	for _, c := range res.Cookies() {
		p.cookies[c.Name] = c.Value
	}
	return res
}

// opens follows the redirects from a page as WeChat does, the phone being p's, and
// returns the page and the address of the login that was on the way.
func (p *paged) opens(address string) (text, login string, status int) {
	p.t.Helper()
	for range 6 {
		if strings.Contains(address, "/connect/oauth2/authorize") {
			address = strings.Replace(address, "#wechat_redirect", "&as=p", 1)
		}
		if strings.Contains(address, pages.Login+"?") {
			login = address
		}
		res := p.asks(http.MethodGet, address, "")
		if res.StatusCode != http.StatusFound {
			raw, _ := io.ReadAll(res.Body)
			return string(raw), login, res.StatusCode
		}
		address = res.Header.Get("Location")
	}
	p.t.Fatal("it goes round")
	return "", "", 0
}

// The whole way of a consent: the menu leads the secretary to the page, the
// platform tells who she is, the phone takes the page's signature, she agrees, the
// platform tells the webhook, the ledger counts one, and the page says so.
func TestConsentByPage(t *testing.T) {
	t.Parallel()
	p := newPaged(t)
	page := p.server.url + "/wechat" + pages.Notices
	if text, _, status := p.opens(page); status != http.StatusForbidden || !strings.Contains(text, "公众号还不认得您") {
		t.Fatalf("before the invitation: %d %s", status, text)
	}
	code := mustDo(t, p.environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")[:8]
	asksPage(p.sim, http.MethodPost, "/sim/do", `{"person":"p","kind":"text","text":"`+code+`"}`)
	waitFor(t, "the invitation", func() bool {
		return strings.Contains(asksPage(p.sim, http.MethodGet, "/sim/state", "").Body.String(), "向春兰，")
	})
	if out := mustDo(t, p.environ, "menu", "--yes"); !strings.Contains(out, "开通知 → "+page) {
		t.Errorf("no menu leads to the page:\n%s", out)
	}
	clear(p.cookies)
	text, login, status := p.opens(page)
	if status != http.StatusOK || !strings.Contains(text, "向春兰，开一下通知") {
		t.Fatalf("%d %s", status, text)
	}
	var signed struct {
		AppID     string `json:"appId"`
		Timestamp json.Number
		Nonce     string `json:"nonceStr"`
		Signature string
	}
	config := regexp.MustCompile(`config = (\{.*?\})`).FindStringSubmatch(text)
	if config == nil || json.Unmarshal([]byte(config[1]), &signed) != nil {
		t.Fatalf("no configuration: %s", text)
	}
	q := url.Values{"appid": {signed.AppID}, "timestamp": {signed.Timestamp.String()}, "noncestr": {signed.Nonce}, "signature": {signed.Signature}}
	for address, want := range map[string]string{page + "?in": `"error":""`, page: "invalid signature"} {
		q.Set("url", address)
		res := p.asks(http.MethodGet, p.api+"/open/pretend/config?"+q.Encode(), "")
		if said, _ := io.ReadAll(res.Body); !strings.Contains(string(said), want) {
			t.Errorf("the phone says of %s: %s", address, said)
		}
	}
	if res := p.asks(http.MethodPost, p.api+"/open/pretend/subscribe", `{"template":"SUB1","accept":true}`); res.StatusCode != http.StatusOK {
		t.Fatalf("subscribe: %d", res.StatusCode)
	}
	store := records(t, p.environ)
	waitFor(t, "the consent", func() bool { return left(t, store) == 1 })
	if text, _, _ := p.opens(page); !strings.Contains(text, "您现在还能收1条") {
		t.Errorf("the page does not know: %s", text)
	}
	clear(p.cookies)
	if text, _, status := p.opens(login); status != http.StatusForbidden {
		t.Errorf("the login once more: %d %s", status, text)
	}
	for _, secret := range []string{"oSecretary0", login[strings.Index(login, "code=")+5:][:20], "state=", "sM4AOVdWfPE4DxkXGEs8V"} {
		if strings.Contains(p.server.err.String(), secret) {
			t.Errorf("the log shows %q", secret)
		}
	}
	showsNoSecret(t, p.server.err.String())
}

func left(t *testing.T, store *storage.Store) int {
	t.Helper()
	n := 0
	err := store.View(t.Context(), func(tx *storage.Tx) error {
		s, _, err := tx.SubscriptionTo(official.AccountID, "oSecretary000000000000000001", "SUB1")
		n = s.Left
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Without an address that phones reach, without a name of the account or without
// anything to agree to there is no page.
func TestNoPageWithoutNeed(t *testing.T) {
	t.Parallel()
	base := append(account(nobody), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"))
	for _, lacks := range [][]string{{"MISHU_PUBLIC=https://mishu.example.com"}, {"MISHU_WECHAT_SUBSCRIBE=SUB1 thing1={lead}"}} {
		s := serves(t, append(base[:len(base):len(base)], lacks...))
		if status, _ := fetch(t, s.url+"/wechat"+pages.Notices); status != http.StatusNotFound {
			t.Errorf("with %v alone: %d", lacks, status)
		}
		s.stop()
	}
}
