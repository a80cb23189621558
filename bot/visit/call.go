package visit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/line"
	"mishu/storage"
)

// choiceCall is what a digit of 还没看 means: this elder was rung.
const choiceCall = "call"

// outcomes of a telephone call, with what people write for them; the longer
// words come first.
var outcomes = []struct {
	outcome string
	words   []string
}{
	{storage.CallNone, []string{"没打通", "冇打通", "打不通", "没人接", "冇人接", "没接", "冇接"}},
	{storage.CallWrong, []string{"错号", "空号", "号错了", "号码错"}},
	{storage.CallThrough, []string{"打通了", "通了", "接了", "打通"}},
}

// numbered hears "1通了 2没人接" after the list with telephones: what became of
// the calls (settled.md 48). A call is no visit and is counted apart.
func numbered(t *line.Turn) (line.Answer, error) {
	if t.State.Digits[0].Name != choiceCall {
		return line.Answer{}, nil
	}
	calls, ok := rung(t.Read.Text, len(t.State.Digits))
	if !ok {
		return line.Answer{}, nil
	}
	var said, wrong []string
	for _, c := range calls {
		elder := t.State.Digits[c.digit-1].Ref
		err := t.In.AddPhoneCall(storage.PhoneCall{
			Elder: elder, Caller: t.Me, Day: storage.Day(t.Now()), Outcome: c.outcome, SourceKey: t.Source(), Ordinal: t.Next("phone_call"),
		})
		if err != nil {
			return line.Answer{}, err
		}
		said = append(said, t.Book.Name(elder)+c.outcome)
		if c.outcome == storage.CallWrong {
			wrong = append(wrong, t.Book.Name(elder))
		}
	}
	text := fmt.Sprintf("记：%s。电话不算看望，上门的还是要去。", strings.Join(said, "；"))
	if len(wrong) > 0 {
		text += strings.Join(wrong, "、") + "的新号码问到了，讲给" + t.Book.Called() + "改。"
	}
	return line.Say(text), nil
}

// ringing is one call that somebody tells of.
type ringing struct {
	digit   int
	outcome string
}

// rung reads "1通了 2没人接，3 4错号": digits, then what became of them. A line
// with anything else in it is none.
func rung(text string, n int) ([]ringing, bool) {
	var calls []ringing
	var digits []int
	for rest := strings.TrimLeft(text, separators); rest != ""; rest = strings.TrimLeft(rest, separators) {
		if end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' }); end != 0 {
			if end < 0 {
				return nil, false // digits at the end say nothing of a call
			}
			d, err := strconv.Atoi(rest[:end])
			if err != nil || d < 1 || d > n {
				return nil, false
			}
			digits, rest = append(digits, d), rest[end:]
			continue
		}
		outcome, after := outcomeOf(rest)
		if outcome == "" || len(digits) == 0 {
			return nil, false
		}
		for _, d := range digits {
			calls = append(calls, ringing{d, outcome})
		}
		digits, rest = nil, after
	}
	return calls, len(calls) > 0 && len(digits) == 0
}

const separators = " ，,、。;；号\n"

func outcomeOf(text string) (outcome, rest string) {
	for _, o := range outcomes {
		i := slices.IndexFunc(o.words, func(w string) bool { return strings.HasPrefix(text, w) })
		if i >= 0 {
			return o.outcome, strings.TrimPrefix(text, o.words[i])
		}
	}
	return "", text
}
