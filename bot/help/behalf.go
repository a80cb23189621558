package help

import (
	"mishu/bot/book"
	"mishu/storage"
)

// spokenBy says who asked for somebody else, what he is to him, and what that
// rests on: for the one it is about and for those who look after the village.
func spokenBy(v storage.In, b *book.Book, h storage.Help) (string, error) {
	by, found, err := v.Behalf(h.ID)
	if err != nil || !found {
		return "", err
	}
	text := b.Name(by.Speaker) + "（" + by.Tie + "）代讲的"
	if by.Basis == "told" {
		text += "，口头转述"
	}
	return text + "。", nil
}
