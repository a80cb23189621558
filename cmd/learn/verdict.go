package main

import (
	"math"
	"math/rand/v2"
	"sync"

	"mishu/bot/read"
)

// A Crossed is what weights say of a line that had not learned from its author; of a line
// that the rules were written for, what weights say that had learned it, as all do.
type Crossed struct{ Early, Decided read.Judged }

// Cross leaves out one author after another, or as many together as make so many parts,
// learns from all others, and tells what the weights say of the lines of those left out.
func Cross(lines []Line, parts int) []Crossed {
	part, parts := partOf(lines, parts)
	out := make([]Crossed, len(lines))
	var work sync.WaitGroup
	room := make(chan bool, 2)
	for p := range parts {
		work.Go(func() {
			room <- true
			defer func() { <-room }()
			var train []Shown
			for i := range lines {
				if lines[i].Known || part[lines[i].Author] != p {
					train = append(train, lines[i].Shown)
				}
			}
			w := Train(train)
			for i := range lines {
				if l := &lines[i]; l.Known && p == 0 || !l.Known && part[l.Author] == p {
					out[i] = Crossed{w.Early(&l.Shown), w.Judge(&l.Shown)}
				}
			}
		})
	}
	work.Wait()
	return out
}

const (
	verdictRounds = 8
	verdictStep   = 0.05 // the first one, of AdaGrad
)

// LearnVerdict learns from those of the lines by logistic regression. The same lines give the same verdict.
func LearnVerdict(lines []Line, crossed []Crossed, from func(*Line) bool) *read.Verdict {
	var of []int
	for i := range lines {
		if l := &lines[i]; len(l.Keys) > 0 && l.verdictLevel() != "" && from(l) {
			of = append(of, i)
		}
	}
	var v, steps read.Verdict
	chance := rand.New(rand.NewPCG(1232, 11))
	for range verdictRounds {
		chance.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		for _, i := range of {
			e := lines[i].evidence(&crossed[i].Early)
			odds := v.Odds(&e)
			off := [...]float64{odds.None, odds.Ask, odds.Strong}
			for k, level := range read.LearnedLevels {
				if lines[i].verdictLevel() == level {
					off[k]--
				}
				for n, x := range e {
					g := float32(off[k]) * x
					steps[k][n] += g * g
					if g != 0 {
						v[k][n] -= verdictStep * g / float32(math.Sqrt(float64(steps[k][n])))
					}
				}
			}
		}
	}
	return &v
}

func (l *Line) evidence(j *read.Judged) read.Evidence {
	return read.EvidenceOf(j, l.Rule.Danger, l.Unruled, l.Besides)
}

// verdictLevel is the level of the line where it is known to be one of the three.
func (l *Line) verdictLevel() read.Level {
	if l.Shown.Calm || l.Shown.Serious {
		return ""
	}
	return l.Shown.level()
}
