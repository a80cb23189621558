package door

import (
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
)

const name = "door"

// askHelp asks somebody who scanned a neighbour's code whether help is wanted.
const askHelp = "help"

// Line declares the line of work.
func Line() line.Line {
	return line.Line{Name: name, Questions: map[string]line.Answerer{askHelp: answerHelp}}
}

// answerHelp hears 帮: the next sentence is about the people behind the door.
func answerHelp(t *line.Turn, _ line.Question) (line.Answer, error) {
	switch text := strings.Trim(t.Read.Text, "。！!,，. "); {
	case text == "帮", text == "要帮", text == "要", text == "有事", t.Read.Answer == read.Yes:
		t.Close()
		if t.State.Door != nil {
			t.State.Door = &line.Door{People: t.State.Door.People, At: t.State.Door.At, Help: true}
		}
		return line.Ask("要帮么子？讲一句，比如“灶屋灯不亮”“屋里冇得米了”。"), nil
	case t.Read.Answer == read.No, text == "没事", text == "冇事":
		t.Close()
		t.State.Door = nil
		return line.Say("好，没事就好。"), nil
	}
	t.Close()
	return line.Answer{}, nil // what he says stands for itself
}
