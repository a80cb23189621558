package wechat

import (
	"bytes"
	"context"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/handlers/wechat/wire"
)

func TestDefect13BadOptionalFields(t *testing.T) {
	in, err := Parse("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>soon</CreateTime>" +
		"<MsgType>text</MsgType><Content>hi</Content><MsgId>abc</MsgId><bizmsgmenuid>abc_1</bizmsgmenuid><isrisky>2</isrisky></xml>")
	if err != nil || in.Content != "hi" || in.MsgID != "abc" || in.BizMsgMenuID != "abc_1" {
		t.Errorf("%+v %v", in, err)
	}
	arrived := time.Unix(1_790_000_000, 0)
	if m := in.message(arrived); !m.At.Equal(arrived) || m.Text != "hi" {
		t.Errorf("%+v", m)
	}
}

func TestDefect14ControlCharactersAndDeclarations(t *testing.T) {
	for name, head := range map[string]string{
		"GBK": `<?xml version="1.0" encoding="GBK"?>`, "BOM": "\ufeff", "nonsense": `<?xml encoding="x-none"?>` + "\n", "comment": "<!-- a > b -->",
	} {
		in, err := Parse(head + "<xml><ToUserName>gh_1</ToUserName><Content><![CDATA[痛\x0b得\x00很\n]]></Content></xml>")
		if err != nil || in.Content != "痛得很\n" {
			t.Errorf("%s: %q %v", name, in.Content, err)
		}
	}
}

func TestDefect15And16ListsAndReports(t *testing.T) {
	popup := parseFile(t, "inbound_xml/wxjava_testSubMsgPopupFromXml.xml")
	if len(popup.Lists) != 2 || popup.Lists[0].Status != "accept" || popup.Lists[1].Status != "reject" || popup.Lists[1].PopupScene != "2" {
		t.Errorf("popup %+v", popup.Lists)
	}
	for _, name := range []string{"official_subscribe_msg_change_docbug", "wxjava_testSubMsgChangeFromXml"} {
		if in := parseFile(t, "inbound_xml/"+name+".xml"); len(in.Lists) != 1 || in.Lists[0].Status != "reject" || in.Lists[0].TemplateID == "" {
			t.Errorf("%s %+v", name, in.Lists)
		}
	}
	sent := parseFile(t, "inbound_xml/official_subscribe_msg_sent.xml")
	if want := (ListItem{TemplateID: "VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc", MsgID: "1700827132819554304", ErrorCode: "0", ErrorStatus: "success"}); len(sent.Lists) != 1 || sent.Lists[0] != want {
		t.Errorf("sent %+v", sent.Lists)
	}
	if job := parseFile(t, "inbound_xml/real_templatesend_freq_limit.xml"); job.MsgID != "3557254367693750277" || job.Status != "failed:freq limit" {
		t.Errorf("job %+v", job)
	}
}

// sealBytes encrypts a whole plaintext as it is, filler and all.
func sealBytes(t *testing.T, account Account, plain []byte) string {
	t.Helper()
	k, err := newKey(account.AESKey)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, len(plain))
	cipher.NewCBCEncrypter(k.block, k.iv).CryptBlocks(out, plain)
	return base64.StdEncoding.EncodeToString(out)
}

// envelope posts a ciphertext of the test's own making, rightly signed.
func envelope(t *testing.T, s *stand, encrypted, to string) int {
	t.Helper()
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	req, err := http.NewRequest(http.MethodPost, s.url+"?timestamp="+stamp+"&nonce=n&encrypt_type=aes&signature="+
		wire.Sign(testAccount.Token, stamp, "n")+"&msg_signature="+wire.Sign(testAccount.Token, stamp, "n", encrypted),
		strings.NewReader("<xml><ToUserName>"+to+"</ToUserName><Encrypt>"+encrypted+"</Encrypt></xml>"))
	if err != nil {
		t.Fatal(err)
	}
	status, _ := s.raw(t, req)
	return status
}

