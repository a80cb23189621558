package office

import (
	"regexp"
	"strconv"

	"mishu/bot/book"
	"mishu/bot/line"
)

// Until the canteen and the fund are lines of their own, their answers are what
// the office has set: the same for everybody, and never with a receiver's name.

func canteen(t *line.Turn) (line.Answer, error) {
	return ready(t, book.Canteen, "食堂的事", ""), nil
}

func fund(t *line.Turn) (line.Answer, error) {
	more := ""
	if t.Book.Setting(book.FundDetails, "") != "" {
		more = "看最近几笔回“明细”。"
	}
	return ready(t, book.Fund, "幸福资金", more), nil
}

func details(t *line.Turn) (line.Answer, error) {
	return ready(t, book.FundDetails, "幸福资金的明细", "票据在村部，监督委员会可查。"), nil
}

func ready(t *line.Turn, name, what, more string) line.Answer {
	if said := t.Book.Setting(name, ""); said != "" {
		if name == book.Fund {
			said = what + "：" + said
		}
		return t.Aside(said + "。" + more)
	}
	text := what + "这里还没有，请问" + t.Book.Called()
	if phone := t.Office(); phone != "" {
		text += "，电话" + phone
	}
	return t.Aside(text + "。")
}

var sum = regexp.MustCompile(`(结余|收入|支出|现在|现有|余)\D{0,2}(\d+)`)

// adds reports whether opening plus income minus spending is the balance: no
// statement of the fund goes out that does not add up (village practice H).
func adds(text string) bool {
	n := map[string]int{}
	for _, m := range sum.FindAllStringSubmatch(text, -1) {
		v, err := strconv.Atoi(m[2])
		if _, twice := n[m[1]]; err != nil || twice {
			return false
		}
		n[m[1]] = v
	}
	now, there := n["现在"]
	if !there {
		now, there = n["现有"]
	}
	return there && n["结余"]+n["收入"]-n["支出"] == now
}
