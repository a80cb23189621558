package help

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/dialog"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
)

// draft is a request before it is committed: what is known of it so far. It is
// committed with the first message that says who and what (settled.md 10).
type draft struct {
	Key      string   `json:"key"` // of the message that began it
	Elder    int64    `json:"elder,omitempty"`
	Choices  []int64  `json:"choices,omitempty"` // who it may be
	Services []string `json:"services,omitempty"`
	Detail   string   `json:"detail,omitempty"`
	Wishes   []string `json:"wishes,omitempty"`
	Urgent   bool     `json:"urgent,omitempty"`
	WishAt   int64    `json:"wish_at,omitempty"`
	Grain    string   `json:"grain,omitempty"`
}

// form is what has to be known before a request is committed.
var form = dialog.Form[draft, *line.Turn]{
	{
		Name:    "who",
		Missing: func(d draft) bool { return d.Elder == 0 },
		Ask:     func(draft) string { return "" }, // needs the book: askWho
		Take:    takeWho,
	},
	{
		Name:    "what",
		Missing: func(d draft) bool { return len(d.Services) == 0 },
		Ask:     func(draft) string { return askWhat },
		Take:    takeWhat,
	},
}

const askWhat = "要帮什么？1看病拿药 2照看人 3修理出力 4做饭 5洗衣洗头 6陪走办事 7手机写信 8讲讲话 9别的，回数字。"

// offered are the services in the order of askWhat.
var offered = []string{"yi", "hu", "lao", "chu", "xi", "fu", "xue", "comfort", "other"}

// begin makes a draft of one sentence.
func begin(t *line.Turn) draft {
	r := t.Read
	d := draft{Key: t.Source(), Detail: detail(r), Wishes: r.Wishes, Urgent: r.Urgent}
	if r.When.Grain != "" {
		d.WishAt, d.Grain = r.When.At.UnixMilli(), string(r.When.Grain)
	} else if saysAnytime(r.Text) {
		d.Grain = anytime
	}
	form.Fill(&d, t)
	if cannotReach(t) && d.Elder != t.Me {
		d.Urgent, d.Services = true, []string{string(read.Comfort)}
	}
	return d
}

// detail is what the person wrote without the time, which is shown apart.
func detail(r read.Reading) string {
	text := r.Text
	if s := r.When.Span; r.When.Grain != "" && s.From >= 0 && s.To <= len(text) && s.From < s.To {
		text = text[:s.From] + " " + text[s.To:]
	}
	text = besideComma.ReplaceAllString(text, "，")
	return strings.Trim(strings.Join(strings.Fields(text), " "), "， ")
}

// besideComma is what a time leaves behind that stood between commas: 急，，要人来修.
var besideComma = regexp.MustCompile(`[\s，,]*[，,][\s，,]*`)

// saysAnytime reports whether the asker leaves the day to others.
func saysAnytime(text string) bool {
	return slices.ContainsFunc([]string{"随便", "哪天都", "都行", "都可以", "不晓得", "不知道", "看你们", "看您", "无所谓"},
		func(w string) bool { return strings.Contains(text, w) })
}

func takeWhat(d *draft, t *line.Turn) bool {
	for _, s := range t.Read.Services {
		d.Services = append(d.Services, string(s))
	}
	if len(d.Services) == 0 && len(t.Read.Digits) == 1 && t.State.Open != nil {
		if n := t.Read.Digits[0]; n >= 1 && n <= len(offered) {
			d.Services = []string{offered[n-1]}
		}
	}
	return len(d.Services) > 0
}

// ask opens the question about what is still missing.
func ask(t *line.Turn, d draft, open dialog.Field[draft, *line.Turn]) (line.Answer, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep draft: %w", err)
	}
	text := open.Ask(d)
	if open.Name == "who" {
		text = askWho(t, d)
	}
	if len(d.Services) > 0 && open.Name == "who" {
		text = "好，" + say.Services[d.Services[0]] + "。" + text
	}
	return t.Question(line.Question{Line: name, Name: askDraft, Data: string(data), Text: text}), nil
}

// answerDraft hears who or what.
func answerDraft(t *line.Turn, q line.Question) (line.Answer, error) {
	var d draft
	if err := json.Unmarshal([]byte(q.Data), &d); err != nil {
		return line.Answer{}, fmt.Errorf("read draft: %w", err)
	}
	if reports(t.Read) { // it names somebody, and is no answer to who the request is for
		if len(d.Services) > 0 {
			t.State.Keep()
		}
		return line.Answer{}, nil
	}
	if differs(t, d) {
		if len(d.Services) > 0 {
			t.State.Keep() // 继续 comes back to it
		}
		return proceed(t, begin(t))
	}
	if d.Elder == 0 && strings.Contains(t.Read.Text, "自己") {
		d.Elder = t.Me
	}
	before := d
	filled := len(form.Fill(&d, t)) > 0 || d.Elder != 0 && t.Read.When.Grain != "" || strings.Contains(t.Read.Text, "自己")
	if !filled && !inWords(&d, t) {
		return line.Answer{}, nil
	}
	if before.Detail == "" && len(before.Services) == 0 && len(t.Read.Digits) == 0 {
		d.Detail = detail(t.Read) // after a tap on the menu this is the first sentence
	}
	if d.Grain == "" && t.Read.When.Grain != "" {
		d.WishAt, d.Grain = t.Read.When.At.UnixMilli(), string(t.Read.When.Grain)
	}
	return proceed(t, d)
}

// reports tells a report from a name alone: it brings numbers, minutes, what was
// found or why nobody was met.
func reports(r read.Reading) bool {
	return r.Intent == read.ReportVisit && (len(r.Vitals) > 0 || r.Minutes > 0 ||
		slices.ContainsFunc(r.Calls, func(c read.Call) bool { return c.Reason != "" || c.Health != "" || len(c.Findings) > 0 }))
}

// differs reports whether a line asks for something else than the draft does:
// another kind of help, or the same for somebody else.
func differs(t *line.Turn, d draft) bool {
	if t.Read.Intent != read.RequestHelp || len(t.Read.Services) == 0 {
		return false
	}
	ids := named(t)
	if d.Elder != 0 && len(ids) > 0 && !slices.Contains(ids, d.Elder) {
		return true
	}
	return len(d.Services) > 0 && !slices.ContainsFunc(d.Services, func(s string) bool { return fitsService(t.Read.Services, s) })
}

// inWords takes an answer to "要帮什么" that is none of the known kinds as it was
// said: whoever comes reads it.
func inWords(d *draft, t *line.Turn) bool {
	r := t.Read
	plain := r.Intent == read.Unknown || r.Intent == read.RequestHelp
	if d.Elder == 0 || len(d.Services) > 0 || !plain || r.Answer != read.NoAnswer || r.Word != "" || len(r.Digits) > 0 || len([]rune(r.Text)) < 2 {
		return false
	}
	d.Services = []string{string(read.Other)}
	d.Detail = strings.Trim(d.Detail+"，"+detail(r), "，")
	return true
}

// proceed asks what is missing, or commits.
func proceed(t *line.Turn, d draft) (line.Answer, error) {
	if open, missing := form.Open(d); missing {
		return ask(t, d, open)
	}
	return commit(t, d)
}
