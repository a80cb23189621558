package read

import (
	"slices"
	"time"
)

// How sure the weights must be. docs/reading.md has how often each is right for lines of
// authors from whom nothing was learned.
const (
	sureIntent      = 0.9  // a wish and small talk are what they say
	doubted         = 0.05 // what the rules decided is not done if it is less likely
	sureService     = 0.7  // a kind of help that the rules did not find
	maybeService    = 0.3  // one that they found
	someService     = 0.05 // one of several that they found
	leastService    = 0.2  // the likeliest, where nothing else is left
	probableService = 0.8  // the likeliest, where they found none
	fewest          = 4    // of fewer characters the rules know more
	mostInWords     = 2    // so many places are shown for a danger that was only weighed
)

// weighDanger puts what the weights say beside what the rules found. What was an alarm
// stays a question at least.
func (l *line) weighDanger(out *Reading) {
	l.helping = len(out.Services) > 0
	l.seen = l.features(out, l.seen[:0])
	l.unruled = len(l.seen)
	l.judging = judging{}
	l.judging.add(l.seen)
	if l.unweighed || weightRows == "" || l.han() < fewest {
		return
	}
	j := l.judging.judged()
	l.early = j
	old := OutputDanger{Level: out.Danger.Level, Class: &out.Danger.Class}
	evidence := EvidenceOf(&j, old, l.unruled, l.helping)
	l.odds = weightVerdict.Odds(&evidence)
	switch level := l.odds.Level(&j, old, l.helping); {
	case level == old.Level:
	case old.Level == NoDanger:
		by := JudgedDanger
		if level == Strong {
			by = JudgedStrong
		}
		out.Danger = Danger{Level: level, Class: j.Class(), Words: l.heaviestWords(out.Text, by), Weighed: true}
	case level == NoDanger:
		out.Danger = Danger{Level: NoDanger}
	default:
		out.Danger.Level, out.Danger.Lowered = level, old.Level == Strong
	}
}

// heaviestWords are the places in the text that speak most for a judgement, as typed; the
// beginning of the line where no two characters do.
func (l *line) heaviestWords(text string, by Judgement) (words []string) {
	for _, f := range heaviest(l.seen, int(by), mostInWords) {
		words = append(words, l.typed(text, int(f.from), int(f.to)))
	}
	if words == nil {
		words = append(words, l.typed(text, 0, min(len(l.Runes), maxSign)))
	}
	return words
}

// weighIntent puts what the weights say beside what the rules decided: Likely is their
// verdict. By them alone no visit is reported, and nothing taken, finished or called off:
// where they are sure that the rules are wrong nothing is decided and a conversation
// asks. Only a wish becomes one, which is read back to who has it, and small talk.
func (l *line) weighIntent(out *Reading) {
	if out.Danger.Level == Strong && !l.unweighed || l.c.Report || l.bare(out) {
		return
	}
	l.seen = l.decided(out, l.seen)
	l.judging.add(l.seen[l.unruled:])
	if l.unweighed || weightRows == "" {
		return
	}
	j := l.judging.judged()
	intent, p := j.Intent()
	out.Likely = intent
	l.ruled = out.Intent
	rule := Contract(out.Intent)
	switch {
	case rule == intent, intent == secretaryQuery, rule == Unknown && (out.Answer != NoAnswer || out.Word != ""):
	case rule == Register && intent == RequestHelp: // 我是3组李小军，屋里断电了 is both
	case p > sureIntent && (intent == RequestHelp || intent == Smalltalk):
		out.Intent = intent
	case j.of(rule) < doubted && doubtable(out.Intent):
		out.Intent = Unknown
	}
}

// weighServices puts what the weights say beside the kinds of help that the rules found;
// what is said first stays first.
func (l *line) weighServices(out *Reading) {
	if out.Likely != RequestHelp || out.Intent != RequestHelp && len(out.Services) == 0 || slices.Contains(out.Services, Other) {
		return
	}
	l.helped = l.helped[:0]
	for _, s := range out.Services {
		l.helped = append(l.helped, sevenOf(s))
	}
	want := l.early.Services(l.helped)
	var keep []Service
	for _, s := range out.Services {
		if slices.Contains(want, sevenOf(s)) {
			keep = append(keep, s)
		}
	}
	for _, s := range want {
		if !slices.Contains(l.helped, s) {
			keep = append(keep, s)
		}
	}
	out.Services = keep
}

// sevenOf counts comfort and company among the seven.
func sevenOf(s Service) Service {
	if s == Comfort {
		return Fu
	}
	return s
}

// doubtable tells of what the weights may doubt. What is told in a form of its own (an
// order, an introduction, a correction) is known by its form.
func doubtable(i Intent) bool { return i == Contract(i) && i != Register || i == Decline }

// bare tells whether the line is nothing but a name, a number or a time: it answers
// something, and there is nothing to weigh.
func (l *line) bare(out *Reading) bool { return l.besides(out) < 3 }

// besides counts the characters that stand outside names, numbers and times.
func (l *line) besides(out *Reading) (n int) {
	for i, r := range l.Runes {
		if isHan(r) && !l.taken[i] {
			n++
		}
	}
	if out.When.Grain != "" {
		n -= (out.When.Span.To - out.When.Span.From) / 3
	}
	return n
}

// han counts the Chinese characters of the line.
func (l *line) han() (n int) {
	for _, r := range l.Runes {
		if isHan(r) {
			n++
		}
	}
	return n
}

// Contract gives the finer intents of the conversation in the words of `mishu read`.
func Contract(i Intent) Intent {
	switch i {
	case Decline:
		return Cancel
	case Correct:
		return ReportVisit
	case Order:
		return secretaryQuery
	case Greeting:
		return Smalltalk
	}
	return i
}

// Features are the keys of what a line shows to the weights, those first that do not
// depend on what the rules decide, what the rules alone make of it, and whether it asks for help. A line that is a
// word or an answer shows nothing. What the rules found is no feature of a line that they
// were written for.
func Features(m Message, v *Village, writtenFor bool) (keys []uint32, unruled int, rules Output, besides bool) {
	c := v.Context(m, time.Time{})
	w := workspace{context: c}
	w.line.unweighed, w.line.untrusted = true, writtenFor
	f := Fold(head(m.Text))
	w.readFolded(m.Text, &f)
	for _, f := range w.line.seen {
		keys = append(keys, f.key)
	}
	return keys, w.line.unruled, v.output(&w.out, &c, m.Sender.Role), w.line.helping
}
