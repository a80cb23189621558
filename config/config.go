// Package config reads what an operator sets, from a file of KEY=value lines
// and from MISHU_ variables, and hands it on as values. It reports every
// mistake at once, in sentences that name the key and what to write instead,
// and never shows a secret. cmd/mishu alone imports it.
package config

import (
	"errors"
	"log/slog"
)

// Config is everything an operator sets.
type Config struct {
	Listen   string // host:port of the public listener
	Public   string // https://host that reaches Listen; "" if not told
	Admin    string // host:port of health, metrics and profiles
	Database Database
	Redis    Secret // an address as MISHU_REDIS names it; unset: dialogs are kept in the database
	WeChat   WeChat
	SMS      SMS
	More     []WeChat // further Official Accounts of the same villages
	Log      slog.Level
	Limits   Limits
}

// Limits bound what is read; 0 switches a limit off.
type Limits struct {
	Person int // messages from one person in 10 seconds
	All    int // messages from everybody in a second
}

// Need says how much a command needs to be set. What is set is checked in any
// case.
type Need int

// Each need up to Account holds those before it; Platform is the other end.
const (
	Schema   Need = iota // the database alone: migrate
	Records              // and, for MySQL, the Redis that tells other replicas of a change: import, invite
	Account              // and the Official Account: serve
	Platform             // the Official Account with its original id, and no database: simulator
)

// A Check knows what a setting must look like that config hands on as it is. It
// returns a sentence for the operator that does not repeat the value.
type Check struct {
	Name  string
	Wrong func(value string) error
}

// Load reads the file, if one is named, and the environment, in the form of
// os.Environ; the environment wins. The error joins every mistake found, one
// to a line.
func Load(environ []string, file string, need Need, checks ...Check) (Config, error) {
	s, mistakes := gather(environ, file)
	r := reader{settings: s, mistakes: mistakes, checks: map[string]func(string) error{}}
	for _, c := range checks {
		r.checks[c.Name] = c.Wrong
	}
	first := r.wechat(need)
	c := Config{
		Listen:   r.listen("MISHU_LISTEN"),
		Public:   r.public(),
		Admin:    r.listen("MISHU_ADMIN"),
		Database: r.database(need != Platform),
		Redis:    r.redis(),
		WeChat:   first,
		SMS:      r.sms(),
		More:     r.more(first, need),
		Log:      r.level("MISHU_LOG"),
		Limits:   Limits{Person: r.count("MISHU_LIMIT_PERSON"), All: r.count("MISHU_LIMIT_ALL")},
	}
	r.together(c, need)
	if len(r.mistakes) > 0 {
		return Config{}, errors.Join(r.mistakes...)
	}
	return c, nil
}

// together checks what is right by itself and wrong with the rest.
func (r *reader) together(c Config, need Need) {
	if (need == Records || need == Account) && c.Database.Driver == MySQL && !r.given("MISHU_REDIS") {
		r.wrong("MISHU_REDIS is missing: records in MySQL need a Redis for dialogs, write redis://host:port, or keep both in a file with MISHU_DATABASE=sqlite:PATH")
	}
	r.apart(c)
	if need == Account && c.Listen != "" && overlap(c.Listen, c.Admin) {
		r.wrong("MISHU_ADMIN is the same address as MISHU_LISTEN: give it a port of its own, it must not be public")
	}
}