func TestDefect17And18StrictPaddingAndAppID(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	message := testWire.Text("o1", "hi", 1, time.Now())
	plaintext := func(appID string, spoil func([]byte)) []byte {
		b := append(bytes.Repeat([]byte("r"), randomSize), 0, 0, 0, 0)
		binary.BigEndian.PutUint32(b[randomSize:], uint32(len(message)))
		b = append(append(b, message...), appID...)
		b = append(b, fillers[fillBlock-len(b)%fillBlock]...)
		if len(b)%fillBlock != 0 || b[len(b)-1] < 2 {
			t.Fatal("the test needs a filler of two bytes")
		}
		spoil(b)
		return b
	}
	for name, c := range map[string]struct {
		plain  []byte
		to     string
		status int
	}{
		"good":               {plaintext(testAccount.AppID, func([]byte) {}), "gh_c0ffee", 200},
		"filler not uniform": {plaintext(testAccount.AppID, func(b []byte) { b[len(b)-2]++ }), "gh_c0ffee", 400},
		"length too large":   {plaintext(testAccount.AppID, func(b []byte) { b[randomSize] = 0xff }), "gh_c0ffee", 400},
		"other app id":       {plaintext("wxb11529c136998cbX", func([]byte) {}), "gh_c0ffee", 403},
		"app id prefix":      {plaintext("wxb11529c136998cb", func([]byte) {}), "gh_c0ffee", 403},
		"other envelope":     {plaintext(testAccount.AppID, func([]byte) {}), "gh_other", 403},
	} {
		if status := envelope(t, s, sealBytes(t, testAccount, c.plain), c.to); status != c.status {
			t.Errorf("%s: %d, want %d", name, status, c.status)
		}
	}
	if status := envelope(t, s, "!!!!", "gh_c0ffee"); status != 400 {
		t.Errorf("no base64: %d", status)
	}
}

func TestDefect19UnknownKindIsSuccess(t *testing.T) {
	var heard atomic.Int64
	s := newStand(t, testAccount, counted(&heard), nil, nil)
	now := time.Now()
	message := testWire.Message("o1", now, wire.Field{Name: "MsgType", Text: "hologram"}, wire.Field{Name: "MsgId", Text: "9"})
	if words, status, err := s.say(t, message); words != "success" || status != 200 || heard.Load() != 1 {
		t.Errorf("%q %d %v, heard %d", words, status, err, heard.Load())
	}
	if words, status, err := s.say(t, testWire.Event("o1", "brand_new_event", "", now)); words != "success" || status != 200 || heard.Load() != 1 {
		t.Errorf("event: %q %d %v, heard %d", words, status, err, heard.Load())
	}
}

func TestDefect20ContentTypeDoesNotChooseTheParser(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	for _, kind := range []string{"application/json", "text/json; charset=utf-8", ""} {
		req := sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)
		req.Header.Set("Content-Type", kind)
		if status, body := s.raw(t, req); status != 200 || !strings.Contains(body, "<Encrypt>") {
			t.Errorf("%s: %d %q", kind, status, body)
		}
	}
}

func TestDefect21NothingPersonalInTheLog(t *testing.T) {
	var stray bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&stray, nil)))
	defer slog.SetDefault(before)
	words := "刘满生摔倒了，电话19900001234"
	s := newStand(t, testAccount, hearFunc(func(_ context.Context, m talk.Message) (talk.Reply, error) {
		if m.Text == "panic" {
			panic(m.OpenID + words)
		}
		return talk.Reply{}, &refusal{reason: "duplicate entry '" + m.OpenID + "' for '" + m.Text + "'"}
	}), nil, func(o *GateOptions) { o.Hash = func(string) string { return "c0ffee00" } })
	now := time.Now()
	for i, text := range []string{words, "panic"} {
		_, _, _ = s.say(t, testWire.Text("oPersonOfTheVillage1", text, int64(i), now))
	}
	log := s.log.String() + stray.String()
	if !strings.Contains(log, "c0ffee00") || !strings.Contains(log, "hear panicked") {
		t.Fatalf("log says nothing: %s", log)
	}
	for _, private := range []string{"oPersonOfTheVillage1", "刘满生", "19900001234", testAccount.Token, testAccount.AESKey, testAccount.Secret} {
		if strings.Contains(log, private) {
			t.Errorf("log holds %q:\n%s", private, log)
		}
	}
}
