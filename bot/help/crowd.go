package help

import (
	"fmt"
	"regexp"
	"strings"

	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/say"
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
		return result(t, h), nil
	}
	switch word {
	case "广播", "喇叭":
		return line.Say(ladder.Loud(t.Book, h, t.Now())), nil
	case "打印", "纸":
		return line.Say(ladder.SheetOf(t.Book, h, t.Now()).Text()), nil
	}
	return line.Say(ladder.GroupText(t.Book, h, t.Now()) + fmt.Sprintf("\n（长按复制，发群里。要喇叭喊的回“广播%d”，要贴出来的回“打印%d”。）", number, number)), nil
}

// result is what the group of chats is told of a request that it was asked about:
// that somebody goes, or that it is done; nobody's name.
func result(t *line.Turn, h storage.Help) line.Answer {
	what := ladder.Where(t.Book, h.Elder) + "的" + say.Services[h.Service]
	switch h.State {
	case storage.Held, storage.Taken:
		return line.Say(what + "有人去了，不用再接，多谢各位。\n（长按复制，发群里。）")
	case storage.Done, storage.Closed:
		return line.Say(what + "办好了，多谢出力的乡亲。\n（长按复制，发群里。）")
	}
	return line.Say(fmt.Sprintf("%d号%s，不用转群了。", h.Number, standing(t, h)))
}

// notice hears 转群 活动 12月5日上午九点 会员之家义诊, 公示 and 结果 likewise: a text for
// the group of chats, of three sentences for the loudspeaker (广播 活动 …), or to hang
// up (打印 活动 …). A name of the roster is put back to whoever wrote it: these texts
// name nobody (settled.md 23).
func notice(t *line.Turn) (line.Answer, error) {
	text := strings.TrimSpace(t.Read.Text)
	if free := toAllForm.FindStringSubmatch(text); free != nil && len(t.Read.Mentions) == 0 {
		text = "转群 通知 " + free[1]
	}
	m := noticeForm.FindStringSubmatch(text)
	if m == nil || !t.Is(storage.Secretary, storage.Chair) {
		return line.Answer{}, nil
	}
	way, kind, words := m[1], m[2], strings.Trim(m[3], " ：:，,。")
	if words == "" && kind == "公示" { // what the office has set of the fund
		words = strings.Trim(t.Book.Setting(book.Fund, "")+"。"+t.Book.Setting(book.FundDetails, ""), "。")
	}
	if words == "" {
		return line.Ask("写么子？讲“转群 活动 12月5日上午九点 会员之家义诊”这样。"), nil
	}
	if len(t.Read.Mentions) > 0 && len(t.Read.Mentions[0].People) > 0 {
		return line.Ask("发群里、喇叭喊的不写名字：请把人名改成“3组一位乡亲”这样，再讲一遍。"), nil
	}
	ring := t.Book.Called()
	if phone := t.Office(); phone != "" {
		ring += "，电话" + phone
	}
	switch way {
	case "广播", "喇叭":
		return line.Say(fmt.Sprintf("各位乡亲，%s：%s。有不清楚的请问%s。互相转告一声，多谢大家。", kind, words, ring)), nil
	case "打印", "纸":
		return line.Say(fmt.Sprintf("%s %s\n%s\n联系：%s\n%s计生协 %s", t.Book.Village.Name, kind, words, ring, t.Book.Village.Name, storage.Day(t.Now()))), nil
	}
	return line.Say(fmt.Sprintf("【%s】%s。不清楚的问%s。\n（长按复制，发群里。要喇叭喊的回“广播 %s …”，要贴出来的回“打印 %s …”。）", kind, words, ring, kind, kind)), nil
}

var noticeForm = regexp.MustCompile(`^(转群|广播|喇叭|打印|纸)[ ，,]*(活动|公示|结果|通知)[ ：:，,]*(.*)$`)

// toAllForm is a notice to everybody in words of her own: 通知各组 明天上午开会.
var toAllForm = regexp.MustCompile(`^(?:请|帮我|麻烦)?(?:发个|写个|发|写)?通知(?:各组|组长|各家|各户|全村|大家|所有人|村民|群里|一下|下)*[ ：:，,]*([^\d ].{4,})$`)

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
