package visit

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// leaving are the words in which it is said that a volunteer leaves.
var leaving = []string{"走了", "走哒", "不做了", "不干了", "不当志愿者", "不做志愿者", "退出", "不来了", "搬走了"}

// leaves hears 满妹走了 from the office: a volunteer leaves, and for each elder of
// hers somebody else is proposed, so that nobody falls off a list (settled.md
// 31). 走了 may also mean that she has died or not come home: the same bubble
// says what to answer then.
func leaves(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Mentions) != 1 || !t.Is(storage.Secretary, storage.Chair) || len([]rune(t.Read.Text)) > 14 {
		return line.Answer{}, nil
	}
	if !slices.ContainsFunc(leaving, func(w string) bool { return strings.Contains(t.Read.Text, w) }) {
		return line.Answer{}, nil
	}
	people := slices.DeleteFunc(slices.Clone(t.Read.Mentions[0].People), func(id int64) bool { return !t.Book.Has(id, storage.Helper) })
	if len(people) != 1 {
		return line.Answer{}, nil
	}
	return propose(t, people[0])
}

// resigning are a volunteer's own words for the same.
var resigning = regexp.MustCompile(`^(我)?(也)?(想|要)?(不想|不|不再|不能再|不能|做不了|干不了|当不了|没办法再|没空再)(再)?(做|当|干)?(这个)?(志愿者|志愿)|^我?(要|想)?退出志愿|志愿者我?(不做了|不当了|不干了|做不了了)`)

// resigns passes on to the office that a volunteer wants to leave: who visits her
// elders from then on is settled there, and until then nothing changes.
func resigns(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Mentions) > 0 || !t.Is(storage.Helper) || !resigning.MatchString(strings.TrimSpace(t.Read.Text)) {
		return line.Answer{}, nil
	}
	words := fmt.Sprintf("%s（定了就回“%s不做了”，她看的老人我列出来交）", say.Clip(t.Read.Text, 40), t.Book.Name(t.Me))
	return line.Say("好，我跟" + t.Book.Called() + "讲，接手的人定了告诉您。手上接了的事去不成，回“不”加号码。这些日子辛苦您了。"), t.Leave(words)
}

// propose asks whether a volunteer's elders go to whom it names.
func propose(t *line.Turn, volunteer int64) (line.Answer, error) {
	elders := t.Book.Cares(volunteer)
	serving, err := t.In.Volunteers()
	if err != nil {
		return line.Answer{}, err
	}
	load := map[int64]int{}
	heirs := make([]int64, len(elders))
	for i, e := range elders {
		heirs[i] = heir(t, serving, load, e, volunteer)
		load[heirs[i]]++
	}
	return offer(t, volunteer, elders, heirs), nil
}

// heir is who visits an elder from now on: whoever steps in already, else the
// serving volunteer of the nearest group who has the fewest elders, else the
// group's leader, else the office itself.
func heir(t *line.Turn, serving []storage.Volunteer, load map[int64]int, elder, leaver int64) int64 {
	fits := func(id int64) bool {
		return id != 0 && id != leaver && id != elder && t.Book.Has(id, storage.Helper) && !t.Book.AwayOn(id, t.Now())
	}
	if p, ok := t.Book.Plan(elder); ok && fits(p.Backup) {
		return p.Backup
	}
	group := t.Book.Person(elder).Group
	serving = slices.DeleteFunc(slices.Clone(serving), func(r storage.Volunteer) bool { return !fits(r.Person) })
	if len(serving) > 0 {
		near := func(id int64) int { return max(t.Book.Person(id).Group-group, group-t.Book.Person(id).Group) }
		has := func(id int64) int { return len(t.Book.Cares(id)) + load[id] }
		return slices.MinFunc(serving, func(x, y storage.Volunteer) int {
			return cmp.Or(cmp.Compare(near(x.Person), near(y.Person)), cmp.Compare(has(x.Person), has(y.Person)), cmp.Compare(x.Person, y.Person))
		}).Person
	}
	for _, id := range append(t.Book.Holders(storage.Leader, group), t.Book.Holders(storage.Secretary, 0)...) {
		if id != leaver && id != elder {
			return id
		}
	}
	return t.Me
}

