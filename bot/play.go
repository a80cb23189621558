package bot

import (
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// play owes whoever reads a notice the voice or picture that goes with it: his
// message has just opened a window.
func (b *Bot) play(t *line.Turn, n storage.Notice) error {
	attach := b.attach[n.Kind]
	if attach == nil {
		return nil
	}
	m, err := attach(t.In, t.Book, n)
	if err != nil || m == nil {
		return err
	}
	words := "图放在下面，点开看。"
	if m.Kind == talk.Voice {
		words = "语音放在下面，点开听。"
	}
	return t.Owe(storage.Notice{
		Person: t.Me, Kind: line.Played, Subject: n.Subject, Period: t.Source(), Weight: storage.Urgent, Lead: "您要的放在下面", Words: words,
	})
}
