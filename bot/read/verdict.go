package read

import "math"

// LearnedLevels are the levels of danger, in the order of a Verdict.
var LearnedLevels = [...]Level{NoDanger, Ask, Strong}

// A Verdict is the last word about a danger: how much each part of the evidence speaks for
// each of LearnedLevels. One judgement alone is easily taken in: a line with the words of a
// danger that reads like small talk, like a report or like another class is mostly none. It
// is learned from what the weights said of lines of authors from whom they had not learned.
type Verdict [len(LearnedLevels)][evidenceLen]float32

// Evidence is what a Verdict is found by: the judgements, what the rules found and of which
// class, how long the line is, whether it asks for help besides, and 1.
type Evidence [evidenceLen]float32

const (
	ofRuleLevel = Judgements
	ofRuleClass = ofRuleLevel + len(LearnedLevels)
	ofLong      = ofRuleClass + len(LearnedClasses)
	ofBesides   = ofLong + 1
	always      = ofBesides + 1
	evidenceLen = always + 1

	judgedScale = 8 // judgements are divided by it, so that all of the evidence is about as large
)

// EvidenceOf puts what the weights say of a line beside what the rules found. shown is how
// many features the line shows without what the rules decided, besides that it asks for help.
func EvidenceOf(j *Judged, rules OutputDanger, shown int, besides bool) (e Evidence) {
	for k, v := range j {
		e[k] = v / judgedScale
	}
	for k, level := range LearnedLevels {
		if rules.Level == level {
			e[ofRuleLevel+k] = 1
		}
	}
	for k, class := range LearnedClasses {
		if rules.Level != NoDanger && *rules.Class == class {
			e[ofRuleClass+k] = 1
		}
	}
	e[ofLong] = float32(math.Log(float64(shown+1))) / 4
	if besides {
		e[ofBesides] = 1
	}
	e[always] = 1
	return e
}

// Odds are how likely each level of danger is.
type Odds struct{ None, Ask, Strong float64 }

// Odds weighs the evidence.
func (v *Verdict) Odds(e *Evidence) Odds {
	var p [len(LearnedLevels)]float64
	for k := range v {
		for i, w := range v[k] {
			p[k] += float64(w * e[i])
		}
	}
	most, sum := max(p[0], p[1], p[2]), 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most) // a word typed a thousand times overflows nothing
		sum += p[k]
	}
	return Odds{p[0] / sum, p[1] / sum, p[2] / sum}
}

// How likely a danger must be. docs/reading.md has what these give for lines of authors
// from whom nothing was learned.
const (
	someAlarm  = 0.45 // more than that against none, it is an alarm
	overAsking = 0.8  // and so many times as likely as that one question decides
	someDanger = 0.4  // more than that, one question is asked
)

// Level is the level of a danger by what the rules found and the weights say. Gone is a
// question whoever finds it: 老人走了 is dead, or not come home.
func (o Odds) Level(j *Judged, rules OutputDanger, besides bool) Level {
	class := j.Class()
	if rules.Level != NoDanger {
		class = *rules.Class
	}
	likely := o.Strong > someAlarm*(o.Strong+o.None) && o.Strong > overAsking*o.Ask
	switch {
	case rules.Level == Strong && (likely || 1-o.None >= noAlarm(class, besides)):
		return Strong
	case rules.Level == Strong:
		return Ask
	case likely && class != Gone:
		return Strong
	case rules.Level == Ask && 1-o.None >= noQuestion(class), likely, 1-o.None > someDanger:
		return Ask
	}
	return NoDanger
}

// noQuestion is how unlikely a danger must be for a question of the rules not to be put:
// nobody is asked who died when a dog killed his hen.
func noQuestion(c Class) float64 {
	switch c {
	case Life, Poison, Fire, Gone, Fraud:
		return 0.02
	}
	return 0
}

// noAlarm is how likely any danger must be for an alarm of the rules to stay one although none
// is likelier. Who wants to die, is threatened or missing, and a child, stay what the rules say
// until a danger is unlikely: whether that is an alarm or a question, people who label differ.
// Where help is asked for besides (明天洗被子 满爷爷喊不应) its everyday words must not
// outweigh the danger.
func noAlarm(c Class, besides bool) float64 {
	switch {
	case c == SelfHarm, c == Violence, c == Child, c == Missing, besides && (c == Life || c == Poison || c == Fire):
		return 0.35
	case c == Life, c == Poison, c == Fire:
		return 1
	}
	return 0
}
