package wechat

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// The plaintext of the platform is random(16) length(4) message appid filler,
// where the filler follows PKCS#7 with a block of 32 bytes, not AES's 16.
const (
	fillBlock  = 32
	randomSize = 16
	headSize   = randomSize + 4
)

var (
	errSealed     = errors.New("ciphertext cannot be opened with any key")
	errOtherAppID = errors.New("ciphertext is for another app id")
)

// A key is one EncodingAESKey made ready: expanding it costs more than
// encrypting a message, so it is done once.
type key struct {
	block cipher.Block
	iv    []byte
}

func newKey(encoded string) (*key, error) {
	raw, err := decodeKey(encoded)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	return &key{block: block, iv: raw[:aes.BlockSize]}, nil
}

// open decrypts ciphertext into room (which comes back grown) and returns the
// message inside; the message lies in room. Every byte of the filler counts.
func (k *key) open(room, ciphertext []byte, appID string) (grown, message []byte, err error) {
	n := len(ciphertext)
	if n < fillBlock || n%fillBlock != 0 {
		return room, nil, errSealed
	}
	room = append(room[:0], ciphertext...)
	cipher.NewCBCDecrypter(k.block, k.iv).CryptBlocks(room, room)
	plain, ok := unfill(room)
	if !ok || len(plain) < headSize {
		return room, nil, errSealed
	}
	size := uint64(binary.BigEndian.Uint32(plain[randomSize:]))
	if size > uint64(len(plain)-headSize) {
		return room, nil, errSealed
	}
	end := headSize + int(size)
	if string(plain[end:]) != appID {
		return room, nil, errOtherAppID
	}
	return room, plain[headSize:end], nil
}

// unfill takes the filler off, or reports that it is not one.
func unfill(b []byte) ([]byte, bool) {
	n := int(b[len(b)-1])
	if n < 1 || n > fillBlock || n > len(b) {
		return nil, false
	}
	for _, c := range b[len(b)-n:] {
		if int(c) != n {
			return nil, false
		}
	}
	return b[:len(b)-n], true
}

// seal encrypts message and appends it to dst in base64. Each call takes a
// fresh random: with a repeated one equal replies would look equal.
func (k *key) seal(dst, room, message []byte, appID string) (sealed, grown []byte) {
	var random [randomSize]byte
	_, _ = rand.Read(random[:]) // never fails: see crypto/rand
	return k.sealWith(dst, room, random, message, appID)
}

func (k *key) sealWith(dst, room []byte, random [randomSize]byte, message []byte, appID string) (sealed, grown []byte) {
	room = append(room[:0], random[:]...)
	room = binary.BigEndian.AppendUint32(room, uint32(len(message)))
	room = append(room, message...)
	room = append(room, appID...)
	n := fillBlock - len(room)%fillBlock
	room = append(room, fillers[n]...)
	cipher.NewCBCEncrypter(k.block, k.iv).CryptBlocks(room, room)
	return base64.StdEncoding.AppendEncode(dst, room), room
}

// fillers[n] is n bytes of value n.
var fillers = func() (all [fillBlock + 1][]byte) {
	for n := range all {
		all[n] = bytes.Repeat([]byte{byte(n)}, n)
	}
	return all
}()

// A keyring holds the current key and, after a change, the one before: the
// platform goes on using the old one for messages already on their way.
type keyring struct {
	keys  []*key
	appID string
}

func newKeyring(a Account) (keyring, error) {
	ring := keyring{appID: a.AppID}
	for _, encoded := range []string{a.AESKey, a.PreviousAESKey} {
		if encoded == "" {
			continue
		}
		k, err := newKey(encoded)
		if err != nil {
			return keyring{}, err
		}
		ring.keys = append(ring.keys, k)
	}
	return ring, nil
}

// open decrypts what stands in Encrypt. The key that worked comes back with
// the message: the answer must be sealed with the same one.
func (r keyring) open(s *scratch, encrypted string) (message []byte, worked *key, err error) {
	s.text = append(s.text[:0], encrypted...)
	s.coded, err = base64.StdEncoding.AppendDecode(s.coded[:0], s.text)
	if err != nil {
		return nil, nil, errSealed
	}
	err = errSealed
	for _, k := range r.keys {
		s.plain, message, err = k.open(s.plain, s.coded, r.appID)
		if err == nil {
			return message, k, nil
		}
	}
	return nil, nil, err
}
