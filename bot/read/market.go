package read

import (
	"slices"
	"time"

	"mishu/bot/lunar"
)

// Market is when the village's market is held: the last digits of the days, of
// the farmers' calendar and of the common one. {Lunar: {2, 7}} is 逢二逢七.
type Market struct {
	Lunar []int `json:"lunar"`
	Solar []int `json:"solar"`
}

// On tells whether d is a market day.
func (m Market) On(d time.Time) bool {
	if slices.Contains(m.Solar, d.Day()%10) {
		return true
	}
	if len(m.Lunar) == 0 {
		return false
	}
	moon, ok := lunar.Of(d)
	return ok && slices.Contains(m.Lunar, moon.Day%10)
}
