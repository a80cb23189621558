package read

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for text, want := range map[string][]float64{
		"十": {10}, "十三": {13}, "二十": {20}, "廿三": {23}, "卅": {30}, "一百五": {150}, "一百零五": {105}, "两千": {2000}, "两千零四": {2004},
		"一百二十": {120}, "三万五千": {35000}, "二〇二六": {2026}, "九十": {90}, "俩": {2}, "1.5": {1.5}, "１２": {12}, "3个5": {3, 5},
		"一万": {10000}, "三百六十五": {365}, "没有": nil, "百货": nil, "99999999999999999999999": {0},
	} {
		f := Fold(text)
		var got []float64
		for _, n := range readNumbers(f.Runes, nil) {
			got = append(got, n.value)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// TestNumeralsRoundTrip writes a number as a clerk would and reads it back.
func TestNumeralsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 99999).Draw(t, "n")
		word := inChinese(n)
		got := readNumbers([]rune(word), nil)
		if len(got) != 1 || got[0].value != float64(n) {
			t.Fatalf("%d %s: %v", n, word, got)
		}
	})
}

// inChinese writes n in full, 一千零二十 and not 一千二.
func inChinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	out, zero := "", false
	for _, u := range []struct {
		size int
		unit string
	}{{10000, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.size
		n %= u.size
		if d == 0 {
			zero = out != ""
			continue
		}
		if zero {
			out, zero = out+"零", false
		}
		out += string(digits[d]) + u.unit
	}
	return out
}

func TestPhones(t *testing.T) {
	for text, want := range map[string][]string{
		"19900001234": {"19900001234"}, "我电话199 0000 1234": {"19900001234"}, "199-0000-1234": {"19900001234"},
		"１９９００００１２３４": {"19900001234"}, "打0745-8561234": {"07458561234"}, "幺九九零零零零一二三四": {"19900001234"},
		"我和他的：19900001234、19900005678": {"19900001234", "19900005678"},
		"12345": nil, "1990000123": nil, "199000012345": nil, "13号": nil, "12900001234": nil,
	} {
		g := Read(text+"。", Context{Now: tuesday})
		if diff := cmp.Diff(want, g.Phones); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestTickets(t *testing.T) {
	for text, want := range map[string][]int{
		"接13": {13}, "接13号": {13}, "13接": {13}, "13 接": {13}, "接十三": {13}, "不13": {13}, "13不去": {13}, "取消13": {13}, "13做完了": {13},
		"13号做完了": {13}, "电话13": {13}, "13怎么样了": {13}, "13那个事怎么样了": {13}, "我接13和15": {13}, "接3": {3}, "接 105": {105}, "#13 我来": {13},
		"接3个人": nil, "13天": nil, "25号下午去医院": nil, "二号院子": nil, "3组": nil, "11月13号": nil, "接我3点": nil, "13岁": nil, "洗3床被子做完了": nil,
		"19900001234接": nil, "做完了 40分钟": nil, "我来3次了": nil,
	} {
		g := Read(text+"。", Context{Now: tuesday})
		if diff := cmp.Diff(want, g.Tickets); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestGroups(t *testing.T) {
	for text, want := range map[string]int{"3组": 3, "三组的": 3, "第5组": 5, "十二组": 12, "3小组": 3, "小组长": 0, "3个": 0, "100组": 0} {
		g := Read(fmt.Sprintf("我是%s人", text), Context{Now: tuesday})
		if g.Group != want {
			t.Errorf("%q: %d, want %d", text, g.Group, want)
		}
	}
}
