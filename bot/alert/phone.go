package alert

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// The words of a telephone that is lost, and of what somebody saw who may not
// have. A telephone that fell or broke is neither.
var (
	phoneWords = []string{"手机", "微信", "电话机"}
	goneWords  = []string{"丢了", "丢哒", "掉了", "掉哒", "不见了", "不见哒", "被偷", "偷走", "被抢", "被盗", "盗号", "盗了", "捡走"}
	notGone    = []string{"水里", "地上", "地下", "摔", "电掉", "没电", "坏", "话费", "信息掉", "找到", "找回"}
	leakWords  = []string{"看到别家", "看到别人的", "发错人", "别人看到我的", "别人看到了我的", "信息泄露", "资料泄露", "泄露了", "走漏"}
	backWords  = []string{"手机找到", "手机找回", "微信找回", "换了手机", "换了新手机", "微信恢复", "恢复微信"}
)

// longestLoss bounds what is taken for news of a lost telephone, in characters.
const longestLoss = 40

func phoneLost(text string) bool {
	return utf8.RuneCountInString(text) <= longestLoss && holds(text, phoneWords) && holds(text, goneWords) && !holds(text, notGone)
}

// breaches hears 手机丢了 and what came to wrong eyes: the binding is blocked, so
// that whoever finds the telephone learns nothing (village practice N).
func breaches(t *line.Turn) (line.Answer, error) {
	text := t.Read.Text
	switch {
	case t.Book == nil:
		return line.Answer{}, nil
	case t.Is(storage.Secretary) && holds(text, backWords):
		return unblock(t)
	case phoneLost(text):
		return lostPhone(t)
	case holds(text, leakWords) && utf8.RuneCountInString(text) <= longestLoss:
		return leak(t)
	}
	return line.Answer{}, nil
}

// owner is whose telephone it is: who is named, else the speaker.
func owner(t *line.Turn) int64 {
	for _, m := range t.Read.Mentions {
		if len(m.People) == 1 {
			return m.People[0]
		}
		if len(m.People) > 1 {
			return 0
		}
	}
	return t.Me
}

// lostPhone blocks at once on the secretary-general's word, asks the owner for
// one word, and leaves anybody else's word to her.
func lostPhone(t *line.Turn) (line.Answer, error) {
	id := owner(t)
	switch {
	case t.Is(storage.Secretary) && id == 0:
		return line.Ask("是哪一位的手机？连组带名字讲，比如“3组夏满妹手机丢了”。"), nil
	case t.Is(storage.Secretary) && id != t.Me:
		a, err := openBreach(t, id)
		if err != nil {
			return line.Answer{}, err
		}
		return block(t, a, id)
	case id == t.Me && t.Me != 0:
		return t.Question(line.Question{
			Line: name, Name: askBlock, Ref: id, Data: t.Read.Text,
			Text: "怕别人拿着看村里的事，先把您的微信号在这里停下来，好不好？停回“停”，不停回“不停”。",
		}), nil
	}
	return hearsayOfPhone(t, id)
}

// hearsayOfPhone leaves it to the secretary-general: on a stranger's word nobody
// is shut out.
func hearsayOfPhone(t *line.Turn, id int64) (line.Answer, error) {
	if _, err := openBreach(t, id); err != nil {
		return line.Answer{}, err
	}
	if t.Me == 0 && t.Read.Intent == read.Register { // he said who he is: that goes its way as well
		return line.Answer{}, nil
	}
	return line.Ask("好，正在报" + t.Book.Called() + "，看实了就停那个微信号。" + callNow(t)), nil
}

func callNow(t *line.Turn) string {
	if phone := t.Office(); phone != "" {
		return "急就打" + phone + "。"
	}
	return ""
}

