package consent

import (
	"errors"

	"mishu/bot/line"
	"mishu/storage"
)

// said is one answer of one person, however it reached us.
type said struct {
	person  int64
	kind    string
	about   int64 // ToProxy: the proxy
	answer  string
	way     string
	witness string
}

// agree stores an answer with the text that was read out, and tells the proxy of
// a yes that is about him. What was kept under a consent goes with it.
func agree(t *line.Turn, s said) error {
	no, err := keepText(t.In, t.Book, s.kind, s.person, s.about)
	if err != nil {
		return err
	}
	before := t.Book.Answered(s.person, s.kind, s.about)
	if s.kind == storage.ToProxy && s.answer == storage.Given {
		if err := again(t, s); err != nil {
			return err
		}
	}
	err = t.In.Agree(storage.Consent{
		Person: s.person, Kind: s.kind, About: s.about, Answer: s.answer, Way: s.way, ToldBy: t.Me, Witness: s.witness, TextNo: no,
		Evidence: t.Msg.MediaID,
	})
	if err != nil {
		return err
	}
	if s.kind == storage.ToProxy { // the errand to ask is done
		if err := t.In.ClearNotices(noteDoor, subject(s.about, s.person), subject(s.about, s.person)+" is answered"); err != nil {
			return err
		}
	}
	switch {
	case s.kind == storage.ToProxy && s.answer == storage.Given:
		return tellProxy(t, s)
	case s.kind != storage.ToProxy && before == storage.Given && s.answer != storage.Given:
		return t.In.Forget(s.person, s.kind)
	}
	return nil
}

// again lets a proxy hear for a year from the day on which the elder said yes.
func again(t *line.Turn, s said) error {
	p := proxyOf(t.Book, s.person, s.about)
	if p.Until == "" || p.Until >= yearOn(t) {
		return nil
	}
	p.Until, p.MayHear = yearOn(t), false // Agree opens it
	return t.In.AddProxy(p)
}

// both is 都肯: the basic consent and the health consent in one word.
func both(t *line.Turn, person int64, basic, health, way, witness string) error {
	return errors.Join(
		agree(t, said{person: person, kind: storage.ToBasic, answer: basic, way: way, witness: witness}),
		agree(t, said{person: person, kind: storage.ToHealth, answer: health, way: way, witness: witness}),
	)
}

// tellProxy tells a child that the parent lets him hear.
func tellProxy(t *line.Turn, s said) error {
	return t.Owe(storage.Notice{
		Person: s.about, Kind: noteSpeaks, Subject: subject(s.about, s.person), Period: storage.Day(t.Now()), Weight: storage.Direct, Lead: "您问的事有信了，回“看”",
		Words: t.Book.Name(s.person) + "肯您听了：有人去看过，我带一句给您。想晓得就回“看了没”。",
	})
}

// way is how the words of the speaker himself came.
func way(t *line.Turn) string {
	if t.Msg.MediaID != "" {
		return storage.ByVoice
	}
	return storage.ByChat
}
