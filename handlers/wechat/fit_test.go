package wechat

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFitField(t *testing.T) {
	for name, c := range map[string]struct{ field, text, want string }{
		"21 characters": {"thing1", strings.Repeat("村", 21), strings.Repeat("村", 19) + "…"},
		"20 characters": {"thing1", strings.Repeat("村", 20), strings.Repeat("村", 20)},
		"two lines":     {"thing12", "早。\n三件", "早。 三件"},
		"emoji":         {"thing1", "好👌🏽☀️的", "好的"},
		"empty":         {"thing1", "👌", "无"},
		"phrase":        {"phrase3", "一二，三四五六", "一二三四五"},
		"time":          {"time2", "2026-10-21 08:00", "2026-10-21 08:00"},
		"no time":       {"time2", "早上", "2026-10-21 09:00"},
		"number":        {"number4", "3件", "3"},
		"no number":     {"number4", "三件", "0"},
		"amount":        {"amount1", "￥12.50", "12.50"},
		"name":          {"name1", "向春兰 老师", "向春兰老师"},
		"latin name":    {"name1", "John 3 Smith", "John Smith"},
		"ASCII":         {"character_string1", "编号A-12", "A-12"},
		"no ASCII":      {"character_string1", "编号", "-"},
		"letter":        {"letter9", "a1b2", "ab"},
		"symbol":        {"symbol1", "好！？", "！？"},
		"telephone":     {"phone_number1", "电话199-0000-0001", "199-0000-0001"},
		"plate":         {"car_number1", "湘 N12345 黄牌", "湘N12345黄"},
		"constant":      {"const1", "村里事务", "村里事务"},
	} {
		if got := fitField(c.field, c.text, "2026-10-21 09:00"); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := fitField("thing1", rapid.String().Draw(t, "text"), "")
		if n := utf8.RuneCountInString(got); n == 0 || n > 20 || strings.ContainsAny(got, "\r\n\t") {
			t.Fatalf("%q", got)
		}
	})
}
