package help

import (
	"fmt"
	"slices"

	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/storage"
)

// called hears what became of a telephone step: 是13, 不是13, 没人接13, 错号13. The
// secretary-general rang, and answers for a leader who does not read
// (settled.md 17).
func called(t *line.Turn, number int, word string) (line.Answer, error) {
	if !t.Is(storage.Secretary, storage.Chair) {
		return line.Answer{}, nil
	}
	h, found, err := t.In.HelpNumbered(number)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if h, found, err = t.In.LockHelp(h.ID); err != nil || !found {
		return line.Answer{}, err
	}
	asks, err := t.In.Asks(h.ID)
	if err != nil {
		return line.Answer{}, err
	}
	i := slices.IndexFunc(asks, ladder.Called)
	switch {
	case i < 0:
		return line.Answer{}, nil // nobody was to be rung: the words mean something else
	case h.State != storage.Open:
		return line.Say(fmt.Sprintf("%d号%s。", h.Number, standing(t, h))), nil
	}
	return answered(t, h, asks[i].Person, word)
}

func answered(t *line.Turn, h storage.Help, person int64, word string) (line.Answer, error) {
	if err := t.In.LogHelp(h.ID, person, ladder.LogCall, word); err != nil {
		return line.Answer{}, err
	}
	name := t.Book.Name(person)
	switch word {
	case "是":
		if err := settle(t, &h, person); err != nil {
			return line.Answer{}, err
		}
		if err := tellAsker(t, h); err != nil {
			return line.Answer{}, err
		}
		return line.Say(fmt.Sprintf("好，%d号%s去。门在：%s。麻烦您电话里告诉%s，也给那边讲了。", h.Number, name, door(t.Book, h.Elder), t.Book.They(person))), nil
	case "不是":
		if err := t.In.AnswerAsk(h.ID, person, storage.AskDeclined, word); err != nil {
			return line.Answer{}, err
		}
	default:
		if err := t.In.MissAsk(h.ID, person, h.Round); err != nil {
			return line.Answer{}, err
		}
	}
	text := fmt.Sprintf("记下了：%s%s。%d号我问别个。", name, outcomeWords[word], h.Number)
	if word == "错号" || word == "空号" || word == "号不对" {
		text += "新号码问到了讲一声。"
	}
	return line.Say(text), onwards(t, h.ID)
}

// outcomeWords are the outcomes of a call as they are read back.
var outcomeWords = map[string]string{
	"不是": "去不成", "没人接": "没接电话", "冇人接": "没接电话", "没接": "没接电话", "没打通": "没打通", "冇打通": "没打通", "打不通": "没打通",
	"错号": "的号码不对", "空号": "的号码不对", "号不对": "的号码不对",
}

// renew hears 重排13: the one act that touches a ladder that runs.
func renew(t *line.Turn, number int, _ string) (line.Answer, error) {
	if !t.Is(storage.Secretary, storage.Chair) {
		return line.Answer{}, nil
	}
	h, answer, err := numbered(t, number)
	if err != nil || answer.Handled() {
		return answer, err
	}
	if h.State != storage.Open {
		return line.Say(fmt.Sprintf("%d号%s，不用重排。", number, standing(t, h))), nil
	}
	if err := ladder.Renew(t.In, t.Book, &h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%d号按现在的名单重新排了，从近处的问起。问过的不再问。", number)), t.In.LogHelp(h.ID, t.Me, "renewed", t.Read.Text)
}
