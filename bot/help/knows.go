package help

import (
	"regexp"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// What the story of a request says of whether the one it is for knows of it, as
// the neighbour who asked tells (口头转述, settled.md 25).
const (
	heKnows = "knows"
	heHasno = "not told"
)

// askKnows is the question to a neighbour whether the other knows that help is
// asked for him.
const askKnows = "knows"

// passedOn reports whether a neighbour passes a request on, of whom nobody has
// said that he may speak for the other.
func passedOn(t *line.Turn, elder int64) bool {
	return elder != t.Me && tie(t, elder) == neighbour
}

// neighbour is what somebody is to another without being anything else to him.
const neighbour = "乡亲"

func knowsText(t *line.Turn, elder int64) string {
	return t.Book.They(elder) + "本人晓得吗？晓得回“对”，还没讲回“没讲”。"
}

// askAfter asks what is left to ask when a request is on its way: whether the one
// it is for knows of it, then who tells him the answer. One question at a time.
func askAfter(t *line.Turn, ids []int64, a line.Answer) (line.Answer, error) {
	h, found, err := t.In.Help(ids[0])
	if err != nil || !found || t.State.Open != nil {
		return a, err
	}
	said, err := saidKnows(t.In, h.ID)
	if err != nil {
		return a, err
	}
	if said || !passedOn(t, h.Elder) {
		return askRelayed(t, ids, a)
	}
	text := knowsText(t, h.Elder)
	t.Question(line.Question{Line: name, Name: askKnows, Ref: h.ID, Refs: ids, Text: text})
	return line.Ask(a.Text + text), nil
}

func saidKnows(v storage.In, id int64) (bool, error) {
	logs, err := v.HelpLogs(id)
	for _, l := range logs {
		if l.What == heKnows || l.What == heHasno {
			return true, err
		}
	}
	return false, err
}

var notTold = regexp.MustCompile(`(没|冇|还没|还冇|没有)(跟|和|同)?(她|他)?(讲|说|问|告诉)|不晓得|不知道|冇晓得`)

// answerKnows hears whether he knows. The request goes its way in either case:
// whoever comes asks him at the door first.
func answerKnows(t *line.Turn, q line.Question) (line.Answer, error) {
	text, err := noteKnows(t, q.Refs)
	if err != nil || text == "" {
		return line.Answer{}, err
	}
	t.Close()
	return askAfter(t, q.Refs, line.Say(text))
}

// noteKnows stores what a line says of it; "" if it says nothing.
func noteKnows(t *line.Turn, ids []int64) (string, error) {
	what, text := heKnows, "好，记上了，"+t.Book.They(elderOf(t, ids[0]))+"晓得。"
	switch {
	case notTold.MatchString(t.Read.Text):
		what, text = heHasno, "好，去的人进门先问"+t.Book.They(elderOf(t, ids[0]))+"肯不肯。"
	case t.Read.Answer != read.Yes && t.Read.Answer != read.Ack:
		return "", nil
	}
	for _, id := range ids {
		if err := t.In.LogHelp(id, t.Me, what, t.Read.Text); err != nil {
			return "", err
		}
	}
	return text, nil
}

// askFirst tells a holder that nobody has agreed at that door yet: a neighbour's
// word is good for the request, the elder's own is asked there (settled.md 25).
func askFirst(t *line.Turn, h storage.Help) (string, error) {
	if h.Asker == h.Elder || h.Asker == 0 {
		return "", nil
	}
	by, found, err := t.In.Behalf(h.ID)
	if err != nil || !found || by.Basis != "told" {
		return "", err
	}
	return "别个代讲的，进门先问" + t.Book.They(h.Elder) + "肯不肯。", nil
}
