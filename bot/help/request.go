package help

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/read"
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

// alike finds a running request of the same kind for the same person.
func alike(t *line.Turn, d draft) (*storage.Help, error) {
	helps, err := t.In.HelpsFor(d.Elder)
	if err != nil {
		return nil, err
	}
	for _, h := range helps {
		for _, s := range d.Services {
			if h.Service == s {
				return &h, nil
			}
		}
	}
	return nil, nil
}

// alreadyThere answers somebody who asks again for what is running.
func alreadyThere(t *line.Turn, d draft, h storage.Help) (line.Answer, error) {
	if !access.HolderOf(t.Book, t.Me, h) { // somebody else asked, and he may not hear of it
		return create(t, d)
	}
	if h.State == storage.Unclear && h.WishGrain == "" {
		if d.Grain != "" {
			return complete(t, h, d)
		}
		return t.Question(line.Question{
			Line: name, Name: askWhen, Ref: h.ID, Refs: []int64{h.ID},
			Text: fmt.Sprintf("这件已记下了（%d号），还差一样：哪天方便？", h.Number),
		}), nil
	}
	data, err := json.Marshal(d)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep draft: %w", err)
	}
	text := fmt.Sprintf("%s那件还在（%d号），%s。是这件吗？", say.Services[h.Service], h.Number, standing(t, h))
	return t.Question(line.Question{Line: name, Name: askSame, Ref: h.ID, Data: string(data), Text: text}), nil
}

// answerSame hears whether it is the same request.
func answerSame(t *line.Turn, q line.Question) (line.Answer, error) {
	switch t.Read.Answer {
	case read.Yes, read.Ack:
		t.Close()
		h, _, err := t.In.Help(q.Ref)
		return line.Say(fmt.Sprintf("好，%d号照旧，%s。", h.Number, standing(t, h))), err
	case read.No:
		var d draft
		if err := json.Unmarshal([]byte(q.Data), &d); err != nil {
			return line.Answer{}, fmt.Errorf("read draft: %w", err)
		}
		return create(t, other(t, d))
	}
	return line.Answer{}, nil
}

// other is what 不是 是修灶 asks for instead of what is running.
func other(t *line.Turn, d draft) draft {
	said := strings.TrimLeft(t.Read.Rest, "是就 ，,")
	if said == "" {
		return d
	}
	d.Detail = said
	if len(t.Read.Services) > 0 {
		d.Services = nil
		takeWhat(&d, t)
	}
	if t.Read.When.Grain != "" {
		d.WishAt, d.Grain = t.Read.When.At.UnixMilli(), string(t.Read.When.Grain)
	}
	return d
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

// urgent starts the ladder at once and tells the secretary-general.
func urgent(t *line.Turn, ids []int64, first storage.Help) (line.Answer, error) {
	for _, id := range ids {
		if err := start(t, id); err != nil {
			return line.Answer{}, err
		}
		if err := tellSecretary(t, id, noteUrgent, urgentLead); err != nil {
			return line.Answer{}, err
		}
		if err := tellDuty(t, id); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	by, err := promise(t, ids)
	if err != nil {
		return line.Answer{}, err
	}
	noted := fmt.Sprintf("记下了，当急事办：%d号%s。", first.Number, brief(t.Book, first, t.Now()))
	phone := t.Book.OnDuty(t.Now())
	if night, _ := t.Book.Night(t.Now()); night {
		if phone == "" {
			return line.Say(noted + "这会儿没有人值班，有危险打110、120。天亮我就问人，" + by + "给您回信。"), nil
		}
		return line.Say(noted + "夜里莫等，您现在就打值班" + phone + "。天亮我再问人，" + by + "给您回信。"), nil
	}
	text := noted + fmt.Sprintf("我这就问人，也报%s，%s给您回信。", t.Book.Called(), by)
	if phone != "" {
		text += "等不得就打值班" + phone + "。"
	} else {
		text += urgentLine(t)
	}
	return line.Say(text), nil
}

// tellDuty owes an urgent request to whoever has the duty telephone, until ten
// in the evening (settled.md 7); where its holder is not on the roster, to the
// telephone itself.
func tellDuty(t *line.Turn, id int64) error {
	if night, _ := t.Book.Night(t.Now()); night {
		return nil // the asker was given the number
	}
	h, _, err := t.In.Help(id)
	if err != nil {
		return err
	}
	people := slices.DeleteFunc(t.Book.DutyHolders(t.Now()), func(p int64) bool { return p == t.Me })
	if len(people) == 0 && t.Book.OnDuty(t.Now()) != "" {
		return t.Owe(storage.Notice{
			Kind: noteDuty, Subject: subject(id), Period: "1", Weight: storage.Urgent, Lead: urgentLead, Words: "值班电话", NotAfter: storage.At(t.Now().Add(time.Hour)),
		})
	}
	return ladder.Tell(t.In, t.Book, h, noteUrgent, urgentLead, people)
}

const urgentLead = "有一件急事，回“看”"

// texted is an urgent request as an SMS: no name, no need (settled.md 3).
func texted(_ storage.In, b *book.Book, n storage.Notice) (phone, words string, err error) {
	return b.Person(n.Person).Phone, "村里有件急事，快看微信里村里的号。", nil
}

// textedDuty is the same to the telephone that somebody answers at this hour.
func textedDuty(v storage.In, b *book.Book, _ storage.Notice) (phone, words string, err error) {
	return b.OnDuty(v.Now()), "村里有件急事，请打给" + b.Called() + b.Office(v.Now()) + "问。", nil
}

// tellSecretary owes the secretaries-general a notice about a request.
func tellSecretary(t *line.Turn, id int64, kind, lead string) error {
	h, _, err := t.In.Help(id)
	if err != nil {
		return err
	}
	return ladder.TellSecretary(t.In, t.Book, h, kind, lead)
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
