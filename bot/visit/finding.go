package visit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// For so long words without a name still answer a finding: the doctor's, who is
// told of little else, and the secretary-general's, who says much else.
const (
	doctorAnswers    = 3 * 24 * time.Hour
	secretaryAnswers = 2 * time.Hour
)

// hasRead hears 看到了，明早来: the doctor saw the words about the elder, not yet
// the elder.
func hasRead(t *line.Turn) (line.Answer, error) {
	if !t.Is(storage.Doctor) || t.Read.Minutes != 0 || !strings.Contains(t.Read.Text, "看到") && !strings.Contains(t.Read.Text, "看见") {
		return line.Answer{}, nil
	}
	return answerFinding(t)
}

// answerFinding hears what the doctor or the secretary-general says of a
// finding that was told to them. The reporter is told who answered
// (settled.md 14).
func answerFinding(t *line.Turn) (line.Answer, error) {
	small := t.Read.Intent == read.Smalltalk || t.Read.Intent == read.Greeting
	if !t.Is(storage.Doctor, storage.Secretary) || small && t.Read.Answer == read.NoAnswer {
		return line.Answer{}, nil
	}
	f, found, err := meantFinding(t)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if t.Read.Answer == read.Ack && t.Read.Rest == "" { // it is only known that he read it; only his words close it
		return line.Ask(fmt.Sprintf("多谢。%s“%s”您看怎么办？讲一句，比如“明早去看”，我告诉%s。", t.Book.Name(f.Elder), say.Clip(seenThen(f), 16), t.Book.Name(f.Reporter))), nil
	}
	why := t.Book.Basis(f.Elder)
	if !why.Health() {
		return answerUnkept(t, f)
	}
	f.State, f.Answer, f.AnsweredBy = storage.Closed, t.Read.Text, t.Me
	if err := t.In.SaveFinding(f, why); err != nil {
		return line.Answer{}, err
	}
	err = t.Owe(storage.Notice{
		Person: f.Reporter, Kind: noteAnswer, Subject: subject("finding", f.ID), Period: "1", Weight: storage.Direct, Lead: "您报的事有回音，回“看”",
		Words: fmt.Sprintf("您报的%s“%s”，%s看到了，讲：%s。", t.Book.Name(f.Elder), say.Clip(f.Words, 16), t.Book.Title(t.Me), say.Clip(t.Read.Text, 40)),
	})
	return line.Say(fmt.Sprintf("好，%s的事记上了，我告诉%s。", t.Book.Name(f.Elder), t.Book.Name(f.Reporter))), err
}

// answerUnkept closes a finding of which only the fact is kept: what the doctor
// says of it is told by telephone.
func answerUnkept(t *line.Turn, f storage.Finding) (line.Answer, error) {
	f.State, f.Words, f.AnsweredBy = storage.Closed, "", t.Me
	if err := t.In.SaveFinding(f, t.Book.Basis(f.Elder)); err != nil {
		return line.Answer{}, err
	}
	err := t.Owe(storage.Notice{
		Person: f.Reporter, Kind: noteAnswer, Subject: subject("finding", f.ID), Period: "1", Weight: storage.Direct, Lead: "您报的事有回音，回“看”",
		Words: fmt.Sprintf("%s晓得您报的%s的事了，怎么办请打电话问：%s。", t.Book.Title(t.Me), t.Book.Name(f.Elder), rings(t, t.Me)),
	})
	return line.Say(fmt.Sprintf("好，我告诉%s您晓得了。%s没点头，您讲的没有记，请打电话跟%s讲。", t.Book.Name(f.Reporter), t.Book.Name(f.Elder), rings(t, f.Reporter))), err
}

// meantFinding is the newest open finding about whom the line names, or of all.
func meantFinding(t *line.Turn) (storage.Finding, bool, error) {
	open, err := t.In.OpenFindings()
	if err != nil {
		return storage.Finding{}, false, err
	}
	within := secretaryAnswers
	switch {
	case t.Is(storage.Doctor) || len(t.Read.Mentions) > 0:
		within = doctorAnswers
	case asks(t.Read.Text):
		return storage.Finding{}, false, nil
	}
	since := storage.At(t.Now().Add(-within))
	for _, f := range slices.Backward(open) {
		told := t.Is(storage.Doctor) || f.Urgent
		if told && f.CreatedAt >= since && about(t, f.Elder) {
			return f, true, nil
		}
	}
	return storage.Finding{}, false, nil
}

// asks reports whether somebody wants to know something, and so answers nothing.
func asks(text string) bool {
	return slices.ContainsFunc([]string{"?", "？", "哪", "谁", "多少", "好多", "几", "么子", "什么", "怎么", "何解", "吗"}, func(w string) bool { return strings.Contains(text, w) })
}

// seenThen is what was seen, or that something was.
func seenThen(f storage.Finding) string { return cmp.Or(f.Words, "身体有情况") }

func about(t *line.Turn, elder int64) bool {
	if len(t.Read.Mentions) == 0 {
		return true
	}
	return slices.Contains(t.Read.Mentions[0].People, elder)
}
