package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// report is everything that a run measured.
type report struct {
	facts    facts
	contests []contest
	starts   []time.Duration // sorted
	idle     float64         // megabytes
	loaded   float64
	messages int // before loaded
	drained  int // notices the clock looked at between the rounds
	draining time.Duration
}

// contest is ours against the floor, round by round.
type contest struct {
	ours, floor *side
	need        float64
}

func (r *report) add(c ...contest) { r.contests = append(r.contests, c...) }

func (r *report) drain(n int, took time.Duration) {
	if n > 0 {
		r.drained, r.draining = r.drained+n, r.draining+took
	}
}

// ratios are ours over the floor's throughput in each round, sorted.
func (c contest) ratios() []float64 {
	var list []float64
	for i := range min(len(c.ours.slices), len(c.floor.slices)) {
		list = append(list, c.ours.slices[i].perSecond()/c.floor.slices[i].perSecond())
	}
	slices.Sort(list)
	return list
}

// median of a sorted list; of an even number the lower of the two in the middle.
func median[T any](sorted []T) T {
	var none T
	if len(sorted) == 0 {
		return none
	}
	return sorted[(len(sorted)-1)/2]
}

// middle is the median of a number over a side's slices.
func (s *side) middle(of func(slice) float64) float64 {
	var list []float64
	for _, one := range s.slices {
		list = append(list, of(one))
	}
	slices.Sort(list)
	return median(list)
}

// target is a line of the first table that has something to reach.
type target struct {
	name, what, got, need string
	met                   bool
}

// The targets of (d).
const (
	startWithin = 500 * time.Millisecond
	idleWithin  = 60.0 // megabytes
	loadWithin  = 150.0
)

func (r *report) targets() []target {
	var list []target
	for _, c := range r.contests {
		ratios := c.ratios()
		list = append(list, target{
			name: c.ours.title,
			what: fmt.Sprintf("%.0f/s against %.0f/s", c.ours.middle(rate), c.floor.middle(rate)),
			got:  fmt.Sprintf("**%.2f** (%.2f to %.2f)", median(ratios), ratios[0], ratios[len(ratios)-1]),
			need: fmt.Sprintf("at least %.2f", c.need), met: median(ratios) >= c.need,
		})
	}
	first := median(r.starts)
	return append(list,
		target{
			"(d) first reply", fmt.Sprintf("after exec of `serve`, the slowest of %d: %s", len(r.starts), ms(r.starts[len(r.starts)-1])),
			"**" + ms(first) + "**", "below " + ms(startWithin), first < startWithin,
		},
		target{"(d) memory, idle", "resident", fmt.Sprintf("**%.0f MB**", r.idle), fmt.Sprintf("below %.0f MB", idleWithin), r.idle < idleWithin},
		target{
			"(d) memory, loaded", fmt.Sprintf("resident after %s messages", thousands(r.messages)),
			fmt.Sprintf("**%.0f MB**", r.loaded), fmt.Sprintf("below %.0f MB", loadWithin), r.loaded < loadWithin,
		})
}

func rate(s slice) float64 { return s.perSecond() }

// missed names the targets that were not reached.
func (r *report) missed() []string {
	var list []string
	for _, t := range r.targets() {
		if !t.met {
			list = append(list, t.name)
		}
	}
	return list
}

func ms(d time.Duration) string { return fmt.Sprintf("%.3g ms", float64(d.Microseconds())/1000) }

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// markdown is the measured part of the document.
func (r *report) markdown() string {
	return strings.Join([]string{r.facts.markdown(), r.ratioTable(), r.useTable(), r.clockLine()}, "\n\n")
}

func (r *report) ratioTable() string {
	var b strings.Builder
	b.WriteString("| | what | measured | needed | |\n|---|---|---|---|---|\n")
	for _, t := range r.targets() {
		verdict := "met"
		if !t.met {
			verdict = "**missed**"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", t.name, t.what, t.got, t.need, verdict)
	}
	return strings.TrimSpace(b.String())
}

// useTable is what one message takes, (e) among it.
func (r *report) useTable() string {
	var b strings.Builder
	b.WriteString("| per message | allocations | bytes | SQL statements | CPU of the server | of Redis | of MariaDB | of the load | half within | 99% within |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|\n")
	for _, s := range r.sides() {
		fmt.Fprintf(&b, "| %s |", s.title)
		if s.proc.admin == "" {
			b.WriteString(" | |")
		} else {
			fmt.Fprintf(&b, " %.0f | %s |", s.middle(func(x slice) float64 { return x.use.mallocs }), thousands(int(s.middle(func(x slice) float64 { return x.use.bytes }))))
		}
		fmt.Fprintf(&b, " %.1f |", s.middle(func(x slice) float64 { return x.use.queries }))
		for _, whose := range []string{"server", "Redis", "MariaDB", "load"} {
			fmt.Fprintf(&b, " %.0f µs |", s.middle(func(x slice) float64 { return float64(x.use.cpu[whose]) / 1000 }))
		}
		for _, q := range []float64{0.5, 0.99} {
			fmt.Fprintf(&b, " %s |", ms(time.Duration(s.middle(func(x slice) float64 { return float64(x.quantile(q)) }))))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// sides are all that were measured, each once, the floors last.
func (r *report) sides() []*side {
	var ours, floors []*side
	for _, c := range r.contests {
		ours = append(ours, c.ours)
		if !slices.Contains(floors, c.floor) {
			floors = append(floors, c.floor)
		}
	}
	return append(ours, floors...)
}

// clockLine tells how fast the clock is, which works on the same cores beside
// the messages of (c).
func (r *report) clockLine() string {
	if r.draining == 0 {
		return "Between the rounds of (c) no notice waited for the clock."
	}
	return fmt.Sprintf("Between the rounds of (c) the clock looked at %s notices, %.0f a second.", thousands(r.drained), float64(r.drained)/r.draining.Seconds())
}
