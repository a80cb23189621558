package wechat

import (
	"strings"
	"testing"

	"mishu/bot/talk"
)

// A voice follows the words as a message of its own, by the platform's id, or
// uploaded anew where that belongs to another account or has run out; without
// room for a second message the words alone count.
func TestVoiceFollowsTheWords(t *testing.T) {
	ok := answer{body: `{"errcode":0}`}
	uploaded := answer{body: `{"type":"voice","media_id":"NEW"}`}
	for name, c := range map[string]struct {
		media   talk.Media
		room    int
		answers []answer
		want    []string // what each call's body holds
	}{
		"by id":           {talk.Media{Kind: talk.Voice, Account: testAccount.ID, ID: "M1"}, 5, []answer{ok, ok}, []string{`"text"`, `"voice":{"media_id":"M1"}`}},
		"a picture":       {talk.Media{Kind: talk.Image, Account: testAccount.ID, ID: "M1"}, 5, []answer{ok, ok}, []string{`"text"`, `"image":{"media_id":"M1"}`}},
		"kept":            {talk.Media{Kind: talk.Voice, Data: []byte("#!AMR")}, 5, []answer{ok, uploaded, ok}, []string{`"text"`, "#!AMR", `"voice":{"media_id":"NEW"}`}},
		"another account": {talk.Media{Kind: talk.Voice, Account: "gh_other", ID: "M1"}, 5, []answer{ok}, []string{`"text"`}},
		"no more room":    {talk.Media{Kind: talk.Voice, Account: testAccount.ID, ID: "M1"}, 1, []answer{ok}, []string{`"text"`}},
		"refused":         {talk.Media{Kind: talk.Voice, Account: testAccount.ID, ID: "M1"}, 5, []answer{ok, code(40007, "invalid media_id")}, []string{`"text"`, "M1"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlatform(t, c.answers...)
			l := testLetter
			l.Media = &c.media
			out := NewChannels(p.api(newClock()), &ledger{left: c.room}, ChannelOptions{}).Send(t.Context(), l)
			if out.Verdict != talk.Sent || out.Channel != Custom {
				t.Errorf("%+v", out)
			}
			if len(p.sent) != len(c.want) {
				t.Fatalf("%d calls: %q, want %d", len(p.sent), p.sent, len(c.want))
			}
			for i, want := range c.want {
				if !strings.Contains(p.sent[i], want) {
					t.Errorf("call %d: %s, want %s", i+1, p.sent[i], want)
				}
			}
		})
	}
}
