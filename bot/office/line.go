// Package office is the line of work of the village's own settings: its
// telephones, its hours, who can be rung and how, and the answers that the office
// keeps ready. One reading of the words serves the chat and `mishu set`.
package office

import (
	"strings"

	"mishu/bot/line"
	"mishu/storage"
)

// Line declares the line of work.
func Line() line.Line {
	return line.Line{
		Name:  "office",
		First: First,
		Words: map[string]line.Handler{"食堂": canteen, "钱": fund, "明细": details},

		Hears:   map[string]func(*line.Turn, line.Fact) error{line.NotUnderstood: keepPuzzle},
		Notices: map[string]line.Fresh{notePuzzles: freshPuzzles},
		Rules:   []line.Rule{weeklyPuzzles},
	}
}

// First hears what is said in a fixed form: 设 …, 学词 …, 忘词 ….
func First(t *line.Turn) (line.Answer, error) {
	if a, err := teach(t); err != nil || a.Handled() {
		return a, err
	}
	return settingSaid(t)
}

// settingSaid hears 设 and what follows from those who run the village.
func settingSaid(t *line.Turn) (line.Answer, error) {
	text, sets := strings.CutPrefix(strings.TrimSpace(t.Read.Text), "设")
	text = strings.TrimPrefix(text, "置")
	if !sets || t.Me == 0 || text != "" && !strings.ContainsRune(" 　：:，,", []rune(text)[0]) {
		return line.Answer{}, nil
	}
	text = strings.Trim(text, " 　：:，,。")
	doctors := strings.HasPrefix(text, "红线") || strings.HasPrefix(text, "黄线") // a value that the doctor answers for
	if !t.Is(storage.Secretary, storage.Chair) && !(doctors && t.Is(storage.Doctor)) {
		return line.Say("这个要" + t.Book.Called() + "来设。您跟她讲一声。"), nil
	}
	if text == "" {
		return line.Ask(list(t)), nil
	}
	done, err := Set(t.In, t.Book, Entry{Words: text, By: t.Me, Owner: t.Book.Name(t.Me), Source: "聊天"})
	if err != nil {
		return explained(err)
	}
	return line.Say(done), nil
}

// list says what is set and what can be.
func list(t *line.Turn) string {
	var have []string
	for _, s := range settings {
		if v := t.Book.Setting(s.name, ""); v != "" {
			have = append(have, s.word+v)
		}
	}
	said := "还没设什么。"
	if len(have) > 0 {
		said = "现在：" + strings.Join(have, "，") + "。"
	}
	return said + "能设的：称呼、村部电话、急救电话、值班、早报、晚报、安静、食堂、资金、明细、邻居、钥匙、听力、识字、赶场、农忙、提前、生日、口音、红线、黄线。讲“设 村部电话 0745-1990000”这样。"
}
