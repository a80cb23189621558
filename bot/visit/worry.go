package visit

import (
	"fmt"
	"slices"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// worriedAbout is the elder about whom somebody who is no visitor tells what cannot
// wait for the brief: three days without light, two without food. 0: nobody.
func worriedAbout(t *line.Turn) int64 {
	for _, c := range t.Read.Calls {
		urgent := slices.ContainsFunc(c.Findings, func(f read.Finding) bool { return f.Urgent })
		if people := narrow(t, c.Mention.People); urgent && len(people) == 1 && people[0] != t.Me {
			return people[0]
		}
	}
	return 0
}

// worry tells the secretary-general and the group's leader at once what somebody has
// seen of an elder, and what the speaker can do himself. It is no visit and no
// attempt: he was not sent there.
func worry(t *line.Turn, elder int64) (line.Answer, error) {
	p := t.Book.Person(elder)
	n := storage.Notice{
		Kind: noteWorry, Subject: subject("elder", elder), Period: storage.Day(t.Now()), Weight: storage.Urgent, Lead: "有位老人请马上看，回“看”",
		Words: fmt.Sprintf("%d组%s：%s讲“%s”。请找人马上去看一眼，有不对劲打110、120。", p.Group, p.Name, rings(t, t.Me), t.Read.Text),
	}
	told := slices.Concat(t.Book.Holders(storage.Secretary, 0), t.Book.Holders(storage.Leader, p.Group))
	slices.Sort(told)
	told = slices.DeleteFunc(slices.Compact(told), func(id int64) bool { return id == t.Me || id == elder })
	if err := each(told, n, t.Owe); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("多谢您讲，马上报%s。您在近处就去喊一声，莫撞门；喊不应打110、120。", t.Book.Called())), t.Leave(t.Read.Text)
}
