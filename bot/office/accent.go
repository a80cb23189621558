package office

import (
	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

// accent sets which sounds the village does not tell apart, which matters for
// names typed by their sound: 口音 n和l不分, 口音 平翘舌分得清, 口音 全分.
func accent(v storage.In, b *book.Book, e Entry, rest string) (string, error) {
	mixed, ok := read.ParseSounds(b.Setting(book.Accent, "")).Change(rest)
	if !ok {
		return "", refusal("讲“设 口音 n和l不分”“设 口音 平翘舌分得清”这样。能讲的：n和l、h和f、平翘舌、in和ing、en和eng，也可以“全不分”“全分”。")
	}
	err := v.Set(storage.Setting{Name: book.Accent, Value: mixed.String(), Owner: e.Owner, Source: e.Source, CheckedOn: storage.Day(v.Now())})
	return "设好了，听名字时" + accentWords(mixed) + "。", err
}

func accentWords(mixed read.Sounds) string {
	switch mixed {
	case read.NoSounds:
		return "样样分得清"
	case read.AllSounds:
		return "全不分"
	}
	return "不分的：" + mixed.String() + "，别的分得清"
}
