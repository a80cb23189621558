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

// Level is the level of a danger by what the rules found and the weights say; besides
// tells that the line asks for help besides. Gone is a question whoever finds it: 老人走了
// is dead, or not come home.
func (j *Judged) Level(rules OutputDanger, besides bool) Level {
	class := j.Class()
	if rules.Level != NoDanger {
		class = *rules.Class
	}
	strong, danger := j.Holds(JudgedStrong), j.Holds(JudgedDanger)
	switch {
	case rules.Level == Strong && strong >= noAlarm(class, besides):
		return Strong
	case rules.Level == Strong:
		return Ask
	case strong > someAlarm && class != Gone:
		return Strong
	case rules.Level == Ask && danger >= noQuestion(class), strong > someAlarm, danger > someDanger:
		return Ask
	}
	return NoDanger
}

// noQuestion is how unlikely a danger must be for a question of the rules not to be put:
// nobody is asked who died when a dog killed his hen. Of 1,724 that were to be put to lines
// of authors left out it drops two, and every fifth of those that were not.
func noQuestion(c Class) float64 {
	switch c {
	case Life, Poison, Fire, Gone, Fraud:
		return 0.02
	}
	return 0
}

// noAlarm is how unlikely a danger must be for an alarm of the rules to become a question.
// A child and who is missing stay what the rules say: the weights know too few of them.
// Where help is asked for besides (明天洗被子 满爷爷喊不应) its everyday words must not
// outweigh the danger.
func noAlarm(c Class, besides bool) float64 {
	switch {
	case c == SelfHarm, c == Violence, besides && (c == Life || c == Poison || c == Fire):
		return 0.15
	case c == Life, c == Poison, c == Fire:
		return 0.5
	}
	return 0
}
