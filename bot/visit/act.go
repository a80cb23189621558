package visit

import (
	"fmt"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// act hears what the secretary-general says of an elder nobody has seen: where he
// is, or that he was seen. Only her words settle the attempt; a digit alone tells
// the story with the telephones.
func act(t *line.Turn, id int64) (line.Answer, error) {
	if id < 0 {
		return courtesy(t, -id)
	}
	a, found, err := t.In.Visit(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	words := strings.TrimSpace(t.Read.Text)
	switch {
	case words == "":
		return story(t, a)
	case notSeen(t.Read.Word, words), nobodyThere(words), callFailed(words), line.CannotReach(words):
		a.Reason = strings.Trim(a.Reason+"；"+say.Clip(words, 30), "；")
		return line.Ask(label(t, a.Elder) + "还没见到，记上了，这件留着。有不对劲马上打110、120。"), t.In.SaveVisit(a)
	}
	return seen(t, []int64{id}, words)
}

// story tells of a closed door what is known, and whom to ring.
func story(t *line.Turn, a storage.Visit) (line.Answer, error) {
	kin, err := t.In.Contacts(a.Elder)
	if err != nil {
		return line.Answer{}, err
	}
	p := t.Book.Person(a.Elder)
	return line.Say(fmt.Sprintf("没见到%d组%s：%s去的，讲“%s”。电话：%s。晓得在哪里就讲一句，比如“去女儿家了”；还没着落回“没人接”。",
		p.Group, p.Name, t.Book.Name(a.Visitor), why(a), numbers(p, kin))), nil
}

// callFailed reports whether words tell of a telephone call that reached nobody.
func callFailed(text string) bool {
	for _, o := range outcomes {
		if o.outcome != storage.CallThrough && slices.ContainsFunc(o.words, func(w string) bool { return strings.Contains(text, w) }) {
			return true
		}
	}
	return false
}
