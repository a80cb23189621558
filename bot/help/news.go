package help

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// otherwise hears what no lexicon has: that it was not good, that
// an elder does not answer, a number alone.
func otherwise(t *line.Turn) (line.Answer, error) {
	if a, err := complained(t); err != nil || a.Handled() {
		return a, err
	}
	for _, hear := range []line.Handler{missed, impatient, number, going} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

// notDone are the words in which people say that a thing was not done.
var notDone = []string{
	"没办", "冇办", "没搞", "冇搞", "没修", "冇修", "没做", "冇做", "没弄", "冇弄", "没来", "冇来", "没去", "冇去", "没人来", "冇人来", "冇得人来", "没洗", "冇洗",
	"没送", "冇送", "没成", "冇成", "不成", "没好", "冇好", "不好", "不满意", "还是漏", "还是坏", "还是不", "又坏", "又漏",
}

func saysNotDone(text string) bool {
	return slices.ContainsFunc(notDone, func(w string) bool { return strings.Contains(text, w) })
}

// complained hears 没办成 from somebody who was asked whether it was good.
func complained(t *line.Turn) (line.Answer, error) {
	if !saysNotDone(t.Read.Text) || len(t.Read.Mentions) > 0 && t.Is(storage.Helper) {
		return line.Answer{}, nil
	}
	helps, err := t.In.HelpsBy(t.Me, storage.At(t.Now().Add(-waitingDays)))
	if err != nil {
		return line.Answer{}, err
	}
	i := slices.IndexFunc(helps, func(h storage.Help) bool { return h.State == storage.Done })
	if i < 0 {
		return line.Answer{}, nil
	}
	t.Read.Answer = read.No
	return judge(t, helps[i].ID)
}

// impatient hears 快点啊 from somebody whose request is running.
func impatient(t *line.Turn) (line.Answer, error) {
	if !t.Read.Urgent {
		return line.Answer{}, nil
	}
	helps, err := mine(t)
	if err != nil || len(helps) == 0 {
		return line.Answer{}, err
	}
	h := helps[len(helps)-1]
	if h.Urgent || h.State != storage.Open {
		return Progress(t)
	}
	return hurry(t, line.Question{Ref: h.ID, Refs: []int64{h.ID}})
}

// Progress hears 有人来没, 哪个来, 13怎么样了.
func Progress(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Tickets) > 0 {
		return Status(t, t.Read.Tickets[0])
	}
	if a, err := complained(t); err != nil || a.Handled() {
		return a, err
	}
	helps, err := mine(t)
	if err != nil {
		return line.Answer{}, err
	}
	if elders, named := elderAsked(t, helps); named {
		return ofElders(t, elders)
	}
	if helps = narrow(t, helps); len(helps) != 1 {
		return Mine(t)
	}
	switch h := helps[0]; {
	case late(t, h):
		return urge(t, h)
	case h.State == storage.Unclear && h.Asker == t.Me:
		t.Question(line.Question{Line: name, Name: askWhen, Ref: h.ID, Refs: []int64{h.ID}, Text: fmt.Sprintf("%d号哪天方便？", h.Number)})
		return line.Ask(fmt.Sprintf("%d号%s记着的，还差一样：哪天方便？", h.Number, brief(t.Book, h, t.Now()))), nil
	}
	return Status(t, helps[0].Number)
}

// late reports whether a holder's time has passed.
func late(t *line.Turn, h storage.Help) bool {
	return h.State == storage.Taken && h.Holder != t.Me && h.WishGrain != anytime && h.WishAt != 0 && h.WishAt.Time().Before(t.Now())
}

// urge asks the holder whom the asker waits for.
func urge(t *line.Turn, h storage.Help) (line.Answer, error) {
	err := t.Owe(storage.Notice{
		Person: h.Holder, Kind: noteNudge, Subject: subject(h.ID), Period: strconv.Itoa(h.Round) + ".waits." + storage.Day(t.Now()), Weight: storage.Direct,
		Lead:  "您应承的事问您一声，回“看”",
		Words: fmt.Sprintf("%d号那边在等您，还没看到人。在路上就直接去，去不成回“不%d”。", h.Number, h.Number),
	})
	return t.Aside(fmt.Sprintf("%d号是%s接的，我再问%s一声。%s", h.Number, t.Book.Name(h.Holder), t.Book.They(h.Holder), urgentLine(t))), err
}

// LookedIn hears 有人去看了没 from somebody who asked that an elder be looked for.
func LookedIn(t *line.Turn) (line.Answer, error) {
	helps, err := mine(t)
	if err != nil {
		return line.Answer{}, err
	}
	helps = slices.DeleteFunc(helps, func(h storage.Help) bool {
		return h.Service != string(read.Comfort) || !fitsPerson(t.Read.Mentions, h.Elder)
	})
	if len(helps) == 0 {
		return line.Answer{}, nil
	}
	h := helps[len(helps)-1]
	if seen, err := seenSince(t, h); err != nil || seen {
		return line.Answer{}, err // the line of visits knows the day
	}
	return Status(t, h.Number)
}

// seenSince reports whether somebody met the elder after the request was made,
// as far as the speaker may know.
func seenSince(t *line.Turn, h storage.Help) (bool, error) {
	if !access.May(t.Book, t.Me, access.Visited, h.Elder) {
		return false, nil
	}
	visits, err := t.In.VisitsTo(h.Elder, storage.Day(h.CreatedAt.Time()))
	return slices.ContainsFunc(visits, func(v storage.Visit) bool { return v.Met && v.CreatedAt >= h.CreatedAt }), err
}

// Phone hears 电话13 and a bare 电话.
func Phone(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Tickets) > 0 {
		return Status(t, t.Read.Tickets[0])
	}
	if phone := t.Office(); phone != "" {
		return t.Aside(t.Book.Called() + "的电话：" + phone + "。急病打120。"), nil
	}
	return line.Answer{}, nil
}

// cannotReach reports whether a line says that somebody else does not answer.
func cannotReach(t *line.Turn) bool {
	return (t.Read.Kin != "" || len(t.Read.Mentions) > 0 || len(t.Meant()) > 0) && line.CannotReach(t.Read.Text)
}

// missed hears 我爸电话打不通 from somebody who asks for nothing in words.
func missed(t *line.Turn) (line.Answer, error) {
	if !cannotReach(t) {
		return line.Answer{}, nil
	}
	return Request(t)
}
