package wire_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"mishu/handlers/wechat/wire"
)

var account = wire.Wire{
	Token:     "pamtest",
	AESKey:    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
	AppID:     "wxb11529c136998cb6",
	AccountID: "gh_c0ffee",
}

var noon = time.Date(2026, 10, 21, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

// TestSignOfficial uses the numbers printed in Tencent's documentation.
func TestSignOfficial(t *testing.T) {
	parts := []string{"AAAAA", "1714036504", "1514711492"}
	if got := wire.Sign(parts...); got != "f464b24fc39322e44b38aa78f5edd27bd1441696" {
		t.Errorf("Sign = %s", got)
	}
	if parts[0] != "AAAAA" {
		t.Error("Sign reordered the caller's parts")
	}
}

func TestSealedRequestIsWhatThePlatformSends(t *testing.T) {
	msg := account.Text("oVillager1", "帮我买米 ]]> <b>", 42, noon)
	req, err := account.Request("http://127.0.0.1/wechat", msg, noon)
	if err != nil {
		t.Fatal(err)
	}
	q := req.URL.Query()
	var env struct{ ToUserName, Encrypt string }
	if err := xml.NewDecoder(req.Body).Decode(&env); err != nil {
		t.Fatal(err)
	}
	_, plain, err := util.DecryptMsg(account.AppID, env.Encrypt, account.AESKey)
	switch {
	case err != nil:
		t.Fatal(err)
	case string(plain) != string(msg):
		t.Errorf("decrypted %s", plain)
	case env.ToUserName != "gh_c0ffee" || q.Get("openid") != "oVillager1" || q.Get("encrypt_type") != "aes":
		t.Errorf("envelope %+v, query %v", env, q)
	case q.Get("signature") != wire.Sign("pamtest", q.Get("timestamp"), q.Get("nonce")):
		t.Error("wrong signature")
	case q.Get("msg_signature") != wire.Sign("pamtest", q.Get("timestamp"), q.Get("nonce"), env.Encrypt):
		t.Error("wrong msg_signature")
	}
}

func TestMessageKeepsItsWords(t *testing.T) {
	var m struct{ FromUserName, Content, MsgId string }
	if err := xml.Unmarshal(account.Text("o1", "a]]>b & <c>", 7, noon), &m); err != nil {
		t.Fatal(err)
	}
	if m.Content != "a]]>b & <c>" || m.FromUserName != "o1" || m.MsgId != "7" {
		t.Errorf("%+v", m)
	}
}

// sealReply answers as a server in safe mode does, with a token of its own.
func sealReply(t *testing.T, token, plain string) string {
	t.Helper()
	enc, err := util.EncryptMsg([]byte("0123456789abcdef"), []byte(plain), account.AppID, account.AESKey)
	if err != nil {
		t.Fatal(err)
	}
	return "<xml><Encrypt><![CDATA[" + string(enc) + "]]></Encrypt><MsgSignature>" +
		wire.Sign(token, "1", "n", string(enc)) + "</MsgSignature><TimeStamp>1</TimeStamp><Nonce>n</Nonce></xml>"
}

func TestOpenReply(t *testing.T) {
	for name, c := range map[string]struct{ body, want, err string }{
		"sealed":      {sealReply(t, "pamtest", "<xml>好</xml>"), "<xml>好</xml>", ""},
		"success":     {"success", "success", ""},
		"nothing":     {"", "", ""},
		"plain":       {"<xml><Content>x</Content></xml>", "", "not encrypted"},
		"wrong token": {sealReply(t, "other", "<xml/>"), "", "wrong signature"},
		"no XML":      {"{}", "", "read sealed reply"},
	} {
		got, err := account.OpenReply([]byte(c.body))
		if c.err == "" && (err != nil || string(got) != c.want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%s: error %v, want %q", name, err, c.err)
		}
	}
}

func TestPost(t *testing.T) {
	reply := sealReply(t, "pamtest", "<xml>好</xml>")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/sealed":
			_, _ = w.Write([]byte(reply))
		case "/success":
			_, _ = w.Write([]byte("success"))
		case "/refused":
			w.WriteHeader(http.StatusForbidden)
		default:
			panic(http.ErrAbortHandler)
		}
	}))
	defer srv.Close()
	for path, want := range map[string]struct {
		reply  string
		status int
		fails  bool
	}{
		"/sealed": {"<xml>好</xml>", 200, false}, "/success": {"success", 200, false},
		"/refused": {"", 403, false}, "/closed": {"", 0, true},
	} {
		got, status, err := account.Post(context.Background(), srv.Client(), srv.URL+path, account.Event("o1", "CLICK", "help", noon), noon)
		if string(got) != want.reply || status != want.status || (err != nil) != want.fails {
			t.Errorf("%s: %q %d %v", path, got, status, err)
		}
	}
}

func TestPlaintextMode(t *testing.T) {
	plain := account
	plain.AESKey = ""
	env, err := plain.Seal(plain.Event("o1", "subscribe", "", noon), noon)
	if err != nil || env.Query.Has("encrypt_type") || !strings.Contains(string(env.Body), "subscribe") {
		t.Errorf("%+v, %v", env, err)
	}
}
