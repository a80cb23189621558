package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"time"
)

// envelope is the body of safe mode.
type envelope struct{ ToUserName, Encrypt string }

// message is what is inside.
type message struct{ ToUserName, FromUserName, MsgType, Content, MsgId string }

// floor answers every message with its own words.
type floor struct {
	token, appID string
	key          []byte
	keep         keeper
}

func newFloor(token, aesKey, appID string, keep keeper) (*floor, error) {
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil || len(key) != 32 {
		return nil, errors.New("FLOOR_AESKEY is not an EncodingAESKey of 43 characters")
	}
	return &floor{token, appID, key, keep}, nil
}

// maxBody is what is read of a request.
const maxBody = 64 << 10

// ServeHTTP answers one message.
func (f *floor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	nonce := q.Get("nonce")
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	var e envelope
	if err != nil || xml.Unmarshal(body, &e) != nil || !f.signed(q.Get("msg_signature"), q.Get("timestamp"), nonce, e.Encrypt) {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	m, err := f.open(e.Encrypt)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if err := f.keep(r.Context(), m); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/xml")
	_, _ = io.WriteString(w, f.reply(m, nonce))
}

func (f *floor) signed(signature string, parts ...string) bool {
	return subtle.ConstantTimeCompare([]byte(f.sign(parts...)), []byte(signature)) == 1
}

func (f *floor) sign(parts ...string) string {
	parts = append(parts, f.token)
	sort.Strings(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// open decrypts: 16 random bytes, the length, the message, the AppID.
func (f *floor) open(sealed string) (m message, err error) {
	text, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(text) == 0 || len(text)%32 != 0 {
		return m, errors.New("not whole blocks")
	}
	block, err := aes.NewCipher(f.key)
	if err != nil {
		return m, fmt.Errorf("make cipher: %w", err)
	}
	cipher.NewCBCDecrypter(block, f.key[:16]).CryptBlocks(text, text)
	n := int(binary.BigEndian.Uint32(text[16:20]))
	if n > len(text)-20 {
		return m, errors.New("longer than it is")
	}
	return m, xml.Unmarshal(text[20:20+n], &m)
}

// reply says the same words back.
func (f *floor) reply(m message, nonce string) string {
	out := "<xml><ToUserName><![CDATA[" + m.FromUserName + "]]></ToUserName><FromUserName><![CDATA[" + m.ToUserName +
		"]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" + m.Content + "]]></Content></xml>"
	sealed := f.seal(out)
	now := strconv.FormatInt(time.Now().Unix(), 10)
	return "<xml><Encrypt><![CDATA[" + sealed + "]]></Encrypt><MsgSignature><![CDATA[" + f.sign(now, nonce, sealed) +
		"]]></MsgSignature><TimeStamp>" + now + "</TimeStamp><Nonce><![CDATA[" + nonce + "]]></Nonce></xml>"
}

func (f *floor) seal(out string) string {
	text := make([]byte, 20, 20+len(out)+len(f.appID)+32)
	_, _ = rand.Read(text[:16]) // never fails: see crypto/rand
	binary.BigEndian.PutUint32(text[16:20], uint32(len(out)))
	text = append(append(text, out...), f.appID...)
	for pad, n := byte(32-len(text)%32), 32-len(text)%32; n > 0; n-- {
		text = append(text, pad)
	}
	block, _ := aes.NewCipher(f.key) // the key's length was checked
	cipher.NewCBCEncrypter(block, f.key[:16]).CryptBlocks(text, text)
	return base64.StdEncoding.EncodeToString(text)
}
