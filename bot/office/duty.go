package office

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

var (
	telephone = regexp.MustCompile(`1\d{10}|0\d{2,3}-?\d{7,8}`)
	hours     = regexp.MustCompile(`(\d{1,2})(?::(\d{2}))?\s*(?:点)?\s*(?:-|到|至|~)\s*(?:晚|晚上|次日|第二天)?(\d{1,2})(?::(\d{2}))?`)
)

// duty changes the duty roster: 值班 张远志 19900000002 8:00-22:00; 值班 去掉 张远志. No
// hours are all hours: no text may name a telephone that nobody mans.
func duty(v storage.In, b *book.Book, e Entry, rest string) (string, error) {
	rest = read.Fold(rest).Text
	if name, off := strings.CutPrefix(rest, "去掉"); off {
		name = strings.TrimSpace(name)
		if !onRoster(b, name) {
			return "", refusal("值班表上没有" + name + "。值班的：" + roster(b.Duties) + "。")
		}
		return "去掉了，" + name + "不值班了。", errors.Join(v.EndDuty(name), checked(v, e, name))
	}
	phone := telephone.FindString(rest)
	name, after, _ := strings.Cut(rest, phone)
	name = strings.Trim(name, " ,")
	if phone == "" || name == "" {
		return "", refusal("讲“设 值班 张远志 19900000002 8:00-22:00”这样：姓名、电话、几点到几点。")
	}
	d := storage.Duty{Name: name, Phone: phone, From: 0, To: 24 * 60}
	if m := hours.FindStringSubmatch(after); m != nil {
		d.From, d.To = minute(m[1], m[2]), minute(m[3], m[4])
	} else if strings.TrimSpace(after) != "" && !strings.Contains(after, "全天") {
		return "", refusal("几点到几点没看懂，写成“8:00-22:00”这样。")
	}
	if d.From > 24*60 || d.To > 24*60 || d.From == d.To {
		return "", refusal("几点到几点不对，写成“8:00-22:00”这样。")
	}
	if err := errors.Join(v.AddDuty(d), v.Changed(), checked(v, e, name)); err != nil {
		return "", err
	}
	return "设好了，值班的：" + roster(append(b.Duties[:len(b.Duties):len(b.Duties)], d)) + "。", nil
}

// checked keeps who changed the duty roster last, from where, and when.
func checked(v storage.In, e Entry, what string) error {
	return set(v, e, "duty.roster", what)
}

func onRoster(b *book.Book, name string) bool {
	for _, d := range b.Duties {
		if d.Name == name {
			return true
		}
	}
	return name == ""
}

func minute(hour, min string) int {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(min)
	return h*60 + m
}

// roster lists who answers when.
func roster(duties []storage.Duty) string {
	var all []string
	for _, d := range duties {
		when := "全天"
		if d.From != 0 || d.To != 24*60 {
			when = fmt.Sprintf("%d:%02d到%d:%02d", d.From/60, d.From%60, d.To/60, d.To%60)
		}
		all = append(all, d.Name+d.Phone+"（"+when+"）")
	}
	if len(all) == 0 {
		return "没有人"
	}
	return strings.Join(all, "，")
}
