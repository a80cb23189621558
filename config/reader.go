package config

import (
	"fmt"
	"log/slog"
	"strconv"
)

// reader turns settings into values and keeps what was wrong with them. A
// method that finds a mistake returns the zero value and goes on.
type reader struct {
	settings settings
	mistakes []error
	checks   map[string]func(string) error
}

func (r *reader) wrong(format string, args ...any) {
	r.mistakes = append(r.mistakes, fmt.Errorf(format, args...))
}

// text is a setting's value, its default, or "".
func (r *reader) text(name string) string {
	if v := r.settings[name]; v != "" {
		return v
	}
	return byName[name].usual
}

// given reports whether a setting was made, rightly or wrongly.
func (r *reader) given(name string) bool {
	_, ok := r.settings[name]
	return ok
}

func (r *reader) level(name string) slog.Level {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[r.text(name)]
	if !ok {
		r.wrong("%s is %q: write debug, info, warn or error", name, r.text(name))
	}
	return level
}

// most is above any rate a province sees and far below what overflows.
const most = 1_000_000

func (r *reader) count(name string) int {
	n, err := strconv.Atoi(r.text(name))
	if err != nil || n < 0 || n > most {
		r.wrong("%s is %q: write a whole number from 0 (no limit) to %d", name, r.text(name), most)
		return 0
	}
	return n
}

func (r *reader) database(required bool) Database {
	text := r.text("MISHU_DATABASE")
	if text == "" {
		if required && !r.given("MISHU_DATABASE") {
			r.wrong("MISHU_DATABASE is missing: write sqlite:PATH or mysql://user:password@host:port/name")
		}
		return Database{}
	}
	d, err := ParseDatabase(text)
	if err != nil {
		r.mistakes = append(r.mistakes, err)
	}
	return d
}

func (r *reader) redis() Secret {
	text := r.text("MISHU_REDIS")
	if check := r.checks["MISHU_REDIS"]; text != "" && check != nil {
		if err := check(text); err != nil {
			r.wrong("MISHU_REDIS is no address of a Redis: %w", err)
			return Secret{}
		}
	}
	return NewSecret(text)
}
