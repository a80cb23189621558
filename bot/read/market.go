package read

import (
	"slices"
	"time"

	"mishu/bot/lunar"
)

// Market is when the village's market is held: the last digits of the days, of
// the farmers' calendar or, with Solar, of the common one. {2, 7} is 逢二逢七.
type Market struct {
	Digits []int
	Solar  bool
}

// On tells whether d is a market day.
func (m Market) On(d time.Time) bool {
	if len(m.Digits) == 0 {
		return false
	}
	n := d.Day()
	if !m.Solar {
		moon, ok := lunar.Of(d)
		if !ok {
			return false
		}
		n = moon.Day
	}
	return slices.Contains(m.Digits, n%10)
}
