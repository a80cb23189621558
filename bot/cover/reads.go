package cover

import (
	"fmt"
	"slices"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/storage"
)

// How the office says that somebody is rung and not written to, and that he
// reads again.
var (
	doesNotRead = []string{"不识字", "冇读书", "认不得字", "不会看微信", "只打电话", "打电话联系", "电话联系"}
	readsAgain  = []string{"识字", "会看微信", "可以发微信"}
)

// reads hears 舒立新不识字, 舒立新会看微信 from the office: how he is asked from now
// on (settled.md 17).
func reads(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Mentions) != 1 || !t.Is(storage.Secretary, storage.Chair) {
		return line.Answer{}, nil
	}
	says := func(w string) bool { return strings.Contains(t.Read.Text, w) }
	no, yes := slices.ContainsFunc(doesNotRead, says), slices.ContainsFunc(readsAgain, says)
	if !no && !yes {
		return line.Answer{}, nil
	}
	people := slices.DeleteFunc(slices.Clone(t.Read.Mentions[0].People), func(id int64) bool { return len(t.Book.Roles(id)) == 0 })
	if len(people) != 1 || !access.May(t.Book, t.Me, access.Door, people[0]) {
		return line.Answer{}, nil
	}
	r := t.Book.Reach(people[0])
	r.PhoneOnly = no
	text := fmt.Sprintf("好，往后有事发微信给%s。", t.Book.Name(people[0]))
	if no {
		text = fmt.Sprintf("好，往后要问%s的事，发给您打电话问，您回个结果。", t.Book.Name(people[0]))
	}
	return line.Say(text), set(t, r)
}
