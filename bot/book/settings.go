package book

import (
	"strconv"
	"strings"
	"time"

	"mishu/storage"
)

// Settings are what the offices have set: the operator's values, over them the
// county's, over them the village's own.
type Settings map[string]string

// Setting is a value of the office, or the default.
func (s Settings) Setting(name, otherwise string) string {
	if v := s[name]; v != "" {
		return v
	}
	return otherwise
}

// Clock is a time of day of the office, or the default ("07:05").
func (s Settings) Clock(name, otherwise string) time.Duration {
	t, err := time.Parse("15:04", s.Setting(name, otherwise))
	if err != nil {
		t, _ = time.Parse("15:04", otherwise)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// LinePrefix begins the names of the settings that turn a line of work on or
// off: line.日历 is 开 or 关.
const LinePrefix = "line."

// The values of a setting of that kind.
const (
	LineOn  = "开"
	LineOff = "关"
)

// On reports whether a line of work is on.
func (s Settings) On(line string, otherwise bool) bool {
	switch s[LinePrefix+line] {
	case LineOn:
		return true
	case LineOff:
		return false
	}
	return otherwise
}

// Numbers reads a list like "30 7 1"; what is no number is passed over.
func (s Settings) Numbers(name string, otherwise ...int) []int {
	v := s[name]
	if v == "" {
		return otherwise
	}
	var list []int
	for _, part := range strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(" ,，、;；", r) }) {
		if n, err := strconv.Atoi(part); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// SettingsOf reads the settings of some villages at once, without their books.
func SettingsOf(tx *storage.Tx, villages []storage.Village) (map[int64]Settings, error) {
	rows, err := tx.SettingsOf(villages)
	if err != nil {
		return nil, err
	}
	all := make(map[int64]Settings, len(villages))
	for id, values := range rows {
		all[id] = Settings(values)
	}
	return all, nil
}

// Settings are the village's, for rules.
func (b *Book) Settings() Settings { return Settings(b.settings) }
