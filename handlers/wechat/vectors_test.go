package wechat

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/silenceper/wechat/v2/util"
	"pgregory.net/rapid"
)

func load(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

type cryptoVector struct {
	Name         string `json:"name"`
	Token        string `json:"token"`
	Key          string `json:"encoding_aes_key"`
	AppID        string `json:"appid"`
	Timestamp    string `json:"timestamp"`
	Nonce        string `json:"nonce"`
	Encrypt      string `json:"encrypt"`
	MsgSignature string `json:"msg_signature"`
	RandomHex    string `json:"random16_hex"`
	Plaintext    string `json:"plaintext"`
}

func TestCryptoVectorsBothWays(t *testing.T) {
	var all []cryptoVector
	load(t, "crypto_vectors.json", &all)
	if len(all) < 10 {
		t.Fatalf("only %d vectors", len(all))
	}
	for _, v := range all {
		t.Run(v.Name, func(t *testing.T) {
			ring, err := newKeyring(Account{AppID: v.AppID, AESKey: v.Key})
			if err != nil {
				t.Fatal(err)
			}
			s := &scratch{}
			plain, _, err := ring.open(s, v.Encrypt)
			if err != nil || string(plain) != v.Plaintext {
				t.Fatalf("open: %q, %v", plain, err)
			}
			var random [randomSize]byte
			if _, err := hex.Decode(random[:], []byte(v.RandomHex)); err != nil {
				t.Fatal(err)
			}
			sealed, _ := ring.keys[0].sealWith(nil, nil, random, []byte(v.Plaintext), v.AppID)
			checkSealed(t, v, ring, string(sealed))
			if v.MsgSignature != "" && !signed(s, v.MsgSignature, []string{v.Token, v.Timestamp, v.Nonce, v.Encrypt}) {
				t.Error("msg_signature not accepted")
			}
		})
	}
}

// checkSealed compares with the vector's own ciphertext. The one sealed by the
// platform with a key whose last character carries stray bits must still be
// equal: those bits mean nothing.
func checkSealed(t *testing.T, v cryptoVector, ring keyring, sealed string) {
	t.Helper()
	if sealed != v.Encrypt {
		t.Errorf("seal: %s", sealed)
	}
	if again, _, err := ring.open(&scratch{}, sealed); err != nil || string(again) != v.Plaintext {
		t.Errorf("opened again: %q, %v", again, err)
	}
}

func TestNegativeVectorsRefused(t *testing.T) {
	var all []struct {
		Name    string `json:"name"`
		Key     string `json:"encoding_aes_key"`
		AppID   string `json:"appid"`
		Encrypt string `json:"encrypt"`
	}
	load(t, "crypto_negative.json", &all)
	if len(all) < 14 {
		t.Fatalf("only %d vectors", len(all))
	}
	for _, v := range all {
		ring, err := newKeyring(Account{AppID: v.AppID, AESKey: v.Key})
		if err != nil {
			t.Fatal(err)
		}
		plain, _, err := ring.open(&scratch{}, v.Encrypt)
		if err == nil {
			_, err = Parse(string(plain))
		}
		if err == nil {
			t.Errorf("%s: taken, plaintext %q", v.Name, plain)
		}
	}
}

func TestSignatureVectors(t *testing.T) {
	var all []struct {
		Name, Token, Timestamp, Nonce, Signature string
	}
	load(t, "signature_vectors.json", &all)
	if len(all) < 5 {
		t.Fatalf("only %d vectors", len(all))
	}
	s := &scratch{}
	for _, v := range all {
		if !signed(s, v.Signature, []string{v.Token, v.Timestamp, v.Nonce}) {
			t.Errorf("%s: refused", v.Name)
		}
		for _, wrong := range []string{"", v.Signature[1:], v.Signature + "0", strings.ToUpper(v.Signature), strings.Repeat("0", 40)} {
			if signed(s, wrong, []string{v.Token, v.Timestamp, v.Nonce}) {
				t.Errorf("%s: %q taken", v.Name, wrong)
			}
		}
	}
}

type sample struct {
	File, Event, From, To string
	MsgType               string `json:"msg_type"`
	EventKey              string `json:"event_key"`
	CreateTime            string `json:"create_time"`
	MsgID                 string `json:"msg_id"`
}

func TestInboundSamples(t *testing.T) {
	var all []sample
	load(t, "index.json", &all)
	read := 0
	for _, want := range all {
		if !strings.HasPrefix(want.File, "inbound_xml/") {
			continue
		}
		read++
		in := parseFile(t, want.File)
		got := sample{
			File: want.File, Event: in.Event, From: in.FromUserName, To: in.ToUserName,
			MsgType: in.MsgType, EventKey: in.EventKey, CreateTime: in.CreateTime, MsgID: in.MsgID,
		}
		if got.MsgID == "" && len(in.Lists) == 1 {
			got.MsgID = in.Lists[0].MsgID // of subscribe_msg_sent_event
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", want.File, diff)
		}
	}
	if read < 69 {
		t.Errorf("only %d samples read", read)
	}
}

func parseFile(t *testing.T, name string) Inbound {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	in, err := Parse(string(raw))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return in
}

func TestTextReplySamples(t *testing.T) {
	for name, c := range map[string]struct {
		in   Inbound
		text string
		at   int64
	}{
		"wxjava_out_text_1.xml": {Inbound{FromUserName: "to", ToUserName: "from"}, "content", 1122},
		"fastwego_text_02.xml":  {Inbound{FromUserName: "toUser", ToUserName: "fromUser"}, "你好", 12345678},
	} {
		want, err := os.ReadFile(filepath.Join("testdata", "reply_xml", name))
		if err != nil {
			t.Fatal(err)
		}
		got := appendText(nil, &c.in, c.text, time.Unix(c.at, 0))
		if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestAgainstSilenceper holds our crypto against an implementation of others.
func TestAgainstSilenceper(t *testing.T) {
	ring, err := newKeyring(testAccount)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		message := rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(t, "message")
		sealed, _ := ring.keys[0].seal(nil, nil, message, testAccount.AppID)
		_, theirs, err := util.DecryptMsg(testAccount.AppID, string(sealed), testAccount.AESKey)
		if err != nil || string(theirs) != string(message) {
			t.Fatalf("they read %q, %v", theirs, err)
		}
		parts := rapid.SliceOfN(rapid.String(), 3, 4).Draw(t, "parts")
		if !signed(&scratch{}, util.Signature(append([]string(nil), parts...)...), parts) {
			t.Fatal("their signature refused")
		}
	})
}
