package bot

import (
	"strconv"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// asksLikely is the one question about a line that no rule understood: what it most
// probably was for, and the words that do it. It is asked and never done: by
// the weights alone nothing is reported, taken, finished or called off. A line about nothing of the speaker's
// own gets the plain question, which tells nothing of whom it names.
func asksLikely(t *line.Turn) string {
	helper, likely := t.Is(storage.Helper), t.Read.Likely
	if !ofHisOwn(t) {
		likely = read.Unknown
	}
	switch {
	case likely == read.RequestHelp:
		return "您是要人帮忙吗？是的话讲哪一家、么子事，比如“帮我家修灯”。"
	case likely == read.ReportVisit && helper:
		return "您是报看望吗？是的话回“看了" + visited(t) + "”，没见到回“没见到”。"
	case likely == read.Complete && helper:
		return "事情做完了吗？做完了回“做完了 40分钟”。"
	case likely == read.Claim && helper:
		return "您是要接这件事吗？是的话回“接" + ticket(t) + "”；有哪些回“没人接的”。"
	case likely == read.Cancel && helper:
		return "您是去不成了吗？是的话回“不" + ticket(t) + "”。"
	case likely == read.Cancel:
		return "您是不要人来了吗？是的话回“不要了”。"
	case likely == read.Query:
		return "您是问事情到哪一步了吗？回“我的事”就晓得。"
	}
	return "您是要人帮忙，还是报看望？直接讲，或者回“帮助”。"
}

// ofHisOwn tells whether the line is about the speaker, his kin, a request by its number or
// somebody of whom he may know.
func ofHisOwn(t *line.Turn) bool {
	r := t.Read
	return r.Self || r.Kin != "" || len(r.Tickets) > 0 || len(r.Mentions) > 0 && mayKnow(t, r.Mentions[0])
}

func mayKnow(t *line.Turn, m read.Mention) bool {
	return len(m.People) == 1 && access.May(t.Book, t.Me, access.Visited, m.People[0])
}

// asIfUnknown reads what no line took once more without the roster where it names somebody
// of whom the speaker may not know: what the weights take a line for depends on whether
// a name is one, and would tell that there is such a person.
func asIfUnknown(t *line.Turn) {
	if i := t.Read.Intent; i != read.Unknown && i != read.Smalltalk {
		return
	}
	for _, m := range t.Read.Mentions {
		if !mayKnow(t, m) {
			role := "family"
			if t.Is(storage.Helper) {
				role = "volunteer"
			}
			g := read.Read(t.Read.Text, read.Context{Now: t.Now(), Speaker: read.Speaker{Role: role}})
			t.Read.Likely = g.Likely
			if g.Intent == read.Unknown || g.Intent == read.Smalltalk {
				t.Read.Intent = g.Intent
			}
			return
		}
	}
}

// ticket is the number that was said, or one to show the form by.
func ticket(t *line.Turn) string {
	if len(t.Read.Tickets) > 0 {
		return strconv.Itoa(t.Read.Tickets[0])
	}
	return "13"
}

// visited names who was seen, if one person was named and the speaker may know of him.
func visited(t *line.Turn) string {
	if m := t.Read.Mentions; len(m) > 0 && mayKnow(t, m[0]) {
		return t.Book.Name(m[0].People[0])
	}
	return "某某"
}
