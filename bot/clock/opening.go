package clock

import (
	"strings"

	"mishu/bot/book"
	"mishu/storage"
)

// glance is how many characters of a message a locked telephone shows
// (settled.md 19): they hold no name, whoever looks on.
const glance = 20

// The rest of a message's opening, where the words themselves begin with
// somebody's name.
const (
	openCalm   = "。下面是详情，请点开来看全文：\n"
	openUrgent = "。情况在下面，请马上点开来看：\n"
)

// opening is what stands before the words of a notice, "" if they may be seen as
// they are.
func opening(b *book.Book, n storage.Notice) string {
	if !b.Roster.Names(glimpse(n.Words), n.Person) {
		return ""
	}
	rest := openCalm
	if n.Weight == storage.Danger || n.Weight == storage.Urgent {
		rest = openUrgent
	}
	lead, _, _ := strings.Cut(n.Lead, "，回“看”")
	return strings.TrimRight(lead, "。：") + rest
}

// glimpse is how the words begin.
func glimpse(words string) string {
	n := 0
	for i := range words {
		if n == glance {
			return words[:i]
		}
		n++
	}
	return words
}
