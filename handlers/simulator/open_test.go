package simulator

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	qr "github.com/piglig/go-qr"
)

// opens asks as a browser does that follows nothing.
func (b *bench) opens(path string, q url.Values, header ...string) *http.Response {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.api.URL+path+"?"+q.Encode(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func authorizeQuery(changes ...string) url.Values {
	q := url.Values{
		"appid": {keys.AppID}, "redirect_uri": {"http://127.0.0.1:1/wechat/login"}, "response_type": {"code"}, "scope": {"snsapi_base"}, "state": {"S1"}, "as": {"p1"},
	}
	for i := 0; i+1 < len(changes); i += 2 {
		q.Set(changes[i], changes[i+1])
	}
	return q
}

// A page learns by a code who opened it: once, within five minutes, and only the
// account whose page it is.
func TestLoginCodes(t *testing.T) {
	b := start(t, echo)
	code1 := func() string {
		t.Helper()
		res := b.opens("/connect/oauth2/authorize", authorizeQuery())
		to, err := res.Location()
		if err != nil || to.Query().Get("state") != "S1" || to.Query().Get("code") == "" {
			t.Fatalf("%v %v", to, err)
		}
		return to.Query().Get("code")
	}
	exchange := func(code, secret string) map[string]any {
		q := url.Values{"appid": {keys.AppID}, "secret": {secret}, "code": {code}, "grant_type": {"authorization_code"}}
		return b.call("/sns/oauth2/access_token?"+q.Encode(), nil)
	}
	c := code1()
	if got := exchange(c, "ffff"); code(got) != codeSecret {
		t.Errorf("wrong secret: %v", got)
	}
	if got := exchange(c, secret); got["openid"] != villagers[0].OpenID || got["access_token"] == "" {
		t.Errorf("exchange: %v", got)
	}
	if got := exchange(c, secret); code(got) != codeLoginUsed {
		t.Errorf("a second time: %v", got)
	}
	c = code1()
	b.clock.add(codeLife + time.Second)
	for _, wrong := range []string{c, "forged", ""} {
		if got := exchange(wrong, secret); code(got) != codeLogin {
			t.Errorf("%q: %v", wrong, got)
		}
	}
	for _, change := range [][]string{{"appid", "wx1"}, {"redirect_uri", "javascript:1"}, {"response_type", "token"}, {"scope", "all"}} {
		if res := b.opens("/connect/oauth2/authorize", authorizeQuery(change...)); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%v: %d", change, res.StatusCode)
		}
	}
	res := b.opens("/connect/oauth2/authorize", authorizeQuery("as", "", "redirect_uri", "http://127.0.0.1:1/x"))
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || !strings.Contains(string(body), villagers[0].Name) {
		t.Errorf("which phone: %d %s", res.StatusCode, body)
	}
	if res := b.opens("/connect/oauth2/authorize", authorizeQuery(), "Origin", "https://evil.example.com"); res.StatusCode != http.StatusForbidden {
		t.Errorf("another site: %d", res.StatusCode)
	}
}

// The ticket stays the same until shortly before its end, and a page is signed
// rightly only with it and for its own address.
func TestTickets(t *testing.T) {
	b := start(t, echo)
	ticket := func() string {
		s, _ := b.call("/cgi-bin/ticket/getticket?type=jsapi", nil)["ticket"].(string)
		return s
	}
	first := ticket()
	b.clock.add(time.Hour)
	if first == "" || ticket() != first {
		t.Error("another ticket within its time")
	}
	if got := b.call("/cgi-bin/ticket/getticket?type=card", nil); code(got) != codeArguments {
		t.Errorf("another kind: %v", got)
	}
	const page = "http://127.0.0.1:9/wechat/notices"
	sum := sha1.Sum([]byte("jsapi_ticket=" + first + "&noncestr=n&timestamp=1&url=" + page))
	good := hex.EncodeToString(sum[:])
	for _, c := range []struct{ appid, address, signature, origin, want string }{
		{keys.AppID, page, good, "http://127.0.0.1:9", `"error":""`},
		{keys.AppID, page + "#top", good, "http://127.0.0.1:9", `"error":""`},
		{keys.AppID, page + "?x", good, "http://127.0.0.1:9", "invalid signature"},
		{keys.AppID, page, "00", "http://127.0.0.1:9", "invalid signature"},
		{keys.AppID, page, good, "http://127.0.0.1:8", "invalid url domain"},
		{"wx1", page, good, "http://127.0.0.1:9", "invalid appid"},
	} {
		res := b.opens("/open/pretend/config", url.Values{"appid": {c.appid}, "noncestr": {"n"}, "timestamp": {"1"}, "url": {c.address}, "signature": {c.signature}}, "Origin", c.origin)
		if body, _ := io.ReadAll(res.Body); !strings.Contains(string(body), c.want) {
			t.Errorf("%+v: %s", c, body)
		}
	}
	b.clock.add(time.Hour)
	b.token = ""
	if ticket() == first {
		t.Error("the same ticket after its end")
	}
}

// The picture of a code can be read, and says what qrcode/create said.
func TestPictureOfACode(t *testing.T) {
	b := start(t, echo)
	made := b.call("/cgi-bin/qrcode/create", `{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":38}}}`)
	res := b.opens("/cgi-bin/showqrcode", url.Values{"ticket": {made["ticket"].(string)}})
	raw, _ := io.ReadAll(res.Body)
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := qr.Decode(img); err != nil || text != made["url"] {
		t.Errorf("%q %v, want %v", text, err, made["url"])
	}
	if res := b.opens("/cgi-bin/showqrcode", url.Values{"ticket": {"gQforged"}}); res.StatusCode != http.StatusNotFound {
		t.Errorf("a forged ticket: %d", res.StatusCode)
	}
}
