package help

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// Request hears a sentence that asks for help.
func Request(t *line.Turn) (line.Answer, error) {
	if strings.TrimSpace(t.Msg.Text) == "求助" {
		return Offer(t)
	}
	if a, err := purpose(t); err != nil || a.Handled() {
		return a, err
	}
	if ofTheVisited(t) {
		return line.Answer{}, nil
	}
	if answersFinding, err := toReporter(t); err != nil || answersFinding {
		return line.Answer{}, err
	}
	if q := t.State.Open; q != nil && q.Line == name && q.Name == askWhen {
		t.State.Keep()
	}
	return proceed(t, begin(t))
}

// Offer begins a request from the menu.
func Offer(t *line.Turn) (line.Answer, error) {
	d := draft{Key: t.Source()}
	if !t.Is(storage.Helper, storage.Secretary, storage.Leader, storage.Doctor, storage.Cook) {
		d.Elder = t.Me
	}
	data, err := json.Marshal(d)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep draft: %w", err)
	}
	return t.Question(line.Question{Line: name, Name: askDraft, Data: string(data), Text: askWhat}), nil
}

// commit stores a request for each service, unless one like it is running.
func commit(t *line.Turn, d draft) (line.Answer, error) {
	if !access.MayAskFor(t.Book, t.Me, d.Elder) {
		return line.Say(access.Refusal), nil
	}
	if err := t.In.LockPerson(d.Elder); err != nil {
		return line.Answer{}, err
	}
	same, err := alike(t, d)
	if err != nil {
		return line.Answer{}, err
	}
	if same != nil {
		return alreadyThere(t, d, *same)
	}
	return create(t, d)
}

// create stores the requests and asks what is missing, or for a 对.
func create(t *line.Turn, d draft) (line.Answer, error) {
	var ids []int64
	var told []string
	var all []storage.Help
	var first storage.Help
	parts := apart(t, d)
	for i, s := range d.Services {
		h := record(t, parts[i], s)
		if err := t.In.AddHelp(&h, basis(t, d)); err != nil {
			return line.Answer{}, err
		}
		if err := t.In.LogHelp(h.ID, t.Me, "asked", t.Read.Text); err != nil {
			return line.Answer{}, err
		}
		if i == 0 {
			first = h
		}
		ids = append(ids, h.ID)
		told = append(told, fmt.Sprintf("%d号%s", h.Number, say.Services[s]))
		all = append(all, h)
	}
	if d.Urgent {
		return urgent(t, ids, first)
	}
	noted := "记下了：" + summary(t, first, told) + "。"
	if timesDiffer(all) {
		noted = "记下了：" + person(t.Book, d.Elder) + "，" + each(t, all) + "。"
	}
	if d.Grain == "" {
		t.Question(line.Question{Line: name, Name: askWhen, Ref: ids[0], Refs: ids, Text: fmt.Sprintf("%d号哪天方便？", first.Number)})
		return line.Ask(noted + "哪天方便？急就回“今天”。"), nil
	}
	if passedOn(t, d.Elder) {
		text := knowsText(t, d.Elder)
		t.Question(line.Question{Line: name, Name: askRight, Ref: ids[0], Refs: ids, Data: askKnows, Text: text})
		return line.Ask(noted + text), nil
	}
	t.Question(line.Question{Line: name, Name: askRight, Ref: ids[0], Refs: ids, Text: fmt.Sprintf("%d号对不对？对就回“对”。", first.Number)})
	return line.Ask(noted + "对就回“对”。"), nil
}

// basis is why a request may be kept: the person asks himself, has agreed to be
// known, or another passes it on, which is good for this one (settled.md 25).
func basis(t *line.Turn, d draft) storage.Basis {
	agreed := t.Book.Basis(d.Elder)
	switch {
	case d.Elder == t.Me:
		return t.In.Own(t.Me)
	case agreed.Basic():
		return agreed.As(tie(t, d.Elder))
	}
	return t.In.Told(d.Elder, tie(t, d.Elder))
}

// tie is what the speaker is to somebody for whom he asks.
func tie(t *line.Turn, elder int64) string {
	for _, p := range t.Book.Proxies(t.Me) {
		if p.Elder == elder {
			return p.Relation
		}
	}
	if roles := t.Book.Roles(t.Me); len(roles) > 0 {
		return roles[0].Role
	}
	return neighbour
}

// summary reads a request back, with all its numbers.
func summary(t *line.Turn, h storage.Help, told []string) string {
	text := whole(t.Book, h, t.Now())
	return strings.Replace(text, say.Services[h.Service], strings.Join(told, "、"), 1)
}

// confirmWithin is how long a request waits for 对 before it goes its way as it
// stands; settled.md 10 gives unanswered questions half an hour.
const (
	confirmWithin = 2 * time.Minute
	unclearWithin = 30 * time.Minute
)

func record(t *line.Turn, d draft, service string) storage.Help {
	h := storage.Help{
		Elder: d.Elder, Asker: t.Me, Account: t.Msg.Account, OpenID: t.Msg.OpenID, Service: service,
		Detail: clip(d.Detail, 200), Wishes: say.List(d.Wishes), Urgent: d.Urgent, WishAt: storage.Moment(d.WishAt), WishGrain: d.Grain,
		State: storage.Open, SourceKey: t.Source(), Ordinal: t.Next("help"),
	}
	now := t.Now()
	h.NextAt = storage.At(now.Add(confirmWithin))
	if d.Grain == "" && !d.Urgent {
		h.State = storage.Unclear
		h.NextAt = storage.At(now.Add(unclearWithin))
	}
	return h
}

func clip(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// start starts the ladder of a request, unless it runs already.
func start(t *line.Turn, id int64) error {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found || h.Step > 0 || h.State == storage.Taken || !h.Running() {
		return err
	}
	h.State = storage.Open
	if err := ladder.Advance(t.In, t.Book, &h); err != nil {
		return err
	}
	return t.In.SaveHelp(h)
}

// promise owes the asker an answer by a time, and names the time. A promised
// time is itself a notice, sent even when the news is "nobody yet".
func promise(t *line.Turn, ids []int64) (string, error) {
	var by string
	for _, id := range ids {
		h, found, err := t.In.Help(id)
		if err != nil || !found {
			return "", err
		}
		at, called := promised(t.Book, h, t.Now())
		by = called
		err = t.Owe(storage.Notice{
			Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: notePromise, Subject: subject(id), Period: storage.Day(at),
			Weight: storage.Direct, Lead: line.Lead, NotBefore: storage.At(at), NotAfter: storage.At(at.Add(24 * time.Hour)),
		})
		if err != nil {
			return "", err
		}
	}
	return by, nil
}
