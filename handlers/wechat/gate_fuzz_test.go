package wechat

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"mishu/handlers/wechat/wire"
)

// day is the wall clock where a test needs none that moves.
var day = time.Date(2026, 10, 21, 8, 0, 0, 0, shanghai)

// FuzzGate throws bodies at the gate, as a stranger, and as somebody who knows
// the token: sealed is put on the envelope as it is, inner is encrypted first.
func FuzzGate(f *testing.F) {
	good := testWire.Text("o1", "帮我买米", 1, day)
	env, err := testWire.Seal(good, day)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(env.Body), "", string(good))
	f.Add("<xml><Encrypt>!!</Encrypt></xml>", "AAAA", "<xml><MsgType>event</MsgType></xml>")
	gate := NewGate(testAccount, echo, nil, GateOptions{Window: time.Minute, Now: func() time.Time { return day }})
	f.Fuzz(func(t *testing.T, stranger, sealed, inner string) {
		serve := func(query, body string) (status int) {
			w := httptest.NewRecorder()
			gate.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/wechat?"+query, strings.NewReader(body)))
			return w.Code
		}
		if status := serve("", stranger); status == http.StatusOK {
			t.Fatal("a stranger was let in")
		}
		stamp := strconv.FormatInt(day.Unix(), 10)
		query := "timestamp=" + stamp + "&nonce=n&encrypt_type=aes&signature=" + wire.Sign(testAccount.Token, stamp, "n") +
			"&msg_signature=" + wire.Sign(testAccount.Token, stamp, "n", sealed)
		if status := serve(query, "<xml><Encrypt><![CDATA["+sealed+"]]></Encrypt></xml>"); status == http.StatusInternalServerError {
			t.Fatal("a ciphertext made the gate panic")
		}
		env, err := testWire.Seal([]byte(inner), day)
		if err != nil {
			return // nothing to seal
		}
		if status := serve(env.Query.Encode(), string(env.Body)); status == http.StatusInternalServerError {
			t.Fatal("a message made the gate panic")
		}
	})
}
