package wechat

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/handlers/wechat/wire"
)

// independent is the folder of the program that speaks to the gate with a cipher
// that is neither ours nor the simulator's.
const independent = "testdata/independent"

// node finds Node and the program's library. They are missing on a fresh machine:
// then the test is skipped, or fails where real servers are required.
func node(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(independent, "node_modules/@wecom/crypto/package.json"))
	}
	switch {
	case err == nil:
		return path
	case os.Getenv("MISHU_TEST_SERVERS") == "required":
		t.Fatalf("make install-tools is needed: %v", err)
	default:
		t.Skipf("no Node with its library: %v", err)
	}
	return ""
}

// spoken is one message for the program, and spoil what is wrong with it.
type spoken struct {
	XML   string `json:"xml"`
	Spoil string `json:"spoil,omitempty"`
}

// heard is what the program got back.
type heard struct {
	Status                    int
	Body, Message, ID, Random string
	Signed                    bool
}

// talks runs the program against the gate.
func talks(t *testing.T, s *stand, messages []spoken) []heard {
	t.Helper()
	in, err := json.Marshal(map[string]any{
		"url": s.url, "token": testAccount.Token, "aesKey": testAccount.AESKey, "appId": testAccount.AppID, "account": testAccount.ID,
		"messages": messages,
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node(t), "talk.mjs")
	cmd.Dir, cmd.Stdin = independent, bytes.NewReader(in)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	var all []heard
	for line := range strings.Lines(string(out)) {
		var h heard
		if err := json.Unmarshal([]byte(line), &h); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, h)
	}
	if len(all) != len(messages)+1 {
		t.Fatalf("%d answers to %d messages", len(all)-1, len(messages))
	}
	return all
}

// TestIndependentPlatform: another implementation encrypts messages to the gate
// and reads its replies.
func TestIndependentPlatform(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, nil)
	now := time.Now()
	lines := []string{"帮我买米", "a", "脚肿👵🏻 ]]> <xml> & 完", strings.Repeat("长", 300), strings.Repeat("x", 31), strings.Repeat("x", 32)}
	var messages []spoken
	for i, line := range lines {
		messages = append(messages, spoken{XML: string(testWire.Text("oIndependent", line, int64(i+1), now))})
	}
	again := len(messages)
	messages = append(messages, messages[0],
		spoken{XML: string(testWire.Event("oIndependent", "VIEW", "https://x", now))},
		spoken{XML: messages[1].XML, Spoil: "signature"}, spoken{XML: messages[1].XML, Spoil: "app"},
		spoken{XML: string(testWire.Message("oIndependent", now, wire.Field{Name: "MsgType", Text: "hologram"}))})
	got := talks(t, s, messages)
	if got[0].Status != 200 || got[0].Body != "4375120948345356249" {
		t.Errorf("verification: %+v", got[0])
	}
	got = got[1:]
	randoms := map[string]bool{}
	for i, line := range append(lines, lines[0]) {
		h := got[i]
		in, err := Parse(h.Message)
		if err != nil || h.Status != 200 || !h.Signed || h.ID != testAccount.AppID || in.Content != fit("您讲："+line) || in.ToUserName != "oIndependent" {
			t.Errorf("%q: %+v, %v", line, h, err)
		}
		if randoms[h.Random] {
			t.Errorf("%q: the random repeats", line)
		}
		randoms[h.Random] = true
	}
	for i, want := range []heard{{Status: 200, Body: "success"}, {Status: 403}, {Status: 403}, {Status: 200, Body: "success"}} {
		if h := got[again+1+i]; h != want {
			t.Errorf("message %d: %+v, want %+v", again+2+i, h, want)
		}
	}
}
