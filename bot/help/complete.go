package help

import (
	"fmt"
	"strconv"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// Complete hears 做完了 40分钟 from the holder, or "13 完成" from the
// secretary-general.
func Complete(t *line.Turn) (line.Answer, error) {
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	if len(t.Read.Tickets) > 0 {
		return completeNumber(t, t.Read.Tickets[0])
	}
	held = narrow(t, held)
	switch len(held) {
	case 0:
		return again(t)
	case 1:
		return done(t, held[0].ID)
	}
	return which(t, held, "complete", "做完的是哪一件？")
}

func completeNumber(t *line.Turn, number int) (line.Answer, error) {
	h, answer, err := numbered(t, number)
	if err != nil || answer.Handled() {
		return answer, err
	}
	switch {
	case h.Holder == t.Me && h.Running():
		return done(t, h.ID)
	case t.Is(storage.Secretary) && (h.Running() || h.State == storage.Done):
		return closeByOffice(t, h)
	case h.Holder == t.Me:
		return line.Say(fmt.Sprintf("%d号已经记过做完了，多谢。", number)), nil
	}
	return line.Say(fmt.Sprintf("%d号不是您接的，做完了请接的人讲一声。", number)), nil
}

// narrow keeps the requests that fit the service or the person a line names.
func narrow(t *line.Turn, helps []storage.Help) []storage.Help {
	var fit []storage.Help
	for _, h := range helps {
		if fitsService(t.Read.Services, h.Service) && fitsPerson(t.Read.Mentions, h.Elder) {
			fit = append(fit, h)
		}
	}
	if len(fit) == 0 {
		return helps
	}
	return fit
}

func fitsService(said []read.Service, service string) bool {
	if len(said) == 0 {
		return true
	}
	for _, s := range said {
		if string(s) == service {
			return true
		}
	}
	return false
}

func fitsPerson(said []read.Mention, person int64) bool {
	if len(said) == 0 {
		return true
	}
	for _, m := range said {
		for _, id := range m.People {
			if id == person {
				return true
			}
		}
	}
	return false
}

// which asks which of several requests is meant; digits answer.
func which(t *line.Turn, helps []storage.Help, verb, question string) (line.Answer, error) {
	var parts []string
	var refs []int64
	for i, h := range helps[:min(len(helps), 9)] {
		parts = append(parts, fmt.Sprintf("%d %s", i+1, brief(t.Book, h, t.Now())))
		refs = append(refs, h.ID)
	}
	data := verb + "\n" + strconv.Itoa(t.Read.Minutes) + "\n" + t.Read.Text
	return t.Question(line.Question{Line: name, Name: askWhich, Refs: refs, Data: data, Text: question + strings.Join(parts, " ") + "，回数字。"}), nil
}

// answerWhich hears which of several.
func answerWhich(t *line.Turn, q line.Question) (line.Answer, error) {
	id := pick(t, q.Refs)
	if id == 0 {
		return line.Answer{}, nil
	}
	t.Close()
	parts := strings.SplitN(q.Data, "\n", 3)
	if t.Read.Minutes == 0 && len(parts) > 1 {
		t.Read.Minutes, _ = strconv.Atoi(parts[1]) // written by which
	}
	if parts[0] == "cancel" {
		return withdraw(t, id)
	}
	return done(t, id)
}

// pick finds one of the records by a digit or by its number.
func pick(t *line.Turn, refs []int64) int64 {
	if d := t.Read.Digits; len(d) == 1 && d[0] >= 1 && d[0] <= len(refs) {
		return refs[d[0]-1]
	}
	for _, number := range append(t.Read.Tickets, t.Read.Digits...) {
		for _, id := range refs {
			if h, found, err := t.In.Help(id); err == nil && found && h.Number == number {
				return id
			}
		}
	}
	return 0
}

// done stores the holder's word that it is done. It is not closed by that: the
// asker is asked once.
func done(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	h.State, h.Minutes, h.Result = storage.Done, t.Read.Minutes, clip(t.Read.Text, 200)
	h.DoneAt, h.AskedBack, h.NextAt = storage.At(t.Now()), storage.At(t.Now()), 0
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(id, t.Me, "done", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := serve(t, h); err != nil {
		return line.Answer{}, err
	}
	if err := askBack(t, h); err != nil {
		return line.Answer{}, err
	}
	if h.Minutes == 0 {
		return t.Question(line.Question{Line: name, Name: askTime, Ref: id, Text: fmt.Sprintf("记下了：%d号做完，多谢您。用了多久？讲“40分钟”这样，不记得就算了。", h.Number)}), nil
	}
	return line.Say(fmt.Sprintf("记下了：%d号做完，%d分钟，多谢您。", h.Number, h.Minutes)), nil
}

// serve stores the minutes given.
func serve(t *line.Turn, h storage.Help) error {
	if h.Minutes == 0 {
		return nil
	}
	return t.In.AddService(storage.ServiceRecord{
		Person: t.Me, Day: storage.Day(t.Now()), Minutes: h.Minutes, Kind: storage.ForHelp, SourceKey: t.Source(), Ordinal: t.Next("service"),
	})
}

// answerMinutes hears how long it took.
func answerMinutes(t *line.Turn, q line.Question) (line.Answer, error) {
	minutes := t.Read.Minutes
	if minutes == 0 && len(t.Read.Digits) == 1 {
		minutes = t.Read.Digits[0]
	}
	if minutes == 0 {
		if saysAnytime(t.Read.Text) || strings.Contains(t.Read.Text, "不记得") {
			t.Close()
			return line.Say("好，没关系，多谢您。"), nil
		}
		return line.Answer{}, nil
	}
	if minutes > 12*60 {
		return t.Question(line.Question{Line: name, Name: askTime, Ref: q.Ref, Text: "一天最多记12个钟头。是多少分钟？"}), nil
	}
	h, found, err := t.In.LockHelp(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	h.Minutes = minutes
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	t.Close()
	return line.Say(fmt.Sprintf("好，%d号记%d分钟，多谢您。", h.Number, minutes)), serve(t, h)
}

// askBack owes the asker the one question whether it was good.
func askBack(t *line.Turn, h storage.Help) error {
	if h.Asker == t.Me {
		return nil
	}
	return t.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteGood, Subject: subject(h.ID), Period: fmt.Sprintf("%d.%d", h.Round, h.DoneAt),
		Weight: storage.Direct, Lead: "您托的事办了，问您一句，回“看”", NotAfter: storage.At(t.Now().AddDate(0, 0, 7)),
		Words: fmt.Sprintf("%d号%s，%s讲办了。办得好不好？好回“好”，没办成讲一声。", h.Number, say.Services[h.Service], t.Book.Name(t.Me)),
	})
}

// closeByOffice closes a request on the secretary-general's word.
func closeByOffice(t *line.Turn, h storage.Help) (line.Answer, error) {
	if err := end(t, h, storage.Closed, ""); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%d号%s，记成办好。", h.Number, brief(t.Book, h, t.Now()))), nil
}

// end stores a person's word that closes a request.
func end(t *line.Turn, h storage.Help, state, judged string) error {
	h.State, h.Judged, h.ClosedAt, h.ClosedBy, h.NextAt = state, judged, storage.At(t.Now()), t.Me, 0
	if err := t.In.SaveHelp(h); err != nil {
		return err
	}
	for _, kind := range []string{noteAsk, noteGood, notePromise, noteNobody, noteNudge, noteTerms} {
		if err := t.In.ClearNotices(kind, subject(h.ID), subject(h.ID)+" is "+state); err != nil {
			return err
		}
	}
	return t.In.LogHelp(h.ID, t.Me, state, t.Read.Text)
}