// offer opens the question.
func offer(t *line.Turn, volunteer int64, elders, heirs []int64) line.Answer {
	who := t.Book.Name(volunteer)
	ids := make([]string, len(heirs))
	var parts []string
	for i, e := range elders {
		ids[i] = strconv.FormatInt(heirs[i], 10)
		if i < linesShown {
			parts = append(parts, fmt.Sprintf("%d %s给%s", i+1, t.Book.Name(e), t.Book.Name(heirs[i])))
		}
	}
	text := who + "不当志愿者了？没有包户。是的回“对”"
	if len(elders) > 0 {
		text = fmt.Sprintf("%s不当志愿者了？看的%d位这样交：%s", who, len(elders), strings.Join(parts, " "))
		if len(elders) > linesShown {
			text += fmt.Sprintf(" 还有%d位也交好了", len(elders)-linesShown)
		}
		text += "。要得就回“对”，要换讲“1给红梅”"
	}
	refs := append([]int64{volunteer}, elders...)
	return t.Question(line.Question{
		Line: name, Name: askHandover, Ref: volunteer, Refs: refs, Data: strings.Join(ids, ","),
		Text: text + "。要是过世了、没回来，讲“" + who + "过世”“" + who + "没回来”。",
	})
}

// linesShown is how many elders of a handover are read out; more would be no
// bubble that anybody reads.
const linesShown = 9

// answerHandover hears 对, or who else one of the elders goes to.
func answerHandover(t *line.Turn, q line.Question) (line.Answer, error) {
	elders := q.Refs[1:]
	heirs := make([]int64, len(elders))
	for i, id := range strings.Split(q.Data, ",") {
		if i < len(heirs) {
			heirs[i], _ = strconv.ParseInt(id, 10, 64) // written by offer
		}
	}
	switch {
	case t.Read.Answer == read.Yes:
		t.Close()
		return handOver(t, q.Ref, elders, heirs)
	case t.Read.Answer == read.No:
		t.Close()
		return line.Say("好，" + t.Book.Name(q.Ref) + "照旧，没有动。"), nil
	}
	changed := false
	for _, o := range t.Read.Orders {
		if o.Do == read.Assign && o.Ref >= 1 && o.Ref <= len(elders) && len(o.Mention.People) == 1 && o.Mention.People[0] != q.Ref {
			heirs[o.Ref-1], changed = o.Mention.People[0], true
		}
	}
	if !changed {
		return line.Answer{}, nil
	}
	return offer(t, q.Ref, elders, heirs), nil
}

// handOver stores who visits whom from now on, and tells the new visitors.
func handOver(t *line.Turn, volunteer int64, elders, heirs []int64) (line.Answer, error) {
	of := map[int64][]string{}
	for i, e := range elders {
		p, _ := t.Book.Plan(e)
		backup := p.Backup
		if backup == heirs[i] || backup == volunteer {
			backup = 0
		}
		if err := t.In.SetVisitors(e, heirs[i], backup); err != nil {
			return line.Answer{}, err
		}
		of[heirs[i]] = append(of[heirs[i]], strconv.Itoa(t.Book.Person(e).Group)+"组"+t.Book.Name(e))
	}
	if err := unback(t, volunteer, elders); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LeaveVolunteer(volunteer); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.Changed(); err != nil {
		return line.Answer{}, err
	}
	for _, heir := range slices.Compact(slices.Sorted(slices.Values(heirs))) {
		err := t.Owe(storage.Notice{
			Person: heir, Kind: noteHeir, Subject: subject("left", volunteer), Period: storage.Day(t.Now()), Weight: storage.Direct, Lead: "看望的名单有变动，回“看”",
			Words: fmt.Sprintf("%s不做了，往后请您看：%s。去不成跟%s讲一声。", t.Book.Name(volunteer), say.List(of[heir]), t.Book.Called()),
		})
		if err != nil {
			return line.Answer{}, err
		}
	}
	if err := t.Publish(line.Fact{Kind: line.Left, Person: volunteer}); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，交了%d位，都告诉了接手的人。%s手上接的事也另外问人。", len(elders), t.Book.Name(volunteer))), nil
}

// unback takes a volunteer out wherever she only stepped in.
func unback(t *line.Turn, volunteer int64, handed []int64) error {
	for _, visitor := range t.Book.Visitors() {
		for _, e := range t.Book.Cares(visitor) {
			if p, _ := t.Book.Plan(e); p.Backup == volunteer && !slices.Contains(handed, e) {
				if err := t.In.SetVisitors(e, p.Visitor, 0); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// freshHeir lets the word to a new visitor live as long as he visits.
func freshHeir(_ storage.In, b *book.Book, n *storage.Notice) (string, error) {
	if len(b.Cares(n.Person)) == 0 {
		return "he visits nobody", nil
	}
	if strings.HasPrefix(n.Subject, "elder:") {
		elder, err := idOf(n.Subject)
		if p, _ := b.Plan(elder); err != nil || p.Visitor != n.Person {
			return n.Subject + " is visited by another", err
		}
	}
	return "", nil
}
