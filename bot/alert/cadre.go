package alert

import (
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// offices are the words for people in office of a village.
var offices = []string{"书记", "村长", "主任", "会长", "秘书长", "组长", "村干部", "干部", "会计", "村医", "医生", "老师", "校长"}

// inOffice are the roles whose holders may not hear of a child's matter in which
// one of them is named.
var inOffice = []string{
	storage.Secretary, storage.Chair, storage.Accountant, storage.Supervisor, storage.Leader, storage.Doctor, storage.ChildCare, storage.Women, storage.Cook,
}

// namesCadre reports whether a line about a child names somebody in office:
// then the county alone hears of it (village practice 12.3). Whom the line is
// addressed to is not named by that.
func namesCadre(t *line.Turn) bool {
	called := t.Book.Called()
	text := strings.TrimPrefix(t.Read.Text, called)
	if called != "" && strings.Contains(text, called) {
		return true
	}
	if slices.ContainsFunc(offices, func(w string) bool { return strings.Contains(text, w) }) {
		return true
	}
	return slices.ContainsFunc(t.Read.Mentions, func(m read.Mention) bool {
		return slices.ContainsFunc(m.People, func(id int64) bool { return t.Book.Has(id, inOffice...) })
	})
}

// plain is the class whose words go for a class that the reader does not know.
func plain(c read.Class) read.Class {
	if c == cadre || c == childCounty {
		return read.Child
	}
	return c
}
