package help

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// answerWhen hears the day.
func answerWhen(t *line.Turn, q line.Question) (line.Answer, error) {
	r := t.Read
	if other, err := asksAnother(t, q.Ref); err != nil || other || calls(r.Text) {
		return line.Answer{}, err
	}
	var at time.Time
	grain := ""
	switch {
	case r.When.Grain != "":
		at, grain = r.When.At, string(r.When.Grain)
	case saysAnytime(r.Text) || r.AnyDay || r.Word == "随便":
		grain = anytime
	case isPrompt(r.Text):
		return t.Question(line.Question{Line: name, Name: askWhen, Ref: q.Ref, Refs: q.Refs, Text: "还在的。哪天方便？不晓得就回“随便”。"}), nil
	case r.Urgent:
		return hurry(t, q)
	case r.Answer == read.Ack || r.Answer == read.Yes:
		if a, err := answersAnother(t); err != nil || a.Handled() {
			return a, err // 蛮好: it was good, which he was asked as well
		}
		return noDay(t, q)
	default:
		return line.Answer{}, nil
	}
	return timed(t, q, at, grain)
}

// asksAnother reports whether a line is about something else than the request
// whose question is open, so that its time is its own: 明天帮桂花婶挑水, 11不急 明天再讲.
func asksAnother(t *line.Turn, id int64) (bool, error) {
	asks := t.Read.Intent == read.RequestHelp && len(t.Read.Services) > 0
	if t.Read.Intent == read.Order && len(t.Read.Tickets) == 0 {
		return true, nil // digits of the brief
	}
	if !asks && len(t.Read.Tickets) == 0 {
		return false, nil
	}
	h, found, err := t.In.Help(id)
	if err != nil || !found {
		return false, err
	}
	if len(t.Read.Tickets) > 0 && !slices.Contains(t.Read.Tickets, h.Number) {
		return true, nil
	}
	if !asks {
		return false, nil
	}
	return differs(t, draft{Elder: h.Elder, Services: []string{h.Service}}), nil
}

// answersAnother hears a yes that no question about a day can mean, where a notice
// has asked the speaker something else.
func answersAnother(t *line.Turn) (line.Answer, error) {
	helps, err := t.In.HelpsBy(t.Me, storage.At(t.Now().Add(-waitingDays)))
	if err != nil {
		return line.Answer{}, err
	}
	for _, h := range helps {
		if h.State == storage.Done {
			return judge(t, h.ID)
		}
	}
	return line.Answer{}, nil
}

// calls reports whether a line calls people together: its time is the meeting's.
func calls(text string) bool {
	return strings.Contains(text, "开会") || strings.Contains(text, "通知")
}

// isPrompt reports whether a line only asks whether anybody is there.
func isPrompt(text string) bool {
	return strings.Trim(text, "?？!！。.…在吗嘛么人呢 ") == ""
}

