package visit

import (
	"fmt"
	"slices"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// findingDays is how long a doctor's words without a name still answer a
// finding.
const findingDays = 3 * 24 * time.Hour

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
		return line.Ask(fmt.Sprintf("多谢。%s“%s”您看怎么办？讲一句，比如“明早去看”，我告诉%s。", t.Book.Name(f.Elder), say.Clip(f.Words, 16), t.Book.Name(f.Reporter))), nil
	}
	f.State, f.Answer, f.AnsweredBy = storage.Closed, t.Read.Text, t.Me
	if err := t.In.SaveFinding(f); err != nil {
		return line.Answer{}, err
	}
	err = t.Owe(storage.Notice{
		Person: f.Reporter, Kind: noteAnswer, Subject: subject("finding", f.ID), Period: "1", Weight: storage.Direct, Lead: "您报的事有回音，回“看”",
		Words: fmt.Sprintf("%s看到您报的%s“%s”了，讲：%s。", t.Book.Title(t.Me), t.Book.Name(f.Elder), say.Clip(f.Words, 16), say.Clip(t.Read.Text, 40)),
	})
	return line.Say(fmt.Sprintf("好，%s的事记上了，我告诉%s。", t.Book.Name(f.Elder), t.Book.Name(f.Reporter))), err
}

// meantFinding is the newest open finding about whom the line names, or of all.
func meantFinding(t *line.Turn) (storage.Finding, bool, error) {
	open, err := t.In.OpenFindings()
	if err != nil {
		return storage.Finding{}, false, err
	}
	since := storage.At(t.Now().Add(-findingDays))
	for _, f := range slices.Backward(open) {
		told := t.Is(storage.Doctor) || f.Urgent
		if told && f.CreatedAt >= since && about(t, f.Elder) {
			return f, true, nil
		}
	}
	return storage.Finding{}, false, nil
}

func about(t *line.Turn, elder int64) bool {
	if len(t.Read.Mentions) == 0 {
		return true
	}
	return slices.Contains(t.Read.Mentions[0].People, elder)
}