// openBreach is the alert about a person's telephone, raised now if none is open.
func openBreach(t *line.Turn, id int64) (storage.Alert, error) {
	r := report{Class: breach, Words: t.Read.Text, Elders: known(id)}
	open, found, err := alike(t, r)
	if err != nil || found && open.Elder == id {
		return open, err
	}
	a := storage.Alert{
		Class: string(breach), Elder: id, Person: t.Me, Account: t.Msg.Account, OpenID: t.Msg.OpenID, Words: r.Words, SourceKey: t.Source(), Ordinal: t.Next("alert"),
	}
	if err := t.In.AddAlert(&a); err != nil {
		return a, err
	}
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogRaised, r.Words); err != nil {
		return a, err
	}
	extra := ""
	if id != 0 && !t.Is(storage.Secretary) && id != t.Me {
		extra = fmt.Sprintf("看实了就停：回“%s手机丢了”。", t.Book.Name(id))
	}
	_, err = begin(t.In, t.Book, &a, 0, extra)
	if err != nil {
		return a, err
	}
	return a, t.In.SaveAlert(a)
}

// answerBlock hears the owner's 停 or 不停.
func answerBlock(t *line.Turn, q line.Question) (line.Answer, error) {
	text := strings.Trim(t.Read.Text, " 。！!")
	switch {
	case strings.HasPrefix(text, "不停") || t.Read.Answer == read.No:
		t.Close()
		return line.Say("好，没有停。真丢了随时讲“手机丢了”，或者打电话" + t.Office() + "。"), nil
	case strings.HasPrefix(text, "停") || t.Read.Answer == read.Yes:
		t.Close()
		t.Read.Text = q.Data
		a, err := openBreach(t, q.Ref)
		if err != nil {
			return line.Answer{}, err
		}
		return block(t, a, q.Ref)
	}
	return line.Answer{}, nil
}

// block stops every binding of a person. Danger is heard from it all the same;
// nothing else is told to it.
func block(t *line.Turn, a storage.Alert, id int64) (line.Answer, error) {
	n, err := setMembers(t, id, storage.Active, storage.Stopped)
	if err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogBlocked, fmt.Sprintf("停了%d个微信号", n)); err != nil {
		return line.Answer{}, err
	}
	if id == t.Me {
		return line.Ask("好，您的微信号在这里停了，哪个拿着都看不到村里的事。找回来、换了手机，请" + t.Book.Called() + "恢复" + orRing(t) + "。"), nil
	}
	if n == 0 {
		return line.Ask(t.Book.Name(id) + "没有登记微信号，不用停。这件办完了回“了结”。"), nil
	}
	return line.Ask(fmt.Sprintf("好，%s的微信号停了。找回来了讲“%s手机找到了”就恢复。", t.Book.Name(id), t.Book.Name(id)) + county(t)), nil
}

func orRing(t *line.Turn) string {
	if phone := t.Office(); phone != "" {
		return "，打" + phone
	}
	return ""
}

// unblock gives a person's bindings back and ends the alert.
func unblock(t *line.Turn) (line.Answer, error) {
	id := owner(t)
	if id == 0 || id == t.Me {
		return line.Answer{}, nil
	}
	n, err := setMembers(t, id, storage.Stopped, storage.Active)
	if err != nil || n == 0 {
		return line.Answer{}, err
	}
	open, err := t.In.OpenAlerts()
	if err != nil {
		return line.Answer{}, err
	}
	for _, a := range open {
		if class(a) == breach && a.Elder == id {
			if _, err := end(t, a, t.Read.Text); err != nil {
				return line.Answer{}, err
			}
		}
	}
	return line.Say("好，" + t.Book.Name(id) + "的微信号恢复了，往后照常。"), nil
}

func setMembers(t *line.Turn, id int64, from, to string) (int, error) {
	members, err := t.In.MembersOfState(id, from)
	if err != nil {
		return 0, err
	}
	for _, m := range members {
		m.State = to
		if err := t.In.SaveMember(m); err != nil {
			return 0, err
		}
		t.Touch(m.Account, m.OpenID)
	}
	return len(members), nil
}

// leak hears that something came to wrong eyes: the county's officer decides
// what the law asks for (PIPL 57).
func leak(t *line.Turn) (line.Answer, error) {
	if _, err := openBreach(t, 0); err != nil {
		return line.Answer{}, err
	}
	return line.Ask("多谢您讲。看到的请莫转、莫留。正在报" + t.Book.Called() + "，有人会问您。" + callNow(t)), nil
}

// county says that the county's officer hears of it, where there is one.
func county(t *line.Turn) string {
	if len(t.Book.Holders(storage.County, 0)) == 0 {
		return ""
	}
	return "县里管资料的也收到这件。"
}
