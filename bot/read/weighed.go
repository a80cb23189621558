package read

import (
	"fmt"
	"slices"
)

// weighed tells what the weights said of a line, and which of its places spoke most for
// the intent that they took it for.
func weighed(text string, f *Folded, c Context) (out []Reason) {
	w := workspace{context: c}
	w.readFolded(text, f)
	l := &w.line
	if len(l.seen) == 0 || weightRows == "" {
		return nil
	}
	j := l.judging.judged()
	intent, p := j.Intent()
	whole := func(format string, args ...any) {
		out = append(out, Reason{0, len(text), text, fmt.Sprintf(format, args...)})
	}
	if l.han() >= fewest {
		whole("weighed: alarm %.2f, one question %.2f", l.odds.Strong, l.odds.Ask)
	}
	if w.out.Likely == "" {
		return out // the rules alone decided
	}
	whole("weighed: %s %.2f, rules alone %s", intent, p, l.ruled)
	column := slices.Index(LearnedIntents[:], intent)
	for _, f := range heaviest(l.seen, column, shownWeights) {
		s := l.Span(int(f.from), int(f.to))
		out = append(out, Reason{s.From, s.To, text[s.From:s.To], fmt.Sprintf("weight: %s %+.1f", intent, float32(int(weightOf(f, column))-noWeight)*weightStep)})
	}
	return out
}

// shownWeights is how many places --why shows.
const shownWeights = 5

// heaviest are the places that speak most for a judgement, none of them twice.
func heaviest(seen []feature, column, n int) (out []feature) {
	for len(out) < n {
		most, weight := -1, byte(noWeight)
		for i, f := range seen {
			if f.to-f.from < 2 || meets(f, out) {
				continue
			}
			if w := weightOf(f, column); w > weight {
				most, weight = i, w
			}
		}
		if most < 0 {
			break
		}
		out = append(out, seen[most])
	}
	return out
}

func meets(f feature, shown []feature) bool {
	for _, s := range shown {
		if f.from < s.to && s.from < f.to {
			return true
		}
	}
	return false
}

// weightOf is noWeight for a feature that has no row.
func weightOf(f feature, column int) byte {
	at, known := rowOf(f.key)
	if known == 0 {
		return noWeight
	}
	return weightRows[int(at)+column]
}
