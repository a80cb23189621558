package read

import (
	"regexp"
	"strconv"
	"strings"
)

// Chain is a 接龙 that was pasted from a group of chats: people who added their
// names to a list one after another.
type Chain struct {
	Title string   // what it is about, as typed
	Help  int      // the request it names, 0 if none
	Names []string // as typed, without their numbers
}

var (
	chainHead  = regexp.MustCompile(`^#? ?(接龙|group note)`)
	chainEntry = regexp.MustCompile(`^(\d{1,3}) ?[.、,．:)]? ?(\D.*)$`)
	chainHelp  = regexp.MustCompile(`(?:接 ?([1-9]\d{1,3}))|(?:([1-9]\d{1,3})号)`)
)

// chainBound is how many people of a chain are read; a village's hall holds no
// more.
const chainBound = 200

// Chained reads a 接龙; false if a text is none. Lines that begin with a number
// and go on with words are its people, what stands before them is its title.
func Chained(text string) (Chain, bool) {
	folded := Fold(head(text)).Text
	if !chainHead.MatchString(folded) {
		return Chain{}, false
	}
	var c Chain
	var title []string
	for _, l := range strings.Split(folded, "\n") {
		m := chainEntry.FindStringSubmatch(strings.TrimSpace(l))
		switch {
		case m != nil && strings.Contains(m[2], "号") && len(c.Names) == 0:
			title = append(title, l) // 13号助医 names the request, no person
		case m != nil && len(c.Names) < chainBound:
			c.Names = append(c.Names, strings.Trim(m[2], trimmed))
		case len(c.Names) == 0:
			title = append(title, l)
		}
	}
	c.Title = strings.Trim(chainHead.ReplaceAllString(strings.Join(title, " "), ""), trimmed)
	if m := chainHelp.FindStringSubmatch(c.Title); m != nil {
		c.Help, _ = strconv.Atoi(m[1] + m[2]) // one of them has only digits, the other is empty
	}
	return c, len(c.Names) > 0
}
