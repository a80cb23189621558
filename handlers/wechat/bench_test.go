package wechat

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mishu/bot/talk"
)

// The benchmarks compare the gate with a bare handler: the same protocol in
// the shortest way the standard library allows, with nothing checked that an
// honest message passes, no limits, no deadline and no retries joined.

type bareEnvelope struct{ ToUserName, Encrypt string }

type bareMessage struct{ ToUserName, FromUserName, MsgType, Content, MsgId string }

func bareSign(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func bareOpen(r *http.Request, raw []byte) (m bareMessage, ok bool) {
	q := r.URL.Query()
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxBody))
	var e bareEnvelope
	if xml.Unmarshal(body, &e) != nil {
		return m, false
	}
	want := bareSign(testAccount.Token, q.Get("timestamp"), q.Get("nonce"), e.Encrypt)
	if subtle.ConstantTimeCompare([]byte(want), []byte(q.Get("msg_signature"))) != 1 {
		return m, false
	}
	coded, err := base64.StdEncoding.DecodeString(e.Encrypt)
	if err != nil || len(coded) == 0 || len(coded)%fillBlock != 0 {
		return m, false
	}
	block, _ := aes.NewCipher(raw)
	cipher.NewCBCDecrypter(block, raw[:16]).CryptBlocks(coded, coded)
	n := int(binary.BigEndian.Uint32(coded[16:20]))
	return m, n <= len(coded)-20 && xml.Unmarshal(coded[20:20+n], &m) == nil
}

func bareAnswer(w http.ResponseWriter, m bareMessage, raw []byte) {
	text := "<xml><ToUserName><![CDATA[" + m.FromUserName + "]]></ToUserName><FromUserName><![CDATA[" + m.ToUserName +
		"]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" + m.Content + "]]></Content></xml>"
	plain := make([]byte, 20, 20+len(text)+64)
	_, _ = rand.Read(plain[:16])
	binary.BigEndian.PutUint32(plain[16:20], uint32(len(text)))
	plain = append(append(plain, text...), testAccount.AppID...)
	plain = append(plain, fillers[fillBlock-len(plain)%fillBlock]...)
	block, _ := aes.NewCipher(raw)
	cipher.NewCBCEncrypter(block, raw[:16]).CryptBlocks(plain, plain)
	sealed, stamp := base64.StdEncoding.EncodeToString(plain), strconv.FormatInt(time.Now().Unix(), 10)
	w.Header().Set("Content-Type", "application/xml")
	_, _ = io.WriteString(w, "<xml><Encrypt><![CDATA["+sealed+"]]></Encrypt><MsgSignature><![CDATA["+
		bareSign(testAccount.Token, stamp, "n", sealed)+"]]></MsgSignature><TimeStamp>"+stamp+"</TimeStamp><Nonce><![CDATA[n]]></Nonce></xml>")
}

func bareHandler() http.Handler {
	raw, err := decodeKey(testAccount.AESKey)
	if err != nil {
		panic(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m, ok := bareOpen(r, raw)
		if !ok {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		bareAnswer(w, m, raw)
	})
}

func benchGate() http.Handler {
	return NewGate(testAccount, hearFunc(func(_ context.Context, m talk.Message) (talk.Reply, error) {
		return talk.Reply{Text: m.Text}, nil
	}), nil, GateOptions{Window: time.Hour, Limits: Limits{Person: 1_000_000, All: 10_000_000}})
}

// delivery makes request number n; all differ, so that none is a retry.
func delivery(b *testing.B, url string, n int64, now time.Time) *http.Request {
	b.Helper()
	req, err := testWire.Request(url, testWire.Text("oVillager"+strconv.FormatInt(n%5000, 10), "帮助", n, now), now)
	if err != nil {
		b.Fatal(err)
	}
	return req
}

// BenchmarkHandler is the handler alone: no network.
func BenchmarkHandler(b *testing.B) {
	for name, h := range map[string]http.Handler{"bare": bareHandler(), "gate": benchGate()} {
		b.Run(name, func(b *testing.B) {
			now := time.Now()
			reqs := make([]*http.Request, b.N)
			for i := range reqs {
				reqs[i] = delivery(b, "http://127.0.0.1/wechat", int64(i), now)
			}
			w := httptest.NewRecorder()
			b.ReportAllocs()
			b.ResetTimer()
			for _, req := range reqs {
				w.Body.Reset()
				h.ServeHTTP(w, req)
			}
			if w.Code != http.StatusOK || w.Body.Len() < 100 {
				b.Fatalf("%d %s", w.Code, w.Body)
			}
		})
	}
}

// BenchmarkServer is a whole server over loopback with 64 connections; the
// client's work is in the figures of both.
func BenchmarkServer(b *testing.B) {
	for name, h := range map[string]http.Handler{"bare": bareHandler(), "gate": benchGate()} {
		b.Run(name, func(b *testing.B) {
			srv := httptest.NewServer(h)
			defer srv.Close()
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}}
			defer client.CloseIdleConnections()
			now := time.Now()
			reqs := make([]*http.Request, b.N)
			for i := range reqs {
				reqs[i] = delivery(b, srv.URL, int64(i), now)
			}
			var next atomic.Int64
			b.SetParallelism(32)
			b.ReportAllocs()
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					res, err := client.Do(reqs[next.Add(1)-1])
					if err != nil {
						b.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, res.Body)
					_ = res.Body.Close()
				}
			})
		})
	}
}

func BenchmarkParse(b *testing.B) {
	doc := string(testWire.Text("oVillager1", "帮我买点米和油", 1, day))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(doc); err != nil {
			b.Fatal(err)
		}
	}
}
