package cover

import (
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// freeWords are what a volunteer says of when he has time, and the letters by
// which it is kept (storage.Reach).
var freeWords = []struct {
	words   []string
	letters string
	read    string
}{
	{[]string{"周末", "礼拜六", "星期六"}, "67", "周末"},
	{[]string{"平日", "平时", "工作日"}, "12345", "星期一到五"},
	{[]string{"上午", "早上"}, "m", "上午"},
	{[]string{"下午"}, "a", "下午"},
	{[]string{"晚上", "夜里"}, "e", "晚上"},
}

// free hears 我只有周末有空 and 我哪天都有空 from a volunteer: from now on he is asked
// first about what falls into that time.
func free(t *line.Turn) (line.Answer, error) {
	text := read.Fold(t.Read.Text).Text
	has := func(w string) bool { return strings.Contains(text, w) }
	only := has("只有") && (has("有空") || has("得空") || has("有时间"))
	always := (has("哪天都") || has("随时") || has("么子时候都")) && (has("有空") || has("得空"))
	if !only && !always || !t.Is(storage.Helper) {
		return line.Answer{}, nil
	}
	r := t.Book.Reach(t.Me)
	r.Free = ""
	if always {
		return line.Say("好，记下了：您哪天都有空。"), set(t, r)
	}
	var told []string
	for _, f := range freeWords {
		if slices.ContainsFunc(f.words, has) {
			r.Free += f.letters
			told = append(told, f.read)
		}
	}
	if r.Free == "" {
		return line.Answer{}, nil
	}
	return line.Say("好，记下了：您" + strings.Join(told, "") + "有空，先问您这时候的事。变了讲一声。"), set(t, r)
}
