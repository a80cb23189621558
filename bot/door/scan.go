// Package door answers whoever scans the code that hangs in a household: each by
// what he is in the village. A scan records nothing: a visit needs words.
package door

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// Scene is the number of a code that was scanned, 0 if none was.
func Scene(m talk.Message) int {
	if m.Kind != talk.Event || m.Event != talk.Scan && m.Event != talk.Subscribe {
		return 0
	}
	n, err := strconv.Atoi(m.EventKey)
	if err != nil || n < 1 || n > storage.DoorsBound {
		return 0
	}
	return n
}

// Scan answers a scan of somebody who is bound; a stranger is greeted by the
// line that knows strangers, and hears no name.
func Scan(t *line.Turn) (line.Answer, error) {
	scene := Scene(t.Msg)
	if t.Me == 0 || scene == 0 && t.Msg.Event != talk.Scan {
		return line.Answer{}, nil
	}
	d, found, err := t.In.Tx().Door(scene)
	if err != nil {
		return line.Answer{}, err
	}
	if !found || d.Village != t.In.ID {
		return line.Ask("这张码不是" + t.Book.Village.Name + "的，或者没人用了，请交给" + t.Book.Called() + "。要帮忙直接讲。"), nil
	}
	t.State.Keep() // whatever was asked is not answered by a scan
	elders := t.Book.Behind(*d.Household)
	t.State.Door = &line.Door{People: elders, At: t.Now().UnixMilli()}
	return answer(t, *d.Household, elders)
}

// answer is the reader's own: who lives here, who may know the elders, everybody
// else.
func answer(t *line.Turn, household int64, elders []int64) (line.Answer, error) {
	known := slices.DeleteFunc(slices.Clone(elders), func(id int64) bool { return !access.May(t.Book, t.Me, access.Visited, id) })
	switch {
	case t.Book.Person(t.Me).Household == household:
		t.State.Door = nil
		return line.Ask("这是您屋里的码。要人帮忙就直接讲一句，急病先打120。" + telephone(t)), nil
	case len(known) == 0:
		return neighbour(t)
	case t.Is(storage.Doctor):
		return doctor(t, known)
	case !t.Is(visitors...):
		return line.Ask(names(t, known) + "家。要人帮忙、问看望，直接讲一句。" + telephone(t)), nil
	}
	return visitor(t, known)
}

// visitors are the roles that report visits.
var visitors = []string{storage.Helper, storage.Leader, storage.Secretary, storage.Chair, storage.ChildCare, storage.Cook}

func visitor(t *line.Turn, elders []int64) (line.Answer, error) {
	text := names(t, elders) + "家。"
	if t.Is(storage.Secretary, storage.Leader, storage.Chair) {
		seen, err := lastSeen(t, elders[0])
		if err != nil {
			return line.Answer{}, err
		}
		text += seen
	}
	if len(elders) > 1 {
		return line.Ask(text + fmt.Sprintf("看了回“看了%s”这样，一个一个讲；没见到就讲没见到。", t.Book.Name(elders[0]))), nil
	}
	return line.Ask(text + "看了回“看了”，没见到回“没见到”，别的直接讲。"), nil
}

func lastSeen(t *line.Turn, elder int64) (string, error) {
	p, found, err := t.In.Plan(elder)
	if err != nil || !found {
		return "", err
	}
	who := ""
	if p.Visitor != 0 {
		who = t.Book.Name(p.Visitor) + "管，"
	}
	if day, err := time.ParseInLocation(time.DateOnly, p.LastDay, storage.Shanghai); err == nil {
		return fmt.Sprintf("%s上次见到是%d月%d日。", who, day.Month(), day.Day()), nil
	}
	return who + "还没人看过。", nil
}

// findingsShown is how many findings a doctor is shown in one bubble.
const findingsShown = 2

// doctor shows what visitors saw and nobody has answered yet.
func doctor(t *line.Turn, elders []int64) (line.Answer, error) {
	text := names(t, elders) + "家。"
	for _, id := range elders {
		found, err := t.In.FindingsOf(id)
		if err != nil {
			return line.Answer{}, err
		}
		for _, f := range found[:min(len(found), findingsShown)] {
			at := f.CreatedAt.Time().In(storage.Shanghai)
			text += fmt.Sprintf("%d月%d日%s讲：%s。", at.Month(), at.Day(), t.Book.Name(f.Reporter), f.Words)
		}
	}
	return line.Ask(text + "看了回“看了”，情况直接讲。"), nil
}

// neighbour is anybody else of the village: no name, one question.
func neighbour(t *line.Turn) (line.Answer, error) {
	return t.Question(line.Question{Line: name, Name: askHelp, Text: "这屋有事？要人帮回“帮”。急病先打120。" + telephone(t)}), nil
}

func telephone(t *line.Turn) string {
	if phone := t.Book.OnDuty(t.Now()); phone != "" {
		return "急事打" + phone + "。"
	}
	return ""
}

func names(t *line.Turn, people []int64) string {
	var all []string
	for _, id := range people {
		all = append(all, t.Book.Name(id))
	}
	return strings.Join(all, "、")
}
