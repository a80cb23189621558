package storage

import "time"

// Shanghai is a fixed zone: China has had no summer time since 1991, and a bare
// image has no zone files.
var Shanghai = time.FixedZone("CST", 8*60*60)

// Moment is an instant as it is stored: milliseconds UTC, 0 for none.
type Moment int64

// At stores an instant.
func At(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.UnixMilli())
}

// Time is the stored instant in Shanghai, the zero time for none.
func (m Moment) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(m)).In(Shanghai)
}

// Day is the village day of an instant: "2026-11-24".
func Day(t time.Time) string { return t.In(Shanghai).Format(time.DateOnly) }
