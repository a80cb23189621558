package help

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/access"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// The words in which somebody asks why nobody came.
var (
	asksWhy = []string{"为什么", "为么子", "为何", "何解", "怎么还", "何事还", "怎么没", "何事没"}
	nobody  = []string{"没派", "冇派", "不派", "没人", "冇人", "没得人", "没安排", "冇安排", "没来", "冇来", "没去", "冇去", "不来"}
	named13 = regexp.MustCompile(`(?:^|\D)([1-9]\d{1,3})号?`)
)

// why hears 为什么没派我娘 and 13号怎么还没人: the answer is what the records say,
// as far as the reader may know it.
func why(t *line.Turn) (line.Answer, error) {
	text := read.Fold(t.Read.Text).Text
	has := func(w string) bool { return strings.Contains(text, w) }
	if !slices.ContainsFunc(asksWhy, has) || !slices.ContainsFunc(nobody, has) {
		return line.Answer{}, nil
	}
	if m := named13.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1]) // the form has only digits there
		return because(t, n)
	}
	helps, err := whoseHelp(t)
	if err != nil {
		return line.Answer{}, err
	}
	if helps = narrow(t, helps); len(helps) == 0 {
		return line.Answer{}, nil
	}
	return because(t, helps[len(helps)-1].Number)
}

// whoseHelp are the running requests that a question without a number can mean:
// the speaker's own, and those of kin he may hear of.
func whoseHelp(t *line.Turn) ([]storage.Help, error) {
	helps, err := mine(t)
	if err != nil {
		return nil, err
	}
	for _, elder := range kin(t) {
		if !access.May(t.Book, t.Me, access.Wants, elder) {
			continue
		}
		more, err := t.In.HelpsFor(elder)
		if err != nil {
			return nil, err
		}
		helps = append(helps, more...)
	}
	slices.SortFunc(helps, func(a, b storage.Help) int { return int(a.ID - b.ID) })
	return helps, nil
}

// because tells why a request stands as it does.
func because(t *line.Turn, number int) (line.Answer, error) {
	h, found, err := t.In.HelpNumbered(number)
	if err != nil {
		return line.Answer{}, err
	}
	if !found || !access.HolderOf(t.Book, t.Me, h) {
		return line.Say(fmt.Sprintf("您名下没有%d号这件事。", number)), nil
	}
	text := fmt.Sprintf("%d号%s：%s。", number, brief(t.Book, h, t.Now()), standing(t, h))
	if oversees(t, h) || t.Me == h.Elder {
		spoke, err := spokenBy(t.In, t.Book, h)
		if err != nil {
			return line.Answer{}, err
		}
		text += spoke
	}
	if h.State == storage.Open || h.State == storage.Held {
		story, err := ladder.Story(t.In, t.Book, h, oversees(t, h))
		if err != nil {
			return line.Answer{}, err
		}
		text += story
	}
	return t.Aside(text + urgentLine(t)), nil
}

// oversees reports whether the speaker looks after the village or the group,
// and may know who was asked.
func oversees(t *line.Turn, h storage.Help) bool {
	return t.Is(storage.Secretary, storage.Chair) || leads(t, h.Elder)
}
