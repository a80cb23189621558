package office

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// taughtBound is how many words a village teaches: more than a dialect's common
// words, few enough to be looked through by a person.
const taughtBound = 100

// taughtShown is how many of them one reply lists.
const taughtShown = 12

const howToTeach = "讲“学词 挈水=挑水”这样：前头是村里的讲法，后头是我懂的讲法。"

// freely is 教你一个词 打摆子就是发冷: the same in a villager's sentence.
var freely = regexp.MustCompile(`^我?教(?:你|下|会|一|个|几|点)+(?:词|土话|话|讲法)[，,：:。 ]*(.+)$`)

// lesson is what a line teaches, and whether it teaches at all.
func lesson(r read.Reading) (words string, teaches bool) {
	if m := freely.FindStringSubmatch(strings.TrimSpace(r.Text)); m != nil && len(read.TaughtPairs(m[1])) > 0 {
		return m[1], true
	}
	return r.Rest, r.Word == read.TeachWord
}

// teach hears 学词 挈水=挑水 and 忘词 挈水 from those who run the village, and lists what
// was taught for 学词 alone.
func teach(t *line.Turn) (line.Answer, error) {
	words, teaches := lesson(t.Read)
	switch {
	case t.Me == 0 || !teaches && t.Read.Word != read.ForgetWord:
		return line.Answer{}, nil
	case !t.Is(storage.Secretary, storage.Chair):
		return line.Say("这个要" + t.Book.Called() + "来教。您跟她讲一声。"), nil
	case t.Read.Word == read.ForgetWord:
		return forget(t, t.Read.Rest)
	case words == "":
		return line.Ask(taught(t.Book.Taught, t.Book.Name)), nil
	}
	var said []string
	room := taughtBound - len(t.Book.Taught)
	for _, p := range read.TaughtPairs(words) {
		one, err := teachOne(t, p[0], p[1], &room)
		if err != nil {
			return line.Answer{}, err
		}
		said = append(said, one)
	}
	return line.Say(strings.Join(said, "\n")), nil
}

// teachOne teaches one word, or says why not.
func teachOne(t *line.Turn, word, meaning string, room *int) (string, error) {
	c := t.Book.Reading(t.Now())
	c.Taught = nil // a meaning is what the reader knows by itself
	if why := read.CheckTaught(word, meaning, c); why != read.Teachable {
		return refused(why, word, meaning), nil
	}
	if g := read.Read(word, c); len(g.Mentions) > 0 {
		return "“" + word + "”像是人的名字，学不得。", nil
	}
	again := slices.ContainsFunc(t.Book.Taught, func(w storage.Taught) bool { return w.Word == word })
	if *room <= 0 && !again {
		return fmt.Sprintf("学了%d个了，记不下了。先忘掉用不着的：“忘词 …”。", taughtBound), nil
	}
	if !again {
		*room--
	}
	if err := t.In.Teach(storage.Taught{Word: word, Meaning: meaning, TaughtBy: t.Me}); err != nil {
		return "", err
	}
	said := fmt.Sprintf("学会了：“%s”就是“%s”。不对就回“忘词 %s”。", word, meaning, word)
	if read.Read(meaning, c).Danger.Level == read.Strong {
		said += "哪个讲到它，我当急事办。"
	}
	return said, nil
}

// refused says why a word is not taught, and what to do.
func refused(why read.Unteachable, word, meaning string) string {
	switch why {
	case read.SameWord:
		return "“" + word + "”就是它自己，不用学。"
	case read.IsDanger:
		return "“" + word + "”是讲急事的，改不得。"
	case read.TurnsOff:
		return "“" + meaning + "”会叫我听不出急事，学不得。"
	case read.IsCommand:
		return "“" + word + "”我本来就有用场，改不得。"
	case read.NotMeaning:
		return "“" + meaning + "”我也不懂，换个我懂的讲法。"
	case read.WrongForm, read.Teachable:
	}
	return "没看懂。" + howToTeach + "词要两个字到八个字。"
}

func forget(t *line.Turn, word string) (line.Answer, error) {
	if word == "" {
		return line.Ask("忘哪个？讲“忘词 挈水”这样，回“学词”看学过哪些。"), nil
	}
	found, err := t.In.Unteach(word)
	switch {
	case err != nil:
		return line.Answer{}, err
	case !found:
		return line.Ask("“" + word + "”没学过。回“学词”看学过哪些。"), nil
	}
	return line.Say("忘了：“" + word + "”。"), nil
}

// taught lists the words that a village has taught, the newest first, with who
// taught each and when.
func taught(words []storage.Taught, name func(int64) string) string {
	if len(words) == 0 {
		return "还没学过词。" + howToTeach
	}
	lines := []string{fmt.Sprintf("学了%d个词：", len(words))}
	for i, w := range words {
		if i == taughtShown {
			lines = append(lines, fmt.Sprintf("还有%d个早些学的。", len(words)-taughtShown))
			break
		}
		at := w.TaughtAt.Time()
		lines = append(lines, fmt.Sprintf("%s=%s（%s，%d月%d日）", w.Word, w.Meaning, cmp.Or(name(w.TaughtBy), "操作员"), at.Month(), at.Day()))
	}
	return strings.Join(append(lines, "要忘哪个回“忘词 "+words[0].Word+"”。"), "\n")
}
