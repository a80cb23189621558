package read

import (
	"math"
	"slices"
)

// Judged is how much speaks for each Judgement: a logarithm of odds.
type Judged [Judgements]float32

// Intent is the likeliest intent and how likely it is. Whether it is an emergency is
// no question of what is likeliest: see JudgedStrong.
func (j *Judged) Intent() (Intent, float64) {
	scores := *j
	scores[emergencyColumn] = float32(math.Inf(-1))
	k, p := best(scores[JudgedIntents : int(JudgedIntents)+len(LearnedIntents)])
	return LearnedIntents[k], p
}

const emergencyColumn = 6

// of is how likely an intent is.
func (j *Judged) of(intent Intent) float64 {
	scores := *j
	scores[emergencyColumn] = float32(math.Inf(-1))
	sum, own := 0.0, 0.0
	for k, i := range LearnedIntents {
		p := math.Exp(float64(scores[k]))
		if sum += p; i == intent {
			own = p
		}
	}
	return own / sum
}

// Class is the likeliest class of a danger.
func (j *Judged) Class() Class {
	return LearnedClasses[greatest(j[JudgedClasses:int(JudgedClasses)+len(LearnedClasses)])]
}

// best is the greatest of the scores of which one holds, and how likely it is.
func best(scores []float32) (at int, p float64) {
	at = greatest(scores)
	sum := 0.0
	for _, s := range scores {
		sum += math.Exp(float64(s - scores[at]))
	}
	return at, 1 / sum
}

func greatest(scores []float32) (at int) {
	for i, s := range scores {
		if s > scores[at] {
			at = i
		}
	}
	return at
}

// Holds is how likely a judgement is that holds by itself.
func (j *Judged) Holds(k Judgement) float64 { return 1 / (1 + math.Exp(-float64(j[k]))) }

// Services are the kinds of help by what the rules found and the weights say: what the
// rules found stays unless it is unlikely, what is likely comes besides. If nothing is
// left, the likeliest is taken in the place of what the rules found.
func (j *Judged) Services(rules []Service) (out []Service) {
	likeliest, most := Service(""), leastService
	keep, add := maybeService, sureService
	switch len(rules) {
	case 0:
		most, add = probableService, probableService
	case 1:
	default:
		keep = someService
	}
	for i, s := range LearnedServices {
		p := j.Holds(JudgedServices + Judgement(i))
		if p > most {
			likeliest, most = s, p
		}
		if p > add || p > keep && slices.Contains(rules, s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 && likeliest != "" {
		out = append(out, likeliest)
	}
	return out
}
