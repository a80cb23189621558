package complaint

import (
	"fmt"
	"slices"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// days is within how many days a person answers (village practice M).
const days = 10

// hotline is the government's number for everybody who is not content with what
// the village or the town does.
const hotline = "12345"

// readers are those who watch over the others, but for whom the line names and for
// whoever sits at the desk that the complaint may be about.
func readers(t *line.Turn, about ...int64) []int64 {
	var ids []int64
	for _, role := range watchers {
		for _, id := range t.Book.Holders(role, 0) {
			if id != t.Me && !slices.Contains(ids, id) && !slices.Contains(about, id) && !slices.Contains(mentioned(t), id) && !t.Book.Has(id, storage.Secretary) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// who names the readers: 只给会长张远志.
func who(t *line.Turn) string {
	var names []string
	for _, id := range readers(t) {
		names = append(names, office(t, id))
	}
	return "只给" + say.List(names)
}

// office is a reader's name with what he is: 会长张远志.
func office(t *line.Turn, id int64) string {
	for _, role := range watchers {
		if t.Book.Has(id, role) {
			return role + t.Book.Name(id)
		}
	}
	return t.Book.Name(id)
}

// elsewhere says whom to ring where nobody of the village may read it.
func elsewhere(t *line.Turn) line.Answer {
	return line.Say("这个村里不好转，请打" + hotline + "，他们会问到底。有危险打110。")
}

// send owes the words to each reader whom the account reaches.
func send(t *line.Turn, q line.Question, named bool) (line.Answer, error) {
	t.Close()
	var told []string
	for _, id := range readers(t, q.Refs...) {
		reach, err := t.In.MembersOf(id)
		if err != nil {
			return line.Answer{}, err
		}
		if len(reach) == 0 {
			continue
		}
		if err := t.Owe(notice(t, id, q.Data, named)); err != nil {
			return line.Answer{}, err
		}
		told = append(told, office(t, id))
	}
	if len(told) == 0 {
		return elsewhere(t), nil
	}
	text := fmt.Sprintf("好，转给%s，请%d天内答复您。", say.List(told), days)
	if !named {
		text = fmt.Sprintf("好，转给%s，没写您的名字。", say.List(told))
	}
	return line.Say(text + "没有结果就打" + hotline + "。"), follow(t, named)
}

// follow owes the complainant a word if nobody's telephone took his complaint, and
// one when the days are over: nobody else watches over an answer.
func follow(t *line.Turn, named bool) error {
	n := storage.Notice{
		Person: t.Me, Kind: noteLost, Subject: subject(t), Period: "1", Weight: storage.Direct, NotBefore: storage.At(t.Now().AddDate(0, 0, 1)),
		Lead: "有1件事告诉您，回“看”", Words: "您提的意见还没送到人手里，请打" + hotline + "，莫等。",
	}
	if err := t.Owe(n); err != nil || !named {
		return err
	}
	n.Kind, n.NotBefore = noteDue, storage.At(t.Now().AddDate(0, 0, days))
	n.Words = fmt.Sprintf("您%d天前提的意见，有人答复您没有？没有就打%s。", days, hotline)
	return t.Owe(n)
}

// freshLost keeps the word of a lost complaint from whoever's was delivered.
func freshLost(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	sent, err := v.NoticesAbout(note, n.Subject)
	for _, s := range sent {
		if s.State == storage.NoticeSent {
			return n.Subject + " was delivered", err
		}
	}
	return "", err
}

// subject names one complaint.
func subject(t *line.Turn) string {
	key := t.Source()
	return "complaint:" + key[max(0, len(key)-30):]
}

// notice is what one reader gets.
func notice(t *line.Turn, to int64, words string, named bool) storage.Notice {
	from, answer := "一位乡亲（没留名）", "请查一下，莫去问是哪个讲的。"
	if named {
		p := t.Book.Person(t.Me)
		from, answer = fmt.Sprintf("%d组%s", p.Group, p.Name), fmt.Sprintf("没留电话，请%d天内上门答复。", days)
		if p.Phone != "" {
			answer = fmt.Sprintf("请%d天内答复，电话%s。", days, p.Phone)
		}
	}
	return storage.Notice{
		Person: to, Kind: note, Subject: subject(t), Period: "1", Weight: storage.Direct,
		Lead: "有人提了1条意见，回“看”", Words: fmt.Sprintf("%s提意见：“%s”。%s莫转给被讲的人。", from, say.Clip(words, 200), answer),
	}
}
