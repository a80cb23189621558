package calendar

import (
	"slices"
	"testing"

	"mishu/bot/book"
)

// Every occasion's lead times can be set by the office, and nothing else can.
func TestOccasionsCanBeSet(t *testing.T) {
	names := []string{book.VisitsAhead}
	for _, o := range occasions {
		names = append(names, o.name)
	}
	for _, n := range names {
		if !slices.Contains(book.Occasions, n) {
			t.Errorf("the lead times of %s cannot be set", n)
		}
	}
	if len(names) != len(book.Occasions) {
		t.Errorf("%d occasions, %d can be set", len(names), len(book.Occasions))
	}
}
