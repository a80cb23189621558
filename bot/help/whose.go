package help

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// takeWho finds the beneficiary: whom the line names, else the kin it names,
// else the speaker himself.
func takeWho(d *draft, t *line.Turn) bool {
	switch ids := named(t); {
	case len(d.Choices) > 0:
		yes := t.Read.Answer == read.Yes || t.Read.Answer == read.Ack
		if d.Elder = choose(d.Choices, t); d.Elder == 0 && yes && nextDoor(t, *d) {
			d.Elder = d.Choices[0]
		}
	case len(ids) == 1:
		d.Elder = ids[0]
	case len(ids) > 1:
		d.Choices = ids[:min(len(ids), 8)]
	case t.Read.Kin != "":
		d.Choices = kin(t)
		if len(d.Choices) == 1 {
			d.Elder, d.Choices = d.Choices[0], nil
		}
	case forAnother.MatchString(t.Read.Text):
		// 隔壁屋里老人: somebody else, who has yet to be named
	case len(unnamed(t)) > 0:
		d.Choices = unnamed(t)
		if len(d.Choices) == 1 {
			d.Elder, d.Choices = d.Choices[0], nil
		}
	case t.Read.Self || !t.Is(storage.Helper, storage.Secretary, storage.Leader, storage.Doctor, storage.Cook):
		d.Elder = t.Me
	}
	return d.Elder != 0
}

// forAnother is said of somebody who is not the speaker and is not named.
var forAnother = regexp.MustCompile(`(隔壁|邻居|对门|屋边上|别个|别人|人家|那个|这个|有个|一个)[^，,。 ]{0,4}(老人家?|爹爹|婆婆|娭毑|爷爷|奶奶|老大爷|大妈)|` +
	`(帮|给|替)[一]?[下]?(我)?(们)?(的)?(隔壁|邻居|对门|别个|人家|老人家)`)

// unnamed are those whom a line may mean that names nobody: whom the speaker speaks
// for, or behind 他 and 她 the elder whom he has just reported.
func unnamed(t *line.Turn) []int64 {
	if ids := t.Meant(); len(ids) > 0 {
		return ids
	}
	if !t.SaysThey() || t.Read.Self || len(t.Read.Mentions) > 0 || t.Read.Kin != "" || !t.Is(storage.Helper, storage.Leader, storage.Doctor, storage.Secretary) {
		return nil
	}
	key, err := t.In.LastReport(t.Me, storage.At(t.Now().Add(-justReported)))
	if err != nil || key == "" {
		return nil // who it is is asked then
	}
	visits, err := t.In.VisitsFrom(key)
	if err != nil || len(visits) != 1 {
		return nil
	}
	return []int64{visits[0].Elder}
}

// justReported is how long 她 means the elder of a report.
const justReported = 30 * time.Minute

// named are the people the line names first, narrowed by a group said.
func named(t *line.Turn) []int64 {
	if len(t.Read.Mentions) == 0 {
		return nil
	}
	ids := t.Read.Mentions[0].People
	if t.Read.Group == 0 || len(ids) < 2 {
		return ids
	}
	var here []int64
	for _, id := range ids {
		if t.Book.Person(id).Group == t.Read.Group {
			here = append(here, id)
		}
	}
	if len(here) == 0 {
		return ids
	}
	return here
}

// kin are those whom the speaker may speak for and who fit 我爸, 我娘.
func kin(t *line.Turn) []int64 {
	var ids []int64
	for _, p := range t.Book.Proxies(t.Me) {
		if fits(t.Read.Kin, t.Book.Person(p.Elder).Sex) {
			ids = append(ids, p.Elder)
		}
	}
	return ids
}

func fits(kin, sex string) bool {
	switch kin {
	case "father", "grandfather", "uncle":
		return sex != "F"
	case "mother", "grandmother", "aunt":
		return sex != "M"
	}
	return true
}

// choose finds the answer to "which of them": a digit, a group, a name, or 是
// to the first.
func choose(ids []int64, t *line.Turn) int64 {
	if d := t.Read.Digits; len(d) == 1 && d[0] >= 1 && d[0] <= len(ids) {
		return ids[d[0]-1]
	}
	var fit []int64
	for _, id := range ids {
		inGroup := t.Read.Group != 0 && t.Book.Person(id).Group == t.Read.Group
		byName := len(t.Read.Mentions) > 0 && slices.Contains(t.Read.Mentions[0].People, id) && len(t.Read.Mentions[0].People) < len(ids)
		if inGroup || byName {
			fit = append(fit, id)
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0]
	case len(ids) == 1 && (t.Read.Answer == read.Yes || t.Read.Answer == read.Ack):
		return ids[0]
	}
	return 0
}

// nextDoor reports whether 隔壁 was said and of two only the first lives in the
// speaker's own group: it is asked whether it is he, never guessed.
func nextDoor(t *line.Turn, d draft) bool {
	own, ids := t.Book.Person(t.Me).Group, d.Choices
	return len(ids) == 2 && strings.Contains(d.Detail, "隔壁") && own != 0 && t.Book.Person(ids[0]).Group == own && t.Book.Person(ids[1]).Group != own
}

// askWho asks which of several, showing group, age and household head: never a
// silent guess on a tie.
func askWho(t *line.Turn, d draft) string {
	if len(d.Choices) == 0 {
		return "是哪位要帮忙？讲名字和几组，是您自己就回“我自己”。"
	}
	if nextDoor(t, d) {
		near, far := t.Book.Person(d.Choices[0]), t.Book.Person(d.Choices[1])
		return fmt.Sprintf("是%d组您隔壁的%s%s吗？是就回“是”，是%d组的%s就回“%d组”。", near.Group, near.Name, ageOf(t, near.ID), far.Group, far.Name, far.Group)
	}
	var parts []string
	for i, id := range d.Choices {
		p := t.Book.Person(id)
		parts = append(parts, fmt.Sprintf("%d %d组%s", i+1, p.Group, t.Book.Name(id))+ageOf(t, id))
	}
	return "是哪一位？" + strings.Join(parts, " ") + "，回数字。"
}

func ageOf(t *line.Turn, id int64) string {
	if age := t.Book.Age(id, t.Now()); age > 0 {
		return fmt.Sprintf("（%d岁）", age)
	}
	return ""
}
