package read

import "strings"

// wordIntents are the intents of lines that are one word; a word that is not
// here keeps Unknown and is understood by the caller from the question it asked.
var wordIntents = map[string]Intent{
	"还没看": Query, "我的事": Query, "名单": Query, "看": Query, "电话": Query,
	"食堂": Query, "钱": Query, "明细": Query, "你是谁": Query, "骗子": Query,
	"看了": ReportVisit, "没见到": ReportVisit, "都看了": ReportVisit,
	"做完": Complete, "接": Claim, "不接": Decline, "取消": Cancel,
	"你好": Greeting, "谢谢": Smalltalk, "再见": Smalltalk, "客气": Smalltalk,
}

// globalWord makes the reading of a line that is one word.
func globalWord(out *Reading, f *Folded, word string) {
	out.Word = word
	if i, ok := wordIntents[word]; ok {
		out.Intent = i
	}
	if a, ok := answerOf(f.Text); ok {
		out.Answer = a
	}
	switch word {
	case "看了":
		out.Calls = []Call{{Met: true}}
	case "没见到":
		out.Calls = []Call{{Reason: attemptReason(out.Text, f.Text)}}
	case "都看了":
		out.All = true
	case "过世":
		out.Danger = Danger{Level: Ask, Class: Gone, Words: []string{out.Text}}
	}
}

// attemptReason keeps what was typed unless it says no more than "not met".
func attemptReason(text, folded string) string {
	for _, h := range lex().scan([]rune(folded)) {
		if h.kind == kindVerb && h.value == "reason" {
			return strings.Trim(text, trimmed+"，！？")
		}
	}
	return ""
}
