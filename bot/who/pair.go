package who

import (
	"fmt"
	"slices"

	"mishu/bot/roster"
)

// pair is who visits an elder, as rows of the sheet; -1 for nobody.
type pair struct{ visitor, backup int }

// pairs finds the visitors of all rows by name. A name that fits nobody, or
// several equally well, is a problem of the sheet.
func pairs(rows []roster.Row) ([]pair, []roster.Problem) {
	byName := map[string][]int{}
	for i, r := range rows {
		for _, name := range append([]string{r.Name}, r.Aliases...) {
			if !slices.Contains(byName[name], i) {
				byName[name] = append(byName[name], i)
			}
		}
	}
	var problems []roster.Problem
	find := func(at int, column, name string) int {
		if name == "" || !rows[at].Listed {
			return -1
		}
		found := closest(rows, without(byName[name], at), rows[at].Group)
		if len(found) == 1 {
			return found[0]
		}
		problems = append(problems, roster.Problem{Line: rows[at].Line, Column: column, Reason: reason(name, found)})
		return -1
	}
	all := make([]pair, len(rows))
	for i, r := range rows {
		all[i] = pair{visitor: find(i, "探访人", r.Visitor), backup: find(i, "替补", r.Backup)}
	}
	return all, problems
}

func without(found []int, at int) []int {
	return slices.DeleteFunc(slices.Clone(found), func(i int) bool { return i == at })
}

// closest keeps the helpers, if there are any, and of those the ones whose group
// is nearest; the numbers of the groups follow the valley.
func closest(rows []roster.Row, found []int, group int) []int {
	helpers := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return len(rows[i].Roles) == 0 })
	if len(helpers) > 0 {
		found = helpers
	}
	apart := func(i int) int { return max(rows[i].Group-group, group-rows[i].Group) }
	if len(found) < 2 {
		return found
	}
	nearest := slices.MinFunc(found, func(x, y int) int { return apart(x) - apart(y) })
	return slices.DeleteFunc(slices.Clone(found), func(i int) bool { return apart(i) != apart(nearest) })
}

func reason(name string, found []int) string {
	if len(found) == 0 {
		return fmt.Sprintf("表里没有叫“%s”的人，请先把他写进表里", name)
	}
	return fmt.Sprintf("叫“%s”的有%d个人，分不清是哪个，请在去的那个人的“身份”里写上“志愿者”", name, len(found))
}
