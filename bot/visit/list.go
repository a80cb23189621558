package visit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// List hears 名单: the speaker's own doors, numbered, so that digits report.
func List(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return line.Answer{}, nil
	}
	mine, err := remaining(t.In, t.Book, t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	if len(mine) == 0 {
		return line.Say("您这个月的都看过了，多谢。看了别家就直接讲，比如“看了桂花婶 40分钟”。"), nil
	}
	mine = mine[:min(len(mine), 9)]
	var parts []string
	var choices []line.Choice
	for i, id := range mine {
		parts = append(parts, fmt.Sprintf("%d %d组%s", i+1, t.Book.Person(id).Group, t.Book.Name(id)))
		choices = append(choices, line.Choice{Line: name, Name: choiceSeen, Ref: id})
	}
	a := t.Question(line.Question{
		Line: name, Name: askList, Refs: mine,
		Text: "您这个月还没看的：" + strings.Join(parts, " ") + "。看了回数字，比如“1 3 40分钟”；没见到回“没2”。",
	})
	t.Offer(choices...)
	return a, nil
}

// remaining are a visitor's elders whom nobody met this month, in house order.
func remaining(v storage.In, b *book.Book, visitor int64) ([]int64, error) {
	plans, err := v.PlansOf(visitor)
	if err != nil {
		return nil, err
	}
	open := map[int64]bool{}
	for _, p := range plans {
		open[p.Person] = p.LastDay < monthStart(v.Now().In(storage.Shanghai))
	}
	return slices.DeleteFunc(b.Cares(visitor), func(id int64) bool { return !open[id] }), nil
}

// choiceSeen is what a digit of 名单 means: this elder was seen.
const choiceSeen = "seen"

// answerList hears digits after the list.
func answerList(t *line.Turn, q line.Question) (line.Answer, error) {
	seen, missed := listed(t.Read.Text, len(q.Refs))
	if len(seen)+len(missed) == 0 || t.Read.All || len(t.Read.Calls) > 0 && len(t.Read.Mentions) > 0 {
		return line.Answer{}, nil
	}
	r := begin(t)
	r.Calls = nil
	for _, n := range seen {
		r.Calls = append(r.Calls, call{People: []int64{q.Refs[n-1]}, Met: true})
	}
	for _, n := range missed {
		r.Calls = append(r.Calls, call{People: []int64{q.Refs[n-1]}})
	}
	t.Close()
	return store(t, r)
}

// listed reads "1 3 没2 40分钟": the digits seen, and those after 没. Numbers
// before 分 and 钟 and beyond the list are no digits of it.
func listed(text string, n int) (seen, missed []int) {
	closed := false
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '没' || r == '冇':
			closed = true
		case r == '看' || r == '，' || r == ',' || r == '。':
			closed = false
		case r >= '0' && r <= '9':
			j := i
			for j < len(runes) && runes[j] >= '0' && runes[j] <= '9' {
				j++
			}
			d, err := strconv.Atoi(string(runes[i:j]))
			unit := j < len(runes) && strings.ContainsRune("分钟小点个组号", runes[j]) && !(runes[j] == '号')
			i = j - 1
			if err != nil || unit || d < 1 || d > n {
				continue
			}
			if closed {
				missed = append(missed, d)
			} else {
				seen = append(seen, d)
			}
		}
	}
	return seen, missed
}

func listDigits(t *line.Turn) (line.Answer, error) {
	if t.State.Digits[0].Name != choiceSeen {
		return line.Answer{}, nil // digits of 还没看 tell of calls, with a word
	}
	refs := make([]int64, len(t.State.Digits))
	for i, c := range t.State.Digits {
		refs[i] = c.Ref
	}
	return answerList(t, line.Question{Refs: refs})
}
