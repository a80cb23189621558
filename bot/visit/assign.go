package visit

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"mishu/bot/line"
	"mishu/storage"
)

var (
	// assignForm is who visits whom from now on: 桂花婶归满妹看, 忠良爹以后交给红梅.
	assignForm = regexp.MustCompile(`(归|交给|转给|给|由)[^，,。]{2,6}?(看|包|探访|看望|负责|管)(了|吧)?[。.!！]?$|以后(归|交给|由|给)|(包户|探访人|看望的人)(是|换成|改成|换)`)
	// listForm puts somebody on the visit list: 把罗秀英加到名单.
	listForm = regexp.MustCompile(`(加|列|放|添)(到|进|入|上)?(探访|看望|走访)?(的)?名单|名单(里|上)?(加|添)`)
)

// assigns hears from the secretary-general who visits an elder from now on, and who
// goes on the visit list.
func assigns(t *line.Turn) (line.Answer, error) {
	if !t.Is(storage.Secretary) || len(t.Read.Mentions) == 0 || len(t.Read.Mentions) > 2 {
		return line.Answer{}, nil
	}
	switch {
	case len(t.Read.Mentions) == 2 && assignForm.MatchString(t.Read.Text):
		return assign(t)
	case len(t.Read.Mentions) == 1 && listForm.MatchString(t.Read.Text):
		return enlist(t)
	}
	return line.Answer{}, nil
}

// assign makes the second who is named the visitor of the first.
func assign(t *line.Turn) (line.Answer, error) {
	elders := narrow(t, t.Read.Mentions[0].People)
	visitors := slices.DeleteFunc(slices.Clone(t.Read.Mentions[1].People), func(id int64) bool { return !t.Book.Has(id, storage.Helper, storage.Leader) })
	switch {
	case len(visitors) == 0:
		return line.Ask("往后看望的要是志愿者或组长。讲“桂花婶归满妹看”这样。"), nil
	case len(elders) != 1 || len(visitors) != 1:
		return line.Ask("是哪一位？连几组一起讲，比如“3组夏桂花归夏满妹看”。"), nil
	}
	elder, visitor := elders[0], visitors[0]
	p, listed, err := t.In.Plan(elder)
	if err != nil {
		return line.Answer{}, err
	}
	if listed && p.Visitor == visitor {
		return line.Say(t.Book.Name(elder) + "本来就归" + t.Book.Name(visitor) + "看。"), nil
	}
	if !listed {
		if err := t.In.AddPlan(storage.Plan{Person: elder, Visitor: visitor}); err != nil {
			return line.Answer{}, err
		}
	} else if err := t.In.SetVisitors(elder, visitor, other(p.Backup, visitor)); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.Changed(); err != nil {
		return line.Answer{}, err
	}
	text := fmt.Sprintf("好，%s往后归%s看。", t.Book.Name(elder), t.Book.Name(visitor))
	if listed && p.Visitor != 0 {
		text = fmt.Sprintf("好，%s往后归%s看，原先是%s。", t.Book.Name(elder), t.Book.Name(visitor), t.Book.Name(p.Visitor))
	}
	return line.Say(text), t.Owe(storage.Notice{
		Person: visitor, Kind: noteHeir, Subject: subject("elder", elder), Period: storage.Day(t.Now()) + "." + strconv.FormatInt(visitor, 10), Weight: storage.Direct,
		Lead: "看望的名单有变动，回“看”", Words: fmt.Sprintf("往后请您看：%d组%s。去不成跟%s讲一声。", t.Book.Person(elder).Group, t.Book.Name(elder), t.Book.Called()),
	})
}

// other is a backup, unless he is the visitor himself now.
func other(backup, visitor int64) int64 {
	if backup == visitor {
		return 0
	}
	return backup
}

// enlist puts somebody on the visit list, whom nobody visits yet.
func enlist(t *line.Turn) (line.Answer, error) {
	people := t.Read.Mentions[0].People
	if t.Read.Group != 0 || len(people) > 1 {
		people = narrow(t, people)
	}
	if len(people) != 1 {
		return line.Ask("是哪一位？连几组一起讲，比如“把3组夏桂花加到名单”。"), nil
	}
	called := t.Book.Name(people[0])
	p, listed, err := t.In.Plan(people[0])
	switch {
	case err != nil:
		return line.Answer{}, err
	case listed && p.State != storage.PlanOn:
		return line.Say(called + "在名单上，探访先停着。接着看就讲“" + called + "回来了”。"), nil
	case listed:
		return line.Say(called + "已经在名单上。"), nil
	}
	if err := t.In.AddPlan(storage.Plan{Person: people[0]}); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.Changed(); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%s加进看望的名单了。归哪个看？讲“%s归满妹看”这样。", called, called)), nil
}
