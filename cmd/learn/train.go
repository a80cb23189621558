package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"mishu/bot/read"
)

// How the weights are made: logistic regression by stochastic descent with the steps of
// AdaGrad. The numbers are those that read lines of authors left out best (cmd/learn -each).
const (
	rounds   = 10
	firstBig = 0.3 // the first step
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
	met         []uint16 // how many lines show it
}

const rows = 1 << read.RowBits

// Train makes weights of the lines; the same lines give the same weights.
func Train(lines []Shown) *Weights {
	w := &Weights{rows: make([]float32, rows*read.Judgements), steps: make([]float32, rows*read.Judgements)}
	w.count(lines)
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	chance := rand.New(rand.NewPCG(1232, 7))
	for range rounds {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			w.learn(&lines[i])
		}
	}
	return w
}

func (w *Weights) count(lines []Shown) {
	w.met = make([]uint16, rows)
	for i := range lines {
		for _, k := range lines[i].Keys {
			w.met[k] += min(1, math.MaxUint16-w.met[k])
		}
	}
}

// Judge is what the weights say of a line: of its danger before anything is decided, of
// its intent then.
func (w *Weights) Judge(s *Shown) read.Judged {
	out := w.add(s.Keys[:s.Unruled])
	all := w.add(s.Keys)
	copy(out[:read.JudgedStrong], all[:])
	return out
}

func (w *Weights) add(keys []uint32) (out read.Judged) {
	for _, k := range keys {
		row := w.row(k)
		for i := range out {
			out[i] += row[i]
		}
	}
	for i := range out {
		out[i] *= norm(len(keys))
	}
	return out
}

func (w *Weights) row(k uint32) []float32 { return w.rows[k*read.Judgements:][:read.Judgements] }

func norm(keys int) float32 { return float32(1 / math.Sqrt(float64(keys+1))) }

// learn takes one step towards the label.
func (w *Weights) learn(s *Shown) {
	if len(s.Keys) == 0 {
		return
	}
	off := s.off(w.Judge(s))
	w.step(s.Keys, off[:read.JudgedStrong], 0)
	w.step(s.Keys[:s.Unruled], off[read.JudgedStrong:], int(read.JudgedStrong))
}

// step moves the judgements from first on.
func (w *Weights) step(keys []uint32, off []float32, first int) {
	scale := norm(len(keys))
	for _, k := range keys {
		if w.met[k] < rare {
			continue
		}
		row, steps := w.row(k)[first:], w.steps[k*read.Judgements:][first:read.Judgements]
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
