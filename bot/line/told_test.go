package line

import (
	"bytes"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// The last replies are found again under their keys, older ones are gone, and
// packing changes nothing.
func TestToldSurvivesPacking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s State
		s.Fails = rapid.IntRange(0, 3).Draw(t, "fails")
		replies := rapid.SliceOfN(rapid.String(), 0, 12).Draw(t, "replies")
		for i, text := range replies {
			s.Tell(fmt.Sprint("key", i), text)
			packed, err := s.Pack()
			if err != nil {
				t.Fatal(err)
			}
			var back State
			if err := back.Unpack(packed); err != nil || back.Fails != s.Fails {
				t.Fatalf("unpack: %v, %+v", err, back)
			}
			s = back
		}
		for i, text := range replies {
			got, found := s.ToldTo(fmt.Sprint("key", i))
			kept := i >= len(replies)-toldBound
			if found != kept || kept && got != text {
				t.Fatalf("reply %d of %d: %q, %v", i, len(replies), got, found)
			}
		}
	})
}

// Whatever stands in the store, reading it ends in a state or an error.
func FuzzUnpack(f *testing.F) {
	var s State
	s.Tell("k", "您好")
	packed, err := s.Pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var s State
		if s.Unpack(b) != nil {
			return
		}
		again, err := s.Pack()
		if err != nil {
			t.Fatal(err)
		}
		var back State
		if err := back.Unpack(again); err != nil || !bytes.Equal(back.told, s.told) {
			t.Fatalf("packed twice: %v", err)
		}
		s.Tell("another", "words")
	})
}
