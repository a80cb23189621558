package help

import (
	"fmt"
	"slices"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/storage"
)

// elderAsked reports whether a question is about somebody for whom the speaker
// has asked nothing: 我爸这两天怎么样, or the secretary-general's 桂花婶那个事怎么样了. The
// elder is 0 where it is not known which of several, or that there is one.
func elderAsked(t *line.Turn, mine []storage.Help) (elder int64, named bool) {
	ids := t.Read.KinIDs
	if t.Read.Kin == "" {
		if len(t.Read.Mentions) == 0 {
			return 0, false
		}
		ids = t.Read.Mentions[0].People
	}
	if slices.Contains(ids, t.Me) || slices.ContainsFunc(mine, func(h storage.Help) bool { return slices.Contains(ids, h.Elder) || slices.Contains(ids, h.Holder) }) {
		return 0, false
	}
	if len(ids) != 1 {
		return 0, true
	}
	return ids[0], true
}

// ofElder tells how the requests of an elder stand, to whoever may know what he
// asked for. Where there are none, how he does is the question.
func ofElder(t *line.Turn, elder int64) (line.Answer, error) {
	if elder == 0 || !access.May(t.Book, t.Me, access.Wants, elder) {
		return line.Answer{}, nil
	}
	helps, err := t.In.HelpsFor(elder)
	if err != nil || len(helps) == 0 {
		return line.Answer{}, err
	}
	if len(helps) == 1 {
		return Status(t, helps[0].Number)
	}
	lines := make([]string, 0, len(helps))
	for _, h := range helps {
		lines = append(lines, fmt.Sprintf("%d号%s，%s", h.Number, brief(t.Book, h, t.Now()), standing(t, h)))
	}
	return t.Aside(bounded(lines)), nil
}
