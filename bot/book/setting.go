package book

import (
	"slices"
	"time"

	"mishu/storage"
)

// The settings a village's office owns. A value that is not set has the
// default given beside its accessor.
const (
	CalledSecretary = "called.secretary" // what people call the secretary-general: 向老师
	OfficePhone     = "phone.office"
	FirstAidPhone   = "phone.firstaid"   // the county's own number of 120, for those who ring from far away
	FraudPhone      = "phone.fraud"      // 96110, once the county has confirmed it
	ProtectionPhone = "phone.protection" // the county's own for children in danger
	BriefAt         = "brief.at"         // 07:05
	SecondBriefAt   = "brief.second"     // 17:00
	QuietFrom       = "quiet.from"       // 21:00
	QuietTo         = "quiet.to"         // 07:00
	Listeners       = "voice.ears"       // who listens to voices, in turn: at most three ids
	Accent          = "accent"           // which sounds the village does not tell apart: "n/l h/f"

	Canteen     = "canteen" // when and where, as it is said
	Fund        = "fund"    // the last statement that was published
	FundDetails = "fund.details"
)

// Setting is a value of the office, or the default.
func (b *Book) Setting(name, otherwise string) string { return b.Settings().Setting(name, otherwise) }

// Clock is a time of day of the office, or the default ("07:05").
func (b *Book) Clock(name, otherwise string) time.Duration {
	return b.Settings().Clock(name, otherwise)
}

// Called is how people call the secretary-general. Villagers know no 秘书长
// (settled.md 32).
func (b *Book) Called() string {
	if v := b.settings[CalledSecretary]; v != "" {
		return v
	}
	if ids := b.Holders(storage.Secretary, 0); len(ids) > 0 {
		return b.Name(ids[0])
	}
	return "村干部"
}

// Office is the telephone of a person, for every sentence that needs one: the
// office's, else whoever is on duty, else the secretary-general's own.
func (b *Book) Office(now time.Time) string {
	if v := b.settings[OfficePhone]; v != "" {
		return v
	}
	if phone := b.OnDuty(now); phone != "" {
		return phone
	}
	for _, id := range b.Holders(storage.Secretary, 0) {
		if p := b.people[id]; p.Phone != "" {
			return p.Phone
		}
	}
	return ""
}

// OnDuty is the telephone that somebody answers at that time, "" if nobody
// does: no text names a telephone that nobody mans (settled.md 2).
func (b *Book) OnDuty(now time.Time) string {
	now = now.In(storage.Shanghai)
	minute := now.Hour()*60 + now.Minute()
	for _, d := range b.Duties {
		if d.Covers(minute) {
			return d.Phone
		}
	}
	return ""
}

// DutyHolders are the people of the roster whose turn at the duty telephone it
// is; a name that fits several is nobody.
func (b *Book) DutyHolders(now time.Time) []int64 {
	now = now.In(storage.Shanghai)
	var people []int64
	for _, d := range b.Duties {
		found := b.Roster.Find(d.Name, 0)
		if d.Covers(now.Hour()*60+now.Minute()) && len(found) == 1 && !slices.Contains(people, found[0]) {
			people = append(people, found[0])
		}
	}
	return people
}

// Quiet reports whether a time lies in the hours in which nobody is disturbed,
// and when they end.
func (b *Book) Quiet(now time.Time) (bool, time.Time) {
	now = now.In(storage.Shanghai)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, storage.Shanghai)
	from, to := midnight.Add(b.Clock(QuietFrom, "21:00")), midnight.Add(b.Clock(QuietTo, "07:00"))
	switch {
	case now.Before(to):
		return true, to
	case !now.Before(from):
		return true, to.AddDate(0, 0, 1)
	}
	return false, time.Time{}
}

// urgentUntil is until when 加急 may disturb somebody in the evening (settled.md 7).
const urgentUntil = 22 * time.Hour

// Night reports whether a time lies in the hours in which only danger disturbs
// anybody, and when they end.
func (b *Book) Night(now time.Time) (bool, time.Time) {
	now = now.In(storage.Shanghai)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, storage.Shanghai)
	quiet, ends := b.Quiet(now)
	evening := now.Sub(midnight) >= b.Clock(QuietFrom, "21:00") && now.Sub(midnight) < urgentUntil
	return quiet && !evening, ends
}

// Waking adds waking time to an instant: hours in which nobody is disturbed do
// not count.
func (b *Book) Waking(from time.Time, d time.Duration) time.Time {
	at := from
	for range 60 { // two months of nights: a bound, not a limit anybody meets
		if quiet, ends := b.Quiet(at); quiet {
			at = ends
		}
		midnight := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, storage.Shanghai)
		night := midnight.Add(b.Clock(QuietFrom, "21:00"))
		if left := night.Sub(at); d > left {
			d -= left
			at = night
			continue
		}
		return at.Add(d)
	}
	return at
}
