package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"mishu/bot/read"
)

// How the weights are made: logistic regression by stochastic descent with the steps of
// AdaGrad. The numbers are those that read lines of authors left out best (cmd/learn -each).
const (
	rounds   = 10
	firstBig = 0.5 // the first step
	hidden   = 0.2 // of what a line shows so much is hidden from each step, so that none of it is relied on alone
	rare     = 2   // a feature that fewer lines show is learned by heart: it says nothing
)

// A Shown is a labelled line as the weights see it.
type Shown struct {
	Keys    []uint32
	Unruled int // so many of the keys do not depend on what the rules decided
	Label
}

// Weights are rows of real numbers, before they are written as bytes.
type Weights struct {
	rows, steps []float32
	owner       []uint32 // whose the row is
	owned       []bool
}

const rows = 2 << read.LineBits

// Train makes weights of the lines; the same lines give the same weights.
func Train(lines []Shown) *Weights {
	w := &Weights{
		rows: make([]float32, rows*read.Judgements), steps: make([]float32, rows*read.Judgements),
		owner: make([]uint32, rows), owned: make([]bool, rows),
	}
	w.give(met(lines))
	lessons := make([]lesson, 0, len(lines))
	for i := range lines {
		lessons = append(lessons, w.lesson(&lines[i]))
	}
	chance := rand.New(rand.NewPCG(1232, 7))
	var some lesson
	for range rounds {
		chance.Shuffle(len(lessons), func(i, j int) { lessons[i], lessons[j] = lessons[j], lessons[i] })
		for i := range lessons {
			lessons[i].hide(chance, &some)
			w.learn(&some)
		}
	}
	return w
}

// A lesson is a line by the rows of what it shows, none for what has no row.
type lesson struct {
	rows    []int32
	unruled int
	label   *Label
}

const none = -1

func (w *Weights) lesson(s *Shown) lesson {
	out := lesson{rows: make([]int32, len(s.Keys)), unruled: s.Unruled, label: &s.Label}
	for i, k := range s.Keys {
		out.rows[i] = none
		if n, ok := w.find(k); ok {
			out.rows[i] = int32(n)
		}
	}
	return out
}

// hide puts into some what is left of the lesson when a part of it is hidden.
func (l *lesson) hide(chance *rand.Rand, some *lesson) {
	*some = lesson{rows: some.rows[:0], label: l.label}
	for i, n := range l.rows {
		if i == l.unruled {
			some.unruled = len(some.rows)
		}
		if chance.Float32() >= hidden {
			some.rows = append(some.rows, n)
		}
	}
	if l.unruled == len(l.rows) {
		some.unruled = len(some.rows)
	}
}

// met counts how many times each feature is shown.
func met(lines []Shown) map[uint32]int {
	out := map[uint32]int{}
	for i := range lines {
		for _, k := range lines[i].Keys {
			out[k]++
		}
	}
	return out
}

// give gives the rows to those features that are shown most.
func (w *Weights) give(met map[uint32]int) {
	var keys []uint32
	for k, n := range met {
		if n >= rare {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(met[b], met[a]), cmp.Compare(a, b))
	})
	for _, k := range keys {
		if _, known := w.find(k); known {
			continue // its mark is that of another
		}
		for n := 2 * read.LineOf(k); n < 2*read.LineOf(k)+2; n++ {
			if !w.owned[n] {
				w.owner[n], w.owned[n] = k, true
				break
			}
		}
	}
}

// find tells which row a key has.
func (w *Weights) find(k uint32) (uint32, bool) {
	for n := 2 * read.LineOf(k); n < 2*read.LineOf(k)+2; n++ {
		if w.owned[n] && read.RowMark(w.owner[n]) == read.RowMark(k) {
			return n, true
		}
	}
	return 0, false
}

// Judge is what the weights say of a line: of its danger before anything is decided, of
// its intent then.
func (w *Weights) Judge(s *Shown) read.Judged {
	l := w.lesson(s)
	return w.judge(&l)
}

