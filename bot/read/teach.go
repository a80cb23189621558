package read

import "strings"

// The words with which a village teaches the reader: 学词 挈水=挑水, and 忘词 挈水.
const (
	TeachWord  = "学词"
	ForgetWord = "忘词"
)

// maxTeaching is longer, in runes, than any line that teaches a few words: what is
// longer is told, not taught.
const maxTeaching = 60

// teaching reads a line of the fixed form 学词 A=B or 忘词 A. It is no report, so no
// danger is read in it: teaching what 喊不应 is called must be possible.
func teaching(out *Reading, f *Folded) bool {
	if len(f.Runes) < 2 || f.Runes[1] != '词' || len(f.Runes) > maxTeaching {
		return false
	}
	word := f.part(0, 2)
	rest := strings.Trim(f.part(2, len(f.Runes)), trimmed)
	switch {
	case rest == "" && (word == TeachWord || word == ForgetWord):
	case word == TeachWord && len(TaughtPairs(rest)) > 0:
	case word == ForgetWord && len([]rune(rest)) <= maxTaught:
	default:
		return false
	}
	out.Word, out.Rest = word, rest
	return true
}

// TaughtPairs reads the pairs of a line that teaches, word and meaning: 挈水=挑水，
// 搭信就是打电话. A line that is anything else has none.
func TaughtPairs(text string) [][2]string {
	var pairs [][2]string
	for _, part := range strings.FieldsFunc(Fold(text).Text, func(r rune) bool { return isMark(r) && r != ' ' }) {
		word, meaning, ok := strings.Cut(part, "=")
		for _, sign := range [...]string{"就是", "等于"} {
			if !ok {
				word, meaning, ok = strings.Cut(part, sign)
			}
		}
		if !ok {
			return nil
		}
		pairs = append(pairs, [2]string{strings.TrimSpace(word), strings.TrimSpace(meaning)})
	}
	return pairs
}
