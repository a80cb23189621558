package clock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// explainBound is how many notices an explanation goes back.
const explainBound = 40

// ExplainPerson tells from the rows what a person was sent, what he was not, and
// why; and which rules will owe him something next.
func ExplainPerson(v storage.In, b *book.Book, lines []line.Line, person int64) ([]string, error) {
	members, err := v.MembersOf(person)
	if err != nil {
		return nil, err
	}
	told := []string{channels(len(members))}
	rows, err := v.NoticesOf(person, explainBound)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		told = append(told, "Nothing was ever owed to this person.")
	}
	for _, n := range rows {
		told = append(told, explained(n, v.Now(), v.Tx().Wall()))
	}
	coming, err := comingRules(v, b, lines, person)
	return append(told, coming...), err
}

func channels(members int) string {
	if members == 0 {
		return "No OpenID that follows the account is bound to this person: what is owed waits as carry, and somebody has to ring."
	}
	return fmt.Sprintf("Bound OpenIDs that follow: %d.", members)
}

// ExplainKey tells the same of a notice by its id, or of all of a key
// kind/subject/period, of which the end may be left out. A rule's name tells when
// it falls.
func ExplainKey(v storage.In, b *book.Book, lines []line.Line, key string) ([]string, error) {
	rows, err := keyed(v, key)
	if err != nil {
		return nil, err
	}
	var told []string
	for _, n := range rows {
		told = append(told, explained(n, v.Now(), v.Tx().Wall())+" To "+b.Name(n.Person)+".")
	}
	kind, _, _ := strings.Cut(key, "/")
	for _, r := range rulesOf(lines) {
		if r.Name != kind && r.Owes.Kind != kind {
			continue
		}
		text, err := explainedRule(v, b, r)
		if err != nil {
			return nil, err
		}
		told = append(told, text)
	}
	if len(told) == 0 {
		told = append(told, "No notice has this key and no rule makes one: it was never owed.")
	}
	return told, nil
}

func keyed(v storage.In, key string) ([]storage.Notice, error) {
	if id, err := strconv.ParseInt(strings.TrimPrefix(key, "#"), 10, 64); err == nil {
		n, found, err := v.Notice(id)
		if err != nil || !found {
			return nil, err
		}
		return []storage.Notice{n}, nil
	}
	part := strings.SplitN(key, "/", 3)
	rows, err := v.NoticesOfKind(part[0], explainBound)
	return slices.DeleteFunc(rows, func(n storage.Notice) bool {
		return len(part) > 1 && n.Subject != part[1] || len(part) > 2 && n.Period != part[2]
	}), err
}

func rulesOf(lines []line.Line) []line.Rule {
	var all []line.Rule
	for _, l := range lines {
		all = append(all, l.Rules...)
	}
	return all
}

// explained is one notice in one sentence: its key, what became of it, why.
func explained(n storage.Notice, now, wall time.Time) string {
	return fmt.Sprintf("#%d %s/%s/%s %s", n.ID, n.Kind, n.Subject, n.Period, fate(n, now, wall))
}

const minute = "2006-01-02 15:04"

func fate(n storage.Notice, now, wall time.Time) string {
	settled := n.SettledAt.Time().Format(minute)
	switch n.State {
	case storage.NoticeSent:
		if n.Channel == "carry" {
			return "sent " + settled + ", along with a reply to the person's own message."
		}
		return "sent " + settled + " by " + n.Channel + half(n) + "."
	case storage.NoticeUnknown:
		return "unknown since " + settled + ": " + why(n, "bytes went out and no answer came") + "; it is not sent again blindly."
	case storage.NoticeCleared:
		return "not sent, cleared " + settled + " by " + why(n, "a change") + "."
	case storage.NoticeStale:
		return "not sent: stale, good until " + n.NotAfter.Time().Format(minute) + " and looked at " + settled + "."
	case storage.NoticeRefused:
		return "not sent: the channel refused it " + settled + ", " + why(n, "without a reason") + "."
	case storage.NoticeCarry:
		return "not sent: it waits for the person's next message because of " + why(n, "its kind") + "."
	case storage.NoticeSending:
		return "on its way since a moment; the lease ends " + n.Lease.Time().Format(minute) + "."
	}
	return waiting(n, now, wall)
}

func half(n storage.Notice) string {
	if n.Whole {
		return ""
	}
	return ", its first line only: 看 brings the words"
}

func why(n storage.Notice, otherwise string) string {
	if n.Why == "" {
		return otherwise
	}
	return n.Why
}

// waiting says what a notice that is due waits for.
func waiting(n storage.Notice, now, wall time.Time) string {
	switch {
	case n.NotBefore.Time().After(now):
		return "not sent yet: it is for " + n.NotBefore.Time().Format(minute) + ", or was held until then by the night or the burden meter."
	case n.RetryAt.Time().After(wall):
		return fmt.Sprintf("not sent yet: %d tries failed, the next is at %s.", n.Attempts, n.RetryAt.Time().Format(minute))
	}
	return "due now: the next tick of a running clock takes it."
}

// comingRules are the rules that will owe a person something, each with its next
// time within a quarter of a year.
func comingRules(v storage.In, b *book.Book, lines []line.Line, person int64) ([]string, error) {
	var told []string
	for _, r := range rulesOf(lines) {
		people, err := r.Whom(v)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(people, person) {
			continue
		}
		text, err := explainedRule(v, b, r)
		if err != nil {
			return nil, err
		}
		told = append(told, text)
	}
	return told, nil
}

const lookAhead = 92 * 24 * time.Hour

// explainedRule says when a rule falls next, whether it is off, how far it is
// planned, and what kills its notice.
func explainedRule(v storage.In, b *book.Book, r line.Rule) (string, error) {
	marks, err := v.Tx().Watermarks([]int64{v.ID})
	if err != nil {
		return "", err
	}
	text := "Rule " + r.Name + " (" + r.What + "): "
	s := b.Settings()
	mark, begun := marks[v.ID][r.Name]
	falls := r.Falls(s, v.Now(), v.Now().Add(lookAhead))
	switch {
	case !r.On(s):
		return text + "off here, " + r.Switch + ".", nil
	case !begun:
		return text + "not begun: no clock has run here since it came.", nil
	case len(falls) == 0:
		text += "no time within three months"
	default:
		text += "next " + falls[0].At.Format(minute) + " for " + falls[0].Period
	}
	return text + "; planned up to " + mark.Time().Format(minute) + "; dies: " + r.Dies + ".", nil
}
