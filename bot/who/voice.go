package who

import (
	"time"

	"mishu/bot/line"
	"mishu/storage"
)

// The waits of a voice (settled.md 29).
const (
	digitsWithin = 30 * time.Minute // a volunteer says by digits whom he has visited
	heardWithin  = 20 * time.Minute // somebody has listened, else the duty telephone's holder is told
)

// Voice hears a voice of somebody who is bound: nobody is asked to type, nothing
// is guessed. A person listens to it. With digits, a visitor is asked first
// which of his doors it is about, and an ear only if no digits come.
func Voice(t *line.Turn, digits line.Handler) (line.Answer, error) {
	s := slipOf(t)
	if err := t.In.AddSlip(&s); err != nil {
		return line.Answer{}, err
	}
	l := storage.Listening{Slip: s.ID}
	if digits != nil {
		if a, err := digits(t); err != nil || t.State.Open != nil {
			if err != nil {
				return a, err
			}
			l.NextAt = storage.At(t.Now().Add(digitsWithin))
			return line.Ask("听到了您的语音，机器听不清。看了哪家？\n" + a.Text), t.In.AddListening(&l)
		}
	}
	if err := t.In.AddListening(&l); err != nil {
		return line.Answer{}, err
	}
	asked, err := ring(t.In, t.Book, &l, s)
	if err != nil {
		return line.Answer{}, err
	}
	if _, err := t.In.SaveListening(l); err != nil {
		return line.Answer{}, err
	}
	if asked == 0 {
		return line.Ask("听到了您的语音，机器听不清，先留给" + t.Book.Called() + "听。" + urgent(t)), nil
	}
	return line.Ask("听到了您的语音，机器听不清，先发给" + t.Book.Title(asked) + "听。" + urgent(t)), nil
}

// slipOf is what the present message leaves for a person.
func slipOf(t *line.Turn) storage.Slip {
	return storage.Slip{
		Person: t.Me, Account: t.Msg.Account, OpenID: t.Msg.OpenID, Kind: string(t.Msg.Kind), Words: words(t), Media: t.Msg.MediaID,
		SourceKey: t.Source(), Ordinal: t.Next("slip"),
	}
}
