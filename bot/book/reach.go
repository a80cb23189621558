package book

import (
	"slices"
	"strings"
	"time"

	"mishu/storage"
)

func (b *Book) loadReach(v storage.In) error {
	rows, err := v.Reaches()
	if err != nil {
		return err
	}
	for _, r := range rows {
		b.reach[r.Person] = r
	}
	b.substitutes, err = v.Substitutes()
	return err
}

// Reach is how and when somebody is asked.
func (b *Book) Reach(person int64) storage.Reach {
	r := b.reach[person]
	r.Person = person
	return r
}

// PhoneOnly reports whether somebody does not read: a person rings him
// (settled.md 17).
func (b *Book) PhoneOnly(person int64) bool { return b.reach[person].PhoneOnly }

// AwayOn reports whether somebody has said that he cannot be asked on a day.
func (b *Book) AwayOn(person int64, day time.Time) bool {
	return b.reach[person].AwayUntil >= storage.Day(day)
}

// partOf is the letter of an hour's part of the day in Reach.Free.
func partOf(hour int) string {
	switch {
	case hour < 12:
		return "m"
	case hour < 18:
		return "a"
	}
	return "e"
}

// FreeAt reports whether somebody has time at an instant, as far as he has
// said. With whole only the day counts.
func (b *Book) FreeAt(person int64, at time.Time, whole bool) bool {
	free := b.reach[person].Free
	if free == "" {
		return true
	}
	at = at.In(storage.Shanghai)
	day := string(rune('0' + (int(at.Weekday())+6)%7 + 1))
	if strings.ContainsAny(free, "1234567") && !strings.Contains(free, day) {
		return false
	}
	if whole || !strings.ContainsAny(free, "mae") {
		return true
	}
	return strings.Contains(free, partOf(at.Hour()))
}

// Substitute is who does somebody's office while he is away; false if he does
// it himself.
func (b *Book) Substitute(person int64, role string) (storage.Substitute, bool) {
	i := slices.IndexFunc(b.substitutes, func(s storage.Substitute) bool { return s.Person == person && s.Role == role })
	if i < 0 {
		return storage.Substitute{}, false
	}
	return b.substitutes[i], true
}

// StandsIn reports whether a person holds a role only for somebody who is away.
func (b *Book) StandsIn(person int64, role string) bool {
	own := false
	for _, r := range b.roles[person] {
		own = own || r.Role == role && r.How != storage.Standing
	}
	return !own && b.Has(person, role)
}
