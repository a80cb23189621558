package read

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSeeker holds it to looking from each place anew, in any order.
func TestSeeker(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SliceOfN(rapid.Bool(), 0, 12).Draw(t, "line")
		var s seeker
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(line))).Draw(t, "places") {
			want := i
			for want < len(line) && !line[want] {
				want++
			}
			if got := s.next(i, len(line), func(k int) bool { return line[k] }); got != want {
				t.Fatalf("from %d: %d, want %d", i, got, want)
			}
		}
	})
}
