package wechat

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// What is too long for one bubble is cut between words: every name and every
// number in it is whole or is not there.
func TestInvariant12NothingIsCutInTwo(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.OneOf(
			rapid.SampledFrom([]string{"刘满生", "王桂香", "向春兰", "夏满妹", "青坪村3组", "欧阳桂花"}),
			rapid.StringMatching(`1990000[0-9]{4}`), rapid.StringMatching(`[0-9]{1,9}`), rapid.SampledFrom([]string{"看了", "打个电话", "明天上午九点半"}),
		)
		between := rapid.SampledFrom([]string{"，", "。", "、", "：", "；", "\n"})
		whole := map[string]bool{}
		var b strings.Builder
		for b.Len() < maxText+400 {
			w := word.Draw(r, "word")
			whole[w] = true
			b.WriteString(w + between.Draw(r, "between"))
		}
		got := fit(b.String())
		if len(got) > maxText || !utf8.ValidString(got) {
			r.Fatalf("%d bytes, valid %t", len(got), utf8.ValidString(got))
		}
		cut, marked := strings.CutSuffix(got, ellipsis)
		if !marked || !strings.HasPrefix(b.String(), cut) {
			r.Fatalf("cut to %q", got)
		}
		for _, w := range strings.FieldsFunc(cut, func(r rune) bool { return strings.ContainsRune("，。、：；\n", r) }) {
			if !whole[w] {
				r.Fatalf("%q is the half of something", w)
			}
		}
	})
	if got := fit(strings.Repeat("字", (maxText-len(ellipsis))/3-3) + strings.Repeat("1", 40)); strings.Contains(got, "1") {
		t.Errorf("a number is cut where no mark stands: …%s", got[len(got)-40:])
	}
}

// The platform counts in seconds, both ways.
func TestInvariant12CreateTimeIsInSeconds(t *testing.T) {
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	in := Inbound{FromUserName: "o1", ToUserName: "gh_1", CreateTime: strconv.FormatInt(at.Unix(), 10)}
	if got := in.moment(at.Add(time.Minute)); !got.Equal(at) {
		t.Errorf("%s was sent at %s", in.CreateTime, got)
	}
	reply := string(appendText(nil, &in, "好", at))
	if !strings.Contains(reply, "<CreateTime>"+in.CreateTime+"</CreateTime>") {
		t.Errorf("the reply says %s", reply)
	}
}

// A message whose signature differs in one character is not heard.
func TestInvariant12SignaturesOfPosts(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	for _, name := range []string{"signature", "msg_signature"} {
		for _, i := range []int{0, 17, 39} {
			req := sealedRequest(t, s, testWire.Text("o1", "hi", 1, now), now)
			sum := []byte(req.URL.Query().Get(name))
			sum[i] ^= 1
			setQuery(req, name, string(sum))
			if status, body := s.raw(t, req); status != http.StatusForbidden || body != "" {
				t.Errorf("%s with one character changed: %d %q", name, status, body)
			}
		}
	}
}
