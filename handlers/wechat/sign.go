package wechat

import (
	"crypto/sha1"
	"crypto/subtle"
	"encoding/hex"
	"slices"
)

// signature writes the platform's signature over parts into dst: SHA-1 of the
// sorted parts put together, in hex. It reorders parts; buf is room to work in
// and comes back grown.
func signature(dst *[2 * sha1.Size]byte, buf []byte, parts []string) []byte {
	slices.Sort(parts)
	buf = buf[:0]
	for _, p := range parts {
		buf = append(buf, p...)
	}
	sum := sha1.Sum(buf)
	hex.Encode(dst[:], sum[:])
	return buf
}

// signed reports, in a time that does not tell how much of it was right,
// whether want is the signature over parts.
func signed(s *scratch, want string, parts []string) bool {
	var got, given [2 * sha1.Size]byte
	s.text = signature(&got, s.text, parts)
	if copy(given[:], want) != len(want) {
		return false // longer than a signature
	}
	return subtle.ConstantTimeCompare(got[:], given[:]) == 1
}
