package help

import (
	"fmt"

	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/storage"
)

// crowd hears 转群13: what to put into the village's group of chats, what to say
// over the loudspeaker (广播13), what to hang up (打印13). None of it names
// anybody (settled.md 23).
func crowd(t *line.Turn, number int, word string) (line.Answer, error) {
	if !t.Is(storage.Secretary, storage.Chair, storage.Leader) {
		return line.Answer{}, nil
	}
	h, found, err := t.In.HelpNumbered(number)
	if err != nil || !found {
		return line.Say(fmt.Sprintf("没有%d号这件事。问一下号码？", number)), err
	}
	if t.Is(storage.Leader) && !t.Is(storage.Secretary, storage.Chair) && !leads(t, h.Elder) {
		return line.Say(fmt.Sprintf("没有%d号这件事。问一下号码？", number)), nil
	}
	if h.State != storage.Open && h.State != storage.Unclear {
		return line.Say(fmt.Sprintf("%d号%s，不用转群了。", number, standing(t, h))), nil
	}
	switch word {
	case "广播", "喇叭":
		return line.Say(ladder.Loud(t.Book, h, t.Now())), nil
	case "打印", "纸":
		return line.Say(ladder.SheetOf(t.Book, h, t.Now()).Text()), nil
	}
	return line.Say(ladder.GroupText(t.Book, h, t.Now()) + fmt.Sprintf("\n（长按复制，发群里。要喇叭喊的回“广播%d”，要贴出来的回“打印%d”。）", number, number)), nil
}

// leads reports whether the speaker leads the group in which somebody lives.
func leads(t *line.Turn, elder int64) bool {
	group := t.Book.Person(elder).Group
	for _, id := range t.Book.Holders(storage.Leader, group) {
		if id == t.Me {
			return true
		}
	}
	return false
}