// timed writes the day into the requests and starts them.
func timed(t *line.Turn, q line.Question, at time.Time, grain string) (line.Answer, error) {
	var text string
	for i, id := range q.Refs {
		h, found, err := t.In.LockHelp(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		h.WishAt, h.WishGrain = storage.At(at), grain
		if h.State == storage.Unclear {
			h.State = storage.Open
		}
		if err := t.In.SaveHelp(h); err != nil {
			return line.Answer{}, err
		}
		if err := t.In.LogHelp(id, t.Me, "when", t.Read.Text); err != nil {
			return line.Answer{}, err
		}
		if err := start(t, id); err != nil {
			return line.Answer{}, err
		}
		if i == 0 {
			text = fmt.Sprintf("好，%d号%s", h.Number, brief(t.Book, h, t.Now()))
		}
	}
	t.Close()
	by, err := promise(t, q.Refs)
	if err != nil {
		return line.Answer{}, err
	}
	a, err := backToKept(t, text+"。我去问人，"+by+"给您回信。"+urgentLine(t))
	if err != nil {
		return a, err
	}
	return askAfter(t, q.Refs, a)
}

// hurry makes requests urgent that were asked without a day.
func hurry(t *line.Turn, q line.Question) (line.Answer, error) {
	for _, id := range q.Refs {
		h, found, err := t.In.LockHelp(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		h.Urgent, h.State = true, storage.Open
		if err := t.In.SaveHelp(h); err != nil {
			return line.Answer{}, err
		}
	}
	h, _, err := t.In.Help(q.Ref)
	if err != nil {
		return line.Answer{}, err
	}
	return urgent(t, q.Refs, h)
}

// answerRight hears 对, or what is to be corrected.
func answerRight(t *line.Turn, q line.Question) (line.Answer, error) {
	// a new request is sorted out further down, by whom and for what it is
	if other, err := asksAnother(t, q.Ref); err != nil || other && t.Read.Intent != read.RequestHelp {
		return line.Answer{}, err
	}
	switch {
	case t.Read.When.Grain != "" && len(t.Read.Services) == 0 && t.Read.Intent != read.RequestHelp:
		return timed(t, q, t.Read.When.At, string(t.Read.When.Grain))
	case q.Data == askKnows && (t.Read.Answer == read.Yes || t.Read.Answer == read.Ack || notTold.MatchString(t.Read.Text)):
		if _, err := noteKnows(t, q.Refs); err != nil {
			return line.Answer{}, err
		}
		return goAhead(t, q)
	case t.Read.Answer == read.Yes || t.Read.Answer == read.Ack:
		return goAhead(t, q)
	case t.Read.Answer == read.No:
		return t.Question(line.Question{Line: name, Name: askRight, Ref: q.Ref, Refs: q.Refs, Text: "哪里不对？讲一声就改，比如“是后天”；不要了就回“取消”。"}), nil
	}
	return line.Answer{}, nil
}

func goAhead(t *line.Turn, q line.Question) (line.Answer, error) {
	for _, id := range q.Refs {
		if err := start(t, id); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	by, err := promise(t, q.Refs)
	if err != nil {
		return line.Answer{}, err
	}
	a, err := backToKept(t, "好，我去问人，"+by+"给您回信。"+urgentLine(t))
	if err != nil {
		return a, err
	}
	return askAfter(t, q.Refs, a)
}

// complete adds a day to a request that waited for one.
func complete(t *line.Turn, h storage.Help, d draft) (line.Answer, error) {
	q := line.Question{Line: name, Name: askWhen, Ref: h.ID, Refs: []int64{h.ID}}
	return timed(t, q, storage.Moment(d.WishAt).Time(), d.Grain)
}

// unsure marks a question about the day that got a bare 好 before.
const unsure = "ack"

// noDay hears 好 where a day was asked for. The second time the request goes to
// the secretary-general as it stands: a person asks better.
func noDay(t *line.Turn, q line.Question) (line.Answer, error) {
	h, found, err := t.In.LockHelp(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if q.Data != unsure {
		q.Data = unsure
		q.Text = fmt.Sprintf("%d号哪天来方便？讲“明天”这样，哪天都行就回“随便”。", h.Number)
		return t.Question(q), nil
	}
	h.NextAt = 0
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	err = ladder.TellSecretary(t.In, t.Book, h, noteUnclear, "有1件事没问清，回“看”")
	return line.Ask(fmt.Sprintf("好，%d号记着的，日子请%s打电话问您。%s", h.Number, t.Book.Called(), urgentLine(t))), err
}

// backToKept ends an answer, and comes back to the question about the day of an
// earlier request that was put aside for this one.
func backToKept(t *line.Turn, text string) (line.Answer, error) {
	k := t.State.Kept
	if k == nil || k.Line != name || k.Name != askWhen {
		return line.Say(text), nil
	}
	t.State.Kept = nil
	h, found, err := t.In.Help(k.Ref)
	if err != nil || !found || h.State != storage.Unclear {
		return line.Say(text), err
	}
	t.State.Open = k
	return line.Ask(text + "\n还有" + k.Text), nil
}
