package who

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"mishu/bot/book"
	"mishu/bot/read"
)

// introduction is who somebody says he is.
type introduction struct {
	Name   string // as he gave it; 海波 or 李小军
	Group  int
	Of     int64  // 刘满生的崽: whose
	Phrase string // as it is read back to him: 3组李小军, 刘满生的崽海波
}

// claimed takes the introduction out of a line that the reader took for one.
func claimed(r read.Reading) introduction {
	in := introduction{Name: r.Name, Group: r.Group}
	if r.As != "" {
		in.Of = sole(r.Mentions)
		in.Phrase = phrase(own(r.Text))
		if !strings.Contains(in.Phrase, in.Name) { // 夏桂花的女儿 夏小丽
			in.Phrase = clip(in.Phrase+in.Name, phraseBound)
		}
	}
	return in
}

// own is the part of a line in which somebody says who he is: what follows is
// what he asks for.
func own(text string) string {
	for i, r := range text {
		if mark(r) && strings.ContainsAny(text[:i], "崽儿女孙媳婿") {
			return text[:i]
		}
	}
	return text
}

// sole is the only person whom a line names, 0 if it is not sure who.
func sole(mentions []read.Mention) int64 {
	if len(mentions) > 0 && len(mentions[0].People) == 1 {
		return mentions[0].People[0]
	}
	return 0
}

var opening = regexp.MustCompile(`^(我就是|我是|我叫|我们是|是|我)`)

// phrase is what somebody said of himself, without 我是 and without marks.
func phrase(text string) string {
	text = opening.ReplaceAllString(strings.TrimFunc(strings.Join(strings.Fields(text), " "), mark), "")
	return clip(strings.TrimFunc(text, mark), phraseBound)
}

// phraseBound keeps what is read back to the length of a long name and place.
const phraseBound = 20

func mark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }

// spoken is the introduction as it is read back.
func (in introduction) spoken() string {
	switch {
	case in.Phrase != "":
		return in.Phrase
	case in.Group > 0:
		return fmt.Sprintf("%d组%s", in.Group, in.Name)
	}
	return in.Name
}

// match finds the one person of the roster who fits, 0 if none or several. The
// speaker never learns which it was.
func (in introduction) match(b *book.Book) int64 {
	if in.Of != 0 {
		return in.child(b)
	}
	if ids := b.Roster.Find(in.Name, in.Group); len(ids) == 1 {
		return ids[0]
	}
	return 0
}

// child looks for a child by the parent's surname: 刘满生的崽海波 is 刘海波.
func (in introduction) child(b *book.Book) int64 {
	parent := b.Person(in.Of)
	surname := []rune(parent.Name)
	if len(surname) == 0 || in.Name == "" {
		return 0
	}
	for _, full := range []string{in.Name, string(surname[:1]) + in.Name} {
		for _, group := range []int{parent.Group, 0} {
			if ids := b.Roster.Find(full, group); len(ids) == 1 && ids[0] != in.Of {
				return ids[0]
			}
		}
	}
	return 0
}

// loose reads an answer to "您是几组的哪位": a bare name, a bare group, or both in
// any order. What the reader knows as a word is no name, and without a group
// only what begins like a name is one.
func loose(r read.Reading) introduction {
	text := read.Fold(phrase(r.Text)).Text
	var in introduction
	if m := grouped.FindStringSubmatch(text); m != nil {
		in.Group = groupNumber(m[1])
		text = strings.Replace(text, m[0], "", 1)
	}
	word := r.Answer != read.NoAnswer || r.Word != "" && r.Word != "组" || r.Intent == read.Smalltalk
	name := strings.TrimFunc(strings.ReplaceAll(text, "的", ""), mark)
	means := r.Intent != read.Unknown || r.When.Grain != "" || len(r.Services) > 0
	if !word && nameLike.MatchString(name) && (in.Group > 0 || !means && len(name) == 2*len("李") || strings.Contains(surnames, name[:len("李")])) {
		in.Name = name
	}
	return in
}

// surnames are the hundred and some that most people in Hunan have. A rarer one
// needs the group beside it, or 我叫.
const surnames = "李王张刘陈杨黄周吴罗彭谢邓唐肖萧何胡曾谭欧阳蒋曹龙贺易朱夏段毛向舒田石覃伍尹廖袁汤戴孙赵徐马郭高林郑梁宋许韩冯于董程蔡潘余杜叶苏魏吕丁任沈姚卢姜崔钟陆汪范金韦贾付傅方邹熊孟秦白江阎薛侯雷黎史陶邵武万莫孔康严文成单申瞿粟滕麻符米全满"

var (
	grouped  = regexp.MustCompile(`第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:村民)?(?:小)?[组队]`)
	nameLike = regexp.MustCompile(`^\p{Han}{2,3}$|^(欧阳|司马|诸葛|上官)\p{Han}{1,2}$`)
)

// groupNumber reads 3, 三, 十二.
func groupNumber(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r == '十':
			n = max(n, 1) * 10
		default:
			n += strings.IndexRune("一二三四五六七八九", r)/len("一") + 1
		}
	}
	return n
}

func clip(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}
