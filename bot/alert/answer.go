package alert

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// seenWait is how long 收到 holds back the next ring. Who has only read it has
// not gone: 收到 claims nothing.
const seenWait = 10 * time.Minute

// acknowledge stores that somebody is on it. The caller hears who; nobody is
// told that all is well.
func acknowledge(t *line.Turn, a storage.Alert, m meaning) (line.Answer, error) {
	held, err := inHand(t.In, a)
	if err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogAlert(a.ID, t.Me, logOf[m], t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if a.State == storage.Acked && a.AckedBy != t.Me && (m == seen || held) {
		return line.Say(fmt.Sprintf("好，%s也回了话。有结果哪个先晓得哪个讲一声。", t.Book.Name(a.AckedBy))), tellGoing(t, a, m)
	}
	a.State, a.AckedBy = storage.Acked, t.Me
	switch {
	case circleOf(class(a)).report: // it goes on until the police have given a number
	case m == seen:
		a.NextAt = storage.At(t.Now().Add(seenWait))
	default:
		a.NextAt = storage.At(t.Now().Add(goingWait))
	}
	if err := t.In.SaveAlert(a); err != nil {
		return line.Answer{}, err
	}
	if err := tellGoing(t, a, m); err != nil {
		return line.Answer{}, err
	}
	if circleOf(class(a)).report {
		return line.Ask("好。请马上打110报告，报了把号发来：“接警号”加号码。"), nil
	}
	if m == seen {
		return line.Ask("多谢。" + place(t.Book, a) + "那边您去不去得成？动身回“我去了”，去不成回“去不了”。"), nil
	}
	return line.Ask("好，" + t.Book.Name(t.Me) + "去了，记下了。到了有结果讲一声：“平安”、“送医了”或“误报”。"), nil
}

// logOf is how the story of an alert names an answer.
var logOf = map[meaning]string{going: storage.LogGoing, seen: storage.LogSeen}

// tellGoing tells the caller, and the secretary-general, who answered and what.
func tellGoing(t *line.Turn, a storage.Alert, m meaning) error {
	if circleOf(class(a)).sealed {
		return nil
	}
	word, period := "讲"+t.Book.They(t.Me)+"去了", "go."
	if m == seen {
		word, period = "看到了", "seen."
	}
	period += strconv.FormatInt(t.Me, 10)
	if a.Person != t.Me || a.Person == 0 {
		who := called(t.Book, t.Me, a.Person != 0)
		stay := "您守着，有变化再讲。"
		if a.Elder == a.Person && a.Person != 0 {
			stay = "您莫一个人待着，有变化再讲。"
		}
		if err := news(t.In, a, period, who+word+"。"+stay); err != nil {
			return err
		}
	}
	for _, id := range t.Book.Holders(storage.Secretary, 0) {
		if id == t.Me || id == a.Person {
			continue
		}
		words := fmt.Sprintf("%s（%s）：%s%s。", place(t.Book, a), title(class(a)), t.Book.Name(t.Me), word)
		if err := owe(t.In, a, noteMore, period, []int64{id}, words); err != nil {
			return err
		}
	}
	return nil
}

// decline hears 去不了. If the speaker was the one on it, it is with another who
// goes too, else the alert is open for the next ring at once.
func decline(t *line.Turn, a storage.Alert) (line.Answer, error) {
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogCannot, t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if a.AckedBy == t.Me {
		other, err := goesToo(t.In, a)
		if err != nil {
			return line.Answer{}, err
		}
		if other != 0 {
			return passOn(t, a, other)
		}
		a.State, a.AckedBy, a.NextAt = storage.Raised, 0, storage.At(t.Now().Add(time.Millisecond))
		if err := t.In.SaveAlert(a); err != nil {
			return line.Answer{}, err
		}
		return line.Say("好，我马上另外找人，多谢您早讲。"), news(t.In, a, "back."+t.Source()[:min(8, len(t.Source()))], called(t.Book, t.Me, a.Person != 0)+"去不成了，又在找人。您守着。")
	}
	return line.Say("好，晓得了，别个也收到了。"), nil
}

// passOn leaves an alert with another who is on the way.
func passOn(t *line.Turn, a storage.Alert, other int64) (line.Answer, error) {
	a.AckedBy, a.NextAt = other, storage.At(t.Now().Add(goingWait))
	if err := t.In.SaveAlert(a); err != nil {
		return line.Answer{}, err
	}
	words := called(t.Book, t.Me, a.Person != 0) + "去不成了，" + called(t.Book, other, a.Person != 0) + "还在去。您守着。"
	return line.Say("好，晓得了，" + t.Book.Name(other) + "还在去，多谢您早讲。"), news(t.In, a, "back."+t.Source()[:min(8, len(t.Source()))], words)
}

// comfort hears the caller's 打了: who was told stands in the records, and
// nothing else is said.
func comfort(t *line.Turn, a storage.Alert) (line.Answer, error) {
	notices, err := t.In.NoticesAbout(noteAlert, subject(a.ID))
	if err != nil {
		return line.Answer{}, err
	}
	s := scene{report: report{Class: class(a)}, b: t.Book, now: t.Now(), speaker: t.Me}
	text := "好。"
	switch {
	case circleOf(class(a)).sealed:
		return line.Ask(text + "您讲的会保密。"), nil
	case a.State == storage.Acked:
		text += called(t.Book, a.AckedBy, t.Me != 0) + "回了话。"
	default:
		text += progress(s, notices)
	}
	return line.Ask(text + "您守着，听" + s.line().number + "的。"), nil
}

// progress says from the rows whom a channel took the alert for, and for whom it
// is still on its way.
func progress(s scene, notices []storage.Notice) string {
	var sent, waiting []int64
	for _, n := range notices {
		switch n.State {
		case storage.NoticeSent:
			sent = append(sent, n.Person)
		case storage.NoticeDue, storage.NoticeSending:
			waiting = append(waiting, n.Person)
		}
	}
	var text string
	if names := s.names(sent); names != "" {
		text = "已发给" + names + "，还没回话。"
	}
	if names := s.names(waiting); names != "" {
		text += "正在发给" + names + "。"
	}
	if text == "" {
		return s.telling(nil)
	}
	return text
}

// tellEnd lets everybody who was told know how it ended, so that nobody runs
// for nothing.
func tellEnd(t *line.Turn, a storage.Alert) error {
	people, err := reachedBy(t.In, a.ID)
	if err != nil {
		return err
	}
	if endingOf(a.Outcome) == dead { // a person tells those who visited him, and his family
		return tellStop(t, a, people)
	}
	words := fmt.Sprintf("%s那件急事了结了，%s讲：“%s”。多谢。", whose(t.Book, a), t.Book.Name(t.Me), say.Clip(a.Outcome, 30))
	for _, id := range people {
		if id != t.Me && id != a.Person {
			if err := owe(t.In, a, noteEnd, "1", []int64{id}, words); err != nil {
				return err
			}
		}
	}
	if circleOf(class(a)).sealed { // who reported it hears nothing of what became of it
		return nil
	}
	return tellCaller(t, a)
}

// tellStop keeps those who were told from running for nothing, and says no more
// to anybody but the secretary-general.
func tellStop(t *line.Turn, a storage.Alert, people []int64) error {
	for _, id := range people {
		if id == t.Me || id == a.Person || t.Book.Has(id, storage.Secretary) { // she is asked to confirm it
			continue
		}
		if err := owe(t.In, a, noteEnd, "1", []int64{id}, whose(t.Book, a)+"那件急事有人接着办，不用再去了。多谢您。"); err != nil {
			return err
		}
	}
	return nil
}

// tellCaller thanks the one who raised it. The outcome is not for everybody's
// ears: he hears it from a person (settled.md 6).
func tellCaller(t *line.Turn, a storage.Alert) error {
	if a.Person == t.Me && t.Me != 0 {
		return nil
	}
	thanks := "，多谢您报信。"
	if a.Elder == a.Person && a.Person != 0 {
		thanks = "。还有事随时讲。"
	}
	return t.Owe(storage.Notice{
		Person: a.Person, Account: a.Account, OpenID: a.OpenID, Kind: noteEnd, Subject: subject(a.ID), Period: "caller", Weight: storage.Direct,
		Lead: "您讲的急事有信了，回“看”", Words: called(t.Book, t.Me, a.Person != 0) + "讲那件急事了结了" + thanks,
	})
}

// reachedBy are those to whom the alert itself went out, or may have.
func reachedBy(v storage.In, id int64) ([]int64, error) {
	notices, err := v.NoticesAbout(noteAlert, subject(id))
	var people []int64
	for _, n := range notices {
		if n.State == storage.NoticeSent || n.State == storage.NoticeSending || n.State == storage.NoticeUnknown {
			people = addEach(people, []int64{n.Person})
		}
	}
	return people, err
}

// which asks which of several open alerts is meant.
func which(t *line.Turn, alerts []storage.Alert, m meaning) (line.Answer, error) {
	var parts []string
	var refs []int64
	for i, a := range alerts[:min(len(alerts), 9)] {
		parts = append(parts, fmt.Sprintf("%d %s%s", i+1, place(t.Book, a), title(class(a))))
		refs = append(refs, a.ID)
	}
	q := line.Question{
		Line: name, Name: askWhich, Refs: refs, Data: strconv.Itoa(int(m)) + " " + t.Read.Text,
		Text: "是哪一件？" + strings.Join(parts, " ") + "，回数字。",
	}
	return t.Question(q), nil
}

// answerWhich hears the digit.
func answerWhich(t *line.Turn, q line.Question) (line.Answer, error) {
	if d := t.Read.Digits; len(d) != 1 || d[0] < 1 || d[0] > len(q.Refs) {
		return line.Answer{}, nil
	}
	verb, words, _ := strings.Cut(q.Data, " ")
	m, err := strconv.Atoi(verb)
	if err != nil {
		return line.Answer{}, fmt.Errorf("read which alert: %w", err)
	}
	id := q.Refs[t.Read.Digits[0]-1]
	t.Read.Text = words // what was said of it
	t.Close()
	return answer(t, id, meaning(m))
}

// answerSafe hears whether a child is safe now: it is passed on to the one who
// was told, sealed as the rest.
func answerSafe(t *line.Turn, q line.Question) (line.Answer, error) {
	if t.Read.Answer == read.NoAnswer && t.Read.Intent != read.Unknown && t.Read.Intent != read.Smalltalk {
		return line.Answer{}, nil
	}
	if t.Read.Danger.Level == read.Ask && plain(t.Read.Danger.Class) != read.Child { // another danger
		return line.Answer{}, nil
	}
	t.Close()
	a, found, err := t.In.LockAlert(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	people, err := toldOf(t.In, a.ID)
	if err != nil {
		return line.Answer{}, err
	}
	words := "问了现在安不安全，回的是：“" + t.Read.Text + "”"
	if err := owe(t.In, a, noteMore, t.Source(), people, "先前那件孩子的事，"+words+"。"); err != nil {
		return line.Answer{}, err
	}
	_, err = toProtection(t, report{Class: class(a), Words: words})
	return line.Ask("记下了，会保密。有危险马上打110，莫等。"), err
}
