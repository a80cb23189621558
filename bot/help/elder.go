package help

import (
	"fmt"
	"slices"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/storage"
)

// elderAsked is whom a question is about when the speaker has asked nothing for
// him: 我爸这两天怎么样, or the secretary-general's 桂花婶那个事怎么样了; several where it is a
// tie. Nobody is named to who may not hear of him: the answer must be the one that
// an invented name gets.
func elderAsked(t *line.Turn, mine []storage.Help) (ids []int64, named bool) {
	if t.Read.Kin != "" {
		ids, named = t.Read.KinIDs, true
	} else if len(t.Read.Mentions) > 0 {
		ids = slices.DeleteFunc(slices.Clone(t.Read.Mentions[0].People), func(id int64) bool { return !mayHear(t, id) })
		named = len(ids) > 0
	}
	mineToo := func(h storage.Help) bool { return slices.Contains(ids, h.Elder) || slices.Contains(ids, h.Holder) }
	return ids, named && !slices.Contains(ids, t.Me) && !slices.ContainsFunc(mine, mineToo)
}

// mayHear reports whether the speaker may hear of an elder at all.
func mayHear(t *line.Turn, elder int64) bool {
	speaks := slices.ContainsFunc(t.Book.Proxies(t.Me), func(p storage.Proxy) bool { return p.Elder == elder })
	return speaks || access.May(t.Book, t.Me, access.Wants, elder) || access.May(t.Book, t.Me, access.Visited, elder)
}

// ofElders tells how the requests of elders stand, to whoever may know what they
// asked for. Where there are none, how they do is the question.
func ofElders(t *line.Turn, ids []int64) (line.Answer, error) {
	var helps []storage.Help
	for _, id := range ids {
		if !access.May(t.Book, t.Me, access.Wants, id) {
			continue
		}
		his, err := t.In.HelpsFor(id)
		if err != nil {
			return line.Answer{}, err
		}
		helps = append(helps, his...)
	}
	switch len(helps) {
	case 0:
		return line.Answer{}, nil
	case 1:
		return Status(t, helps[0].Number)
	}
	lines := make([]string, 0, len(helps))
	for _, h := range helps {
		lines = append(lines, fmt.Sprintf("%d号%s，%s", h.Number, brief(t.Book, h, t.Now()), standing(t, h)))
	}
	return t.Aside(bounded(lines)), nil
}
