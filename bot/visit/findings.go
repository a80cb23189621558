package visit

import (
	"fmt"
	"regexp"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// findingsForm asks what waits for the doctor: 有哪些要我看的, 哪些老人病了.
var findingsForm = regexp.MustCompile(`(哪些|哪几个|哪个|几个|有没有|有冇|有么子|还有).{0,8}(要我看|等我看|要看的|要我去看)|(哪些|哪几个|几个|有没有|有冇).{0,6}(老人|人|家).{0,4}(病了|病哒|生病|不舒服|不好过)`)

// findingsShown is how many are told in one reply.
const findingsShown = 8

// asksFindings tells the doctor what he has been told of and not answered; everybody
// else whom to ask.
func asksFindings(t *line.Turn) (line.Answer, error) {
	if !findingsForm.MatchString(t.Read.Text) {
		return line.Answer{}, nil
	}
	if !t.Is(storage.Doctor) {
		if doctors := t.Book.Holders(storage.Doctor, 0); t.Is(visitors...) && len(doctors) > 0 {
			return t.Aside("哪个病了只有医生晓得全，问" + rings(t, doctors[0]) + "。"), nil
		}
		return t.Aside(access.Refusal), nil
	}
	open, err := t.In.OpenFindings()
	if err != nil {
		return line.Answer{}, err
	}
	var told []string
	for _, f := range open {
		if access.May(t.Book, t.Me, access.Seen, f.Elder) {
			told = append(told, fmt.Sprintf("%d组%s：%s，%s报的", t.Book.Person(f.Elder).Group, t.Book.Name(f.Elder), say.Clip(seenThen(f), 16), say.Day(f.CreatedAt.Time().In(storage.Shanghai), t.Now())))
		}
	}
	switch n := len(told); {
	case n == 0:
		return t.Aside("现在没有等您看的。"), nil
	case n > findingsShown:
		told = append(told[:findingsShown], fmt.Sprintf("还有%d位", n-findingsShown))
	}
	return t.Aside("等您看的：\n" + strings.Join(told, "\n") + "\n您看了连名字回一句，我转给报的人。"), nil
}
