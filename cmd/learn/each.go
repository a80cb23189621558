package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"mishu/bot/read"
)

// A Line is an example with what it shows, and what the rules alone make of it.
type Line struct {
	Example
	Shown
	Rule    read.Output
	Besides bool // it asks for help
}

// Show looks at every example.
func Show(examples []Example, v *read.Village) []Line {
	out := make([]Line, 0, len(examples))
	for _, e := range examples {
		keys, unruled, rule, besides := read.Features(e.Message, v, e.Known)
		out = append(out, Line{Example: e, Shown: Shown{Keys: keys, Unruled: unruled, Label: e.Label}, Rule: rule, Besides: besides})
	}
	return out
}

// ShownOf is what is learned from the lines.
func ShownOf(lines []Line) []Shown {
	out := make([]Shown, 0, len(lines))
	for i := range lines {
		out = append(out, lines[i].Shown)
	}
	return out
}

// Each leaves out one author after another, or as many together as make so many parts,
// learns from all others, and prints how the rules alone and how rules and weights read
// the lines of those left out. Lines that the rules were written for are only learned from.
func Each(lines []Line, parts int, out io.Writer) (all Score) {
	crossed := Cross(lines, parts)
	part, parts := partOf(lines, parts)
	fmt.Fprintln(out, "| lines of | intents | right by rules | with weights | sure against the rules, right | services asked for | by rules | with weights | dangers | strong by rules | with weights | asked | harmless | not strong by rules | with weights | nothing asked |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for p := range parts {
		v := LearnVerdict(lines, crossed, func(l *Line) bool { return l.Known || part[l.Author] != p })
		for _, author := range slices.Sorted(maps.Keys(part)) {
			if part[author] != p {
				continue
			}
			s := Score{Author: author}
			for i := range lines {
				if l := &lines[i]; l.Author == author && !l.Known && !l.Extra {
					s.count(l, &crossed[i], v)
				}
			}
			s.print(out)
			all.add(&s)
		}
	}
	all.Author = "all"
	all.print(out)
	return all
}

// partOf tells in which part each author is left out, one by himself if parts is 0.
func partOf(lines []Line, parts int) (of map[string]int, n int) {
	of = map[string]int{}
	for i := range lines {
		if !lines[i].Known {
			of[lines[i].Author] = 0
		}
	}
	if parts <= 0 || parts > len(of) {
		parts = len(of)
	}
	for i, author := range slices.Sorted(maps.Keys(of)) {
		of[author] = i % parts
	}
	return of, parts
}

// A Score counts how lines are read.
type Score struct {
	Author                  string
	Lines, Rules, Weights   int // intents, and those right
	Real, Strong, RealAsked int // dangers now
	RuleStrong              int
	Harmless, Calm, Quiet   int // no danger: no alarm, not even a question
	RuleCalm                int
	Helps                   int // requests whose services are labelled, and those right
	RuleHelps, WeighedHelps int
	Sure, SureRight         int // where the weights contradict the rules and are sure
}

func (s *Score) add(o *Score) {
	s.Lines, s.Rules, s.Weights = s.Lines+o.Lines, s.Rules+o.Rules, s.Weights+o.Weights
	s.Real, s.Strong, s.RealAsked = s.Real+o.Real, s.Strong+o.Strong, s.RealAsked+o.RealAsked
	s.Harmless, s.Calm, s.Quiet = s.Harmless+o.Harmless, s.Calm+o.Calm, s.Quiet+o.Quiet
	s.RuleStrong, s.RuleCalm = s.RuleStrong+o.RuleStrong, s.RuleCalm+o.RuleCalm
	s.Helps, s.RuleHelps, s.WeighedHelps = s.Helps+o.Helps, s.RuleHelps+o.RuleHelps, s.WeighedHelps+o.WeighedHelps
	s.Sure, s.SureRight = s.Sure+o.Sure, s.SureRight+o.SureRight
}

func (s *Score) count(l *Line, c *Crossed, v *read.Verdict) {
	j := c.Decided
	level := l.Rule.Danger.Level
	if len(l.Keys) > 0 {
		e := l.evidence(&c.Early)
		level = v.Odds(&e).Level(&c.Early, l.Rule.Danger, l.Besides)
	}
	switch {
	case l.Shown.Intent != "":
		intent, p := j.Intent()
		if level == read.Strong {
			intent = read.Emergency
		}
		if len(l.Keys) == 0 {
			intent = l.Rule.Intent
		}
		s.Lines++
		s.Rules += one(l.Rule.Intent == l.Shown.Intent)
		s.Weights += one(intent == l.Shown.Intent)
		if l.Shown.Services != nil && l.Shown.Intent == read.RequestHelp {
			s.Helps++
			s.RuleHelps += one(same(l.Rule.Service, l.Shown.Services))
			s.WeighedHelps += one(same(j.Services(l.Rule.Service), l.Shown.Services))
		}
		if p > 0.9 && intent != l.Rule.Intent {
			s.Sure++
			s.SureRight += one(intent == l.Shown.Intent)
		}
	case l.Shown.Danger == read.Strong:
		s.Real++
		s.Strong += one(level == read.Strong)
		s.RealAsked += one(level == read.Ask)
		s.RuleStrong += one(l.Rule.Danger.Level == read.Strong)
	case l.Shown.Danger == read.NoDanger:
		s.Harmless++
		s.Calm += one(level != read.Strong)
		s.Quiet += one(level == read.NoDanger)
		s.RuleCalm += one(l.Rule.Danger.Level != read.Strong)
	}
}

func same(a, b []read.Service) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (s *Score) print(out io.Writer) {
	fmt.Fprintf(out, "| %s ", s.Author)
	if s.Lines > 0 {
		fmt.Fprintf(out, "| %d | %.1f %% | %.1f %% | %d of %d ", s.Lines, percent(s.Rules, s.Lines), percent(s.Weights, s.Lines), s.SureRight, s.Sure)
	} else {
		fmt.Fprint(out, "| | | | ")
	}
	if s.Helps > 0 {
		fmt.Fprintf(out, "| %d | %.1f %% | %.1f %% ", s.Helps, percent(s.RuleHelps, s.Helps), percent(s.WeighedHelps, s.Helps))
	} else {
		fmt.Fprint(out, "| | | ")
	}
	if s.Real > 0 {
		fmt.Fprintf(out, "| %d | %.1f %% | %.1f %% | %d | %d | %.1f %% | %.1f %% | %d |\n", s.Real, percent(s.RuleStrong, s.Real), percent(s.Strong, s.Real), s.RealAsked,
			s.Harmless, percent(s.RuleCalm, s.Harmless), percent(s.Calm, s.Harmless), s.Quiet)
	} else {
		fmt.Fprintln(out, "| | | | | | | | |")
	}
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}
