package help

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"mishu/bot/line"
	"mishu/storage"
)

// moveForm is another day for what somebody has taken: 她讲改到星期天, 我改到明天去.
var moveForm = regexp.MustCompile(`改到|改在|改期|推到|推迟到|挪到|换到`)

// moved hears from whoever has a request in hand that it will be another day. Its
// asker is told, and may object.
func moved(t *line.Turn) (line.Answer, error) {
	own := t.State.Open != nil && t.State.Open.Line == name
	if t.Free || own || t.Read.When.Grain == "" || !t.Read.When.At.After(t.Now()) || !moveForm.MatchString(t.Read.Text) {
		return line.Answer{}, nil
	}
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	held = slices.DeleteFunc(narrow(t, held), func(h storage.Help) bool { return h.State != storage.Taken || h.Asker == t.Me })
	if len(held) != 1 {
		return line.Answer{}, nil // none, or it is not clear which
	}
	h, found, err := t.In.LockHelp(held[0].ID)
	if err != nil || !found || h.State != storage.Taken {
		return line.Answer{}, err
	}
	return moveTo(t, h, t.Read.When.At)
}

// moveTo stores the new day, and tells the asker.
func moveTo(t *line.Turn, h storage.Help, at time.Time) (line.Answer, error) {
	h.WishAt, h.WishGrain = storage.At(at), string(t.Read.When.Grain)
	h.NextAt = nudgeAt(t.Book, h, t.Now())
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "corrected", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	err := t.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteTaken, Subject: subject(h.ID), Period: "moved." + t.Source()[:min(8, len(t.Source()))],
		Weight: storage.Direct, Lead: "您托的事有变动，回“看”",
		Words: fmt.Sprintf("%d号改日子了：%s%s来。不方便就讲一声，比如“%d号改到后天”。", h.Number, when(h, t.Now()), t.Book.Name(t.Me), h.Number),
	})
	return t.Aside(fmt.Sprintf("好，%d号改到%s，我告诉那边。", h.Number, when(h, t.Now()))), err
}
