package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"mishu/handlers/wechat/wire"
)

var keys = wire.Wire{
	Token: "pamtest", AESKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
	AppID: "wxb11529c136998cb6", AccountID: "gh_c0ffee",
}

const secret = "0123456789abcdef"

// hands is a clock that a test moves.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) add(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// inbound is a message as the pretend account reads it.
type inbound struct {
	ToUserName, FromUserName, MsgType, Content, Event, EventKey string
	MsgId, MsgID                                                int64
	PicUrl, MediaId, MediaId16K, Format, Label, Status, Ticket  string
	Recognition                                                 string
	Location_X, Location_Y                                      float64
	Plain                                                       string `xml:"-"`
}

// account is the other end: it checks signatures, decrypts, and answers what
// hear says. Empty is `success`; the words below do something else.
type account struct {
	t    *testing.T
	hear func(n int, m inbound) string
	mu   sync.Mutex
	got  []inbound
}

const (
	hangUp    = "«hang up»"
	crash     = "«500»"
	sleep     = "«sleep»"
	refuse403 = "«403»"
)

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m, err := a.open(r)
	if err != nil {
		a.t.Errorf("webhook: %v", err)
		w.WriteHeader(http.StatusForbidden)
		return
	}
	a.mu.Lock()
	a.got = append(a.got, m)
	n := len(a.got)
	a.mu.Unlock()
	switch say := a.hear(n, m); say {
	case "":
		_, _ = io.WriteString(w, "success")
	case hangUp:
		panic(http.ErrAbortHandler)
	case crash:
		w.WriteHeader(http.StatusInternalServerError)
	case refuse403:
		w.WriteHeader(http.StatusForbidden)
	case sleep:
		<-r.Context().Done()
	default:
		_, _ = io.WriteString(w, seal(say))
	}
}

func (a *account) open(r *http.Request) (inbound, error) {
	q := r.URL.Query()
	var env struct{ Encrypt string }
	if err := xml.NewDecoder(r.Body).Decode(&env); err != nil {
		return inbound{}, err
	}
	if q.Get("msg_signature") != wire.Sign(keys.Token, q.Get("timestamp"), q.Get("nonce"), env.Encrypt) {
		return inbound{}, fmt.Errorf("wrong signature")
	}
	_, plain, err := util.DecryptMsg(keys.AppID, env.Encrypt, keys.AESKey)
	if err != nil {
		return inbound{}, err
	}
	m := inbound{Plain: string(plain)}
	return m, xml.Unmarshal(plain, &m)
}

func (a *account) messages() []inbound {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.got)
}

func seal(plain string) string {
	enc, err := util.EncryptMsg([]byte("0123456789abcdef"), []byte(plain), keys.AppID, keys.AESKey)
	if err != nil {
		panic(err)
	}
	return "<xml><Encrypt><![CDATA[" + string(enc) + "]]></Encrypt><MsgSignature>" +
		wire.Sign(keys.Token, "1", "n", string(enc)) + "</MsgSignature><TimeStamp>1</TimeStamp><Nonce>n</Nonce></xml>"
}

// says is a passive text reply.
func says(m inbound, text string) string {
	return "<xml><ToUserName>" + m.FromUserName + "</ToUserName><FromUserName>gh_c0ffee</FromUserName>" +
		"<CreateTime>1</CreateTime><MsgType>text</MsgType><Content><![CDATA[" + text + "]]></Content></xml>"
}

func echo(_ int, m inbound) string {
	if m.MsgType != "text" {
		return ""
	}
	return says(m, "记下了："+m.Content)
}

var villagers = []Person{
	{ID: "p1", OpenID: "oWangGuixiang000000000000001", Name: "王桂香", Note: "2组 76岁", Role: "村民", Group: 2, Bound: true},
	{ID: "p2", OpenID: "oLiuHaibo0000000000000000002", Name: "刘海波", Note: "3组 在东莞", Role: "在外子女", Group: 3},
	{ID: "p3", Name: "夏满妹", Note: "3组 志愿者", Role: "志愿者", Group: 3, Bound: true},
}

func people(_ context.Context, query string, limit int) ([]Person, error) {
	var out []Person
	for _, p := range villagers {
		if strings.Contains(p.Name+p.Note+p.Role, query) && len(out) < limit {
			out = append(out, p)
		}
	}
	return out, nil
}

// bench is a simulator with its account, its page and its API.
type bench struct {
	*Simulator
	t       *testing.T
	clock   *hands
	account *account
	page    *httptest.Server
	api     *httptest.Server
	token   string
}

func start(t *testing.T, hear func(int, inbound) string, change ...func(*Options)) *bench {
	t.Helper()
	b := &bench{t: t, clock: &hands{at: time.Date(2026, 11, 24, 9, 0, 0, 0, shanghai)}, account: &account{t: t, hear: hear}}
	hook := httptest.NewServer(b.account)
	t.Cleanup(hook.Close)
	opt := Options{
		Webhook: hook.URL + "/wechat", Wire: keys, Secret: secret, People: people, Cast: []string{"p1", "p2", "p3"},
		Now: b.clock.Now, Log: slog.New(slog.DiscardHandler),
	}
	for _, fn := range change {
		fn(&opt)
	}
	var err error
	if b.Simulator, err = New(opt); err != nil {
		t.Fatal(err)
	}
	b.patience = 200 * time.Millisecond
	b.page, b.api = httptest.NewServer(b.Handler()), httptest.NewServer(b.API())
	t.Cleanup(func() {
		_ = b.Close()
		b.page.Close()
		b.api.Close()
	})
	return b
}

// act does one thing on a phone and waits until all deliveries are over.
func (b *bench) act(a act) {
	b.t.Helper()
	if err := b.do(b.t.Context(), a); err != nil {
		b.t.Fatalf("%+v: %v", a, err)
	}
	b.work.Wait()
}

func (b *bench) say(person, text string) {
	b.t.Helper()
	b.act(act{Person: person, Kind: "text", Text: text})
}

// chat is what stands on a phone, one line a bubble.
func (b *bench) chat(person string) []string {
	b.t.Helper()
	var out []string
	if err := b.book.look(person, func(c *chat) {
		for _, bub := range c.bubbles {
			out = append(out, bub.From+": "+bub.Text)
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	return out
}

// call calls the API with a good token and returns the answer.
func (b *bench) call(path string, body any) map[string]any {
	b.t.Helper()
	if b.token == "" {
		b.token = b.raw("/cgi-bin/stable_token", map[string]any{
			"grant_type": "client_credential", "appid": keys.AppID, "secret": secret,
		})["access_token"].(string)
	}
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	return b.raw(path+join+"access_token="+b.token, body)
}

// raw calls the API as it is; a nil body is a GET.
func (b *bench) raw(path string, body any) map[string]any {
	b.t.Helper()
	method, data := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		data, _ = json.Marshal(body)
		if s, ok := body.(string); ok {
			data = []byte(s)
		}
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.api.URL+path, bytes.NewReader(data))
	if err != nil {
		b.t.Fatal(err)
	}
	res, err := b.api.Client().Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var out map[string]any
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		b.t.Fatalf("%s: %v", path, err)
	}
	return out
}

func code(answer map[string]any) int {
	n, _ := answer["errcode"].(float64)
	return int(n)
}

func text(openID, words string) map[string]any {
	return map[string]any{"touser": openID, "msgtype": "text", "text": map[string]any{"content": words}}
}
