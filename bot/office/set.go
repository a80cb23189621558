package office

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// Entry is one thing that somebody sets, with whose it is and where it is from.
type Entry struct {
	Words  string // 值班 张远志 19900000002 8:00-22:00
	By     int64  // who says it, 0 for a command of the operator
	Owner  string
	Source string
}

// refusal is why something was not set, in words for the one who tried.
type refusal string

func (r refusal) Error() string { return string(r) }

func explained(err error) (line.Answer, error) {
	var r refusal
	if errors.As(err, &r) {
		return line.Ask(string(r)), nil
	}
	return line.Answer{}, err
}

// setting is a value of the office: the word for it, its name in the records, and
// what it must look like.
type setting struct {
	word, name string
	fits       *regexp.Regexp
	example    string
}

var (
	number = regexp.MustCompile(`^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{3,8})$`)
	clock  = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)
	words  = regexp.MustCompile(`^.{1,160}$`)
	called = regexp.MustCompile(`^\p{Han}{1,8}$`)
)

var settings = []setting{
	{"称呼", book.CalledSecretary, called, "向老师"},
	{"村部电话", book.OfficePhone, number, "0745-1990000"},
	{"急救电话", book.FirstAidPhone, number, "0745-1990120"},
	{"早报", book.BriefAt, clock, "7:05"},
	{"晚报", book.SecondBriefAt, clock, "17:00"},
	{"安静从", book.QuietFrom, clock, "21:00"},
	{"安静到", book.QuietTo, clock, "7:00"},
	{"食堂", book.Canteen, words, "暖心家园十一点半开饭，老人免费"},
	{"资金", book.Fund, words, "上季结余8200元，收入3000元，支出4150元，现在7050元"},
	{"明细", book.FundDetails, words, "10月：重阳慰问1800、奖学1500、场地修灯850"},
}

// Set sets one thing and says what it is now. What cannot be read is refused in
// words that say what to write instead.
func Set(v storage.In, b *book.Book, e Entry) (string, error) {
	word, rest := cut(e.Words)
	switch word {
	case "值班":
		return duty(v, b, e, rest)
	case "邻居", "钥匙", "听力", "识字", "不识字":
		return care(v, b, e, word, rest)
	case "赶场":
		return market(v, e, rest)
	case "农忙":
		return busy(v, e, rest)
	case "提前":
		return lead(v, e, rest)
	case "生日":
		return birthday(v, b, e, rest)
	case "红线":
		return mark(v, e, book.Red, word, rest)
	case "黄线":
		return mark(v, e, book.Yellow, word, rest)
	case "口音":
		return accent(v, b, e, rest)
	case "安静": // 安静 21:00-7:00
		return quiet(v, b, e, rest)
	}
	for _, s := range settings {
		if s.word == word {
			return value(v, e, s, rest)
		}
	}
	return "", refusal("没有“" + word + "”这一样。回“设”看能设哪些。")
}

// quiet sets both ends of the hours in which nobody is disturbed, and reads both
// back.
func quiet(v storage.In, b *book.Book, e Entry, rest string) (string, error) {
	from, to, _ := strings.Cut(strings.ReplaceAll(rest, "到", "-"), "-")
	first, err := Set(v, b, e.with("安静从 "+from))
	if err != nil {
		return "", err
	}
	second, err := Set(v, b, e.with("安静到 "+to))
	return strings.TrimSuffix(first, "。") + strings.TrimPrefix(second, "设好了：安静"), err
}

func (e Entry) with(words string) Entry {
	e.Words = words
	return e
}

// cut takes the word in front off a line, with or without a space behind it.
func cut(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	for _, w := range slices.Concat([]string{"值班", "邻居", "钥匙", "听力", "不识字", "识字", "赶场", "农忙", "提前", "生日", "口音", "红线", "黄线"}, plain()) {
		if strings.HasPrefix(text, w) {
			return w, strings.Trim(text[len(w):], " :：,，　")
		}
	}
	word, rest, _ = strings.Cut(text, " ")
	return word, rest
}

func plain() []string {
	all := make([]string, 0, len(settings)+1)
	for _, s := range settings {
		all = append(all, s.word)
	}
	return append(all, "安静")
}

func value(v storage.In, e Entry, s setting, rest string) (string, error) {
	if s.fits != words {
		rest = strings.TrimSpace(read.Fold(rest).Text)
	}
	if !s.fits.MatchString(rest) {
		return "", refusal(fmt.Sprintf("%s要写成“设 %s %s”这样，再讲一遍。", s.word, s.word, s.example))
	}
	if s.name == book.Fund && !adds(rest) {
		return "", refusal("上季结余加收入减支出，跟现在的数对不上，没有设。请核一下再讲。")
	}
	if s.fits == clock && len(rest) < len("07:05") {
		rest = "0" + rest
	}
	return fmt.Sprintf("设好了：%s%s。", s.word, rest), set(v, e, s.name, rest)
}