// Early is what the weights say of a line before anything is decided.
func (w *Weights) Early(s *Shown) read.Judged {
	return w.add(w.lesson(s).rows[:s.Unruled])
}

func (w *Weights) judge(l *lesson) read.Judged {
	out := w.add(l.rows[:l.unruled])
	all := w.add(l.rows)
	copy(out[:read.JudgedStrong], all[:])
	return out
}

func (w *Weights) add(rows []int32) (out read.Judged) {
	for _, n := range rows {
		if n != none {
			for i, v := range w.rows[int(n)*read.Judgements:][:read.Judgements] {
				out[i] += v
			}
		}
	}
	for i := range out {
		out[i] *= norm(len(rows))
	}
	return out
}

func norm(keys int) float32 { return float32(1 / math.Sqrt(float64(keys+1))) }

// learn takes one step towards the label.
func (w *Weights) learn(l *lesson) {
	off := l.label.off(w.judge(l))
	w.step(l.rows, off[:read.JudgedStrong], 0)
	w.step(l.rows[:l.unruled], off[read.JudgedStrong:], int(read.JudgedStrong))
}

// step moves the judgements from first on.
func (w *Weights) step(rows []int32, off []float32, first int) {
	scale := norm(len(rows))
	for _, n := range rows {
		if n == none {
			continue
		}
		row, steps := w.rows[int(n)*read.Judgements:][first:read.Judgements], w.steps[int(n)*read.Judgements:][first:read.Judgements]
		for i, d := range off {
			if d == 0 {
				continue
			}
			g := d * scale
			steps[i] += g * g
			row[i] -= firstBig * g / (float32(math.Sqrt(float64(steps[i]))) + 1e-3)
		}
	}
}

// off tells how far each judgement is from what is right; 0 where that is not known.
func (l *Label) off(have read.Judged) (off read.Judged) {
	intent := l.Intent
	if l.Danger == read.Strong {
		intent = read.Emergency
	}
	if intent != "" {
		offOfOne(have[:], off[:], int(read.JudgedIntents), read.LearnedIntents[:], intent)
	}
	if level := l.level(); level != "" {
		offOf(&have, &off, read.JudgedStrong, level == read.Strong)
	}
	if level := l.level(); level != "" && !l.Calm {
		offOf(&have, &off, read.JudgedDanger, level != read.NoDanger)
	}
	if l.Serious {
		offOf(&have, &off, read.JudgedDanger, true)
	}
	if l.Class != "" {
		offOfOne(have[:], off[:], int(read.JudgedClasses), read.LearnedClasses[:], l.Class)
	}
	if l.Services != nil && l.Intent == read.RequestHelp {
		for i, s := range read.LearnedServices {
			offOf(&have, &off, read.JudgedServices+read.Judgement(i), slices.Contains(l.Services, s))
		}
	}
	return off
}

// level is the danger of the line; every line that is labelled at all and no emergency
// is not a strong one.
func (l *Label) level() read.Level {
	switch {
	case l.Danger != "":
		return l.Danger
	case l.Intent == read.Emergency:
		return read.Strong
	case l.Intent != "", l.Calm:
		return read.NoDanger
	}
	return ""
}

func offOf(have, off *read.Judged, k read.Judgement, is bool) {
	p := float32(1 / (1 + math.Exp(-float64(have[k]))))
	if is {
		p--
	}
	off[k] = p
}

func offOfOne[T comparable](have, off []float32, first int, names []T, right T) {
	most := have[first]
	for i := range names {
		most = max(most, have[first+i])
	}
	sum := float32(0)
	for i := range names {
		off[first+i] = float32(math.Exp(float64(have[first+i] - most)))
		sum += off[first+i]
	}
	for i, name := range names {
		if off[first+i] /= sum; name == right {
			off[first+i]--
		}
	}
}
