package visit

import (
	"fmt"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// ofHouse hears 灶屋的灯又不亮了 at a visit: no doctor's matter.
func ofHouse(v storage.Visit, words string, out *outcome) {
	words = strings.TrimPrefix(words, "屋里")
	for i := range out.house {
		if out.house[i].ID == v.ID {
			out.house[i].Words += "，" + words
			return
		}
	}
	out.house = append(out.house, storage.Visit{ID: v.ID, Elder: v.Elder, Words: words})
}

// carryOfHouse lets what was seen of houses ride on the secretary-general's next
// message: the reporter is asked whether it shall be a request, and may not answer.
func carryOfHouse(t *line.Turn, r report, out outcome) error {
	for _, v := range out.house {
		for _, id := range t.Book.Holders(storage.Secretary, 0) {
			if id == t.Me {
				continue
			}
			err := t.Carry(storage.Notice{
				Person: id, Kind: noteHouse, Subject: subject("visit", v.ID), Period: "1", Weight: storage.Direct,
				Words: fmt.Sprintf("%s（%d组）屋里：%s，%s%s看到的。", t.Book.Name(v.Elder), t.Book.Person(v.Elder).Group, v.Words, dayWord(r.Day, t), t.Book.Name(t.Me)),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// askOfHouse asks whether somebody shall see to it.
func askOfHouse(t *line.Turn, text string, v storage.Visit) line.Answer {
	q := line.Question{
		Line: name, Name: askHouse, Ref: v.Elder, Refs: []int64{v.ID}, Data: v.Words,
		Text: "要人去弄就回“要”，我记成求助。",
	}
	t.Question(q)
	return line.Ask(text + q.Text)
}

// answerHouse hears 要.
func answerHouse(t *line.Turn, q line.Question) (line.Answer, error) {
	switch text := strings.Trim(t.Read.Text, " 。！!,，."); {
	case t.Read.Answer == read.No, strings.HasPrefix(text, "不要"), strings.HasPrefix(text, "不用"), strings.HasPrefix(text, "弄好"), strings.HasPrefix(text, "修好"):
		t.Close()
		return line.Say("好，晓得了。"), nil
	case t.Read.Answer == read.Yes, text == "要", strings.HasPrefix(text, "要的"), strings.HasPrefix(text, "要人"), strings.HasPrefix(text, "要得"):
		t.Close()
		t.Said = ""
		if err := t.Publish(line.Fact{Kind: line.Wanted, Person: q.Ref, Words: q.Data}); err != nil {
			return line.Answer{}, err
		}
		return line.Say(t.Said), t.In.ClearNotices(noteHouse, subject("visit", q.Refs[0]), subject("visit", q.Refs[0])+" is a request")
	}
	return line.Answer{}, nil
}
