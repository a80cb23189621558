package roster

import (
	"slices"
	"strings"
)

// meaning maps what villages write to the word that is kept. The first entry
// that the text holds wins, so the longer word stands first.
type meaning struct{ written, kept string }

// keep finds the kept word; found is false where nothing fits.
func keep(list []meaning, s string) (kept string, found bool) {
	for _, m := range list {
		if strings.Contains(s, m.written) {
			return m.kept, true
		}
	}
	return "", false
}

// kinds are the reasons to be on the visit list. "" drops the word: 低保 and
// the like are no reason of their own, and special families are listed nowhere
// but in their own space (settled.md 27).
var kinds = []meaning{
	{"失独", ""},
	{"特殊家庭", ""},
	{"特扶", ""},
	{"留守儿童", LeftBehindChild},
	{"留守", "留守"},
	{"独居", "独居"},
	{"孤寡", "独居"},
	{"空巢", "空巢"},
	{"高龄", "高龄"},
	{"80岁以上", "高龄"},
	{"半失能", "失能"},
	{"失能", "失能"},
	{"失智", "失能"},
	{"卧床", "失能"},
	{"重残", "重残"},
	{"残疾", "重残"},
	{"低保", ""},
	{"五保", ""},
	{"特困", ""},
	{"脱贫", ""},
	{"监测", ""},
	{"党员", ""},
	{"退役", ""},
	{"普通", ""},
	{"一般", ""},
	{"正常", ""},
	{"健康", ""},
	{"其他", "其他"},
}

// special are the words of a matter that no roster carries, wherever in a row
// they stand.
var special = []string{"失独", "计生特殊", "特殊家庭", "特扶", "独生子女死亡", "独生子女伤残"}

var roles = []meaning{
	{"志愿", "志愿者"},
	{"骨干会员", "志愿者"},
	{"小组长", "组长"},
	{"组长", "组长"},
	{"村医", "村医"},
	{"医生", "村医"},
	{"秘书长", "秘书长"},
	{"会长", "会长"},
	{"会计", "会计"},
	{"监督", "监督"},
	{"监委", "监督"},
	{"儿童主任", "儿童主任"},
	{"妇联", "妇联主任"},
	{"妇女主任", "妇联主任"},
	{"炊事", "炊事员"},
	{"厨师", "炊事员"},
	{"煮饭", "炊事员"},
}

var statuses = []meaning{
	{"随子女", WithChildren},
	{"随儿", WithChildren},
	{"随女", WithChildren},
	{"机构", InCare},
	{"养老院", InCare},
	{"敬老院", InCare},
	{"福利院", InCare},
	{"不在家", Away},
	{"不在村", Away},
	{"外出", Away},
	{"在外", Away},
	{"务工", Away},
	{"打工", Away},
	{"在村", AtHome},
	{"在家", AtHome},
	{"常住", AtHome},
	{"居家", AtHome},
	{"留守", AtHome},
}

var tiers = []meaning{
	{"高", High},
	{"红", High},
	{"重点", Middle},
	{"黄", Middle},
	{"一般", Normal},
	{"普通", Normal},
	{"绿", Normal},
}

// dead are the words for a person who died. Such a row is refused, not
// skipped: the village decides, and nobody writes to the dead.
var dead = []string{"去世", "死亡", "已故", "过世", "亡故", "销户", "注销"}

// isDead tells whether a cell says that the person died. 丧偶 and the like are
// about others.
func isDead(s string) bool {
	return slices.ContainsFunc(dead, func(w string) bool { return strings.Contains(s, w) })
}

func isSpecial(s string) bool {
	return slices.ContainsFunc(special, func(w string) bool { return strings.Contains(s, w) })
}

// yes reads a cell of a yes-no column.
func yes(s string) (is, ok bool) {
	switch strings.ToUpper(s) {
	case "是", "√", "✓", "✔", "有", "对", "Y", "YES", "1", "TRUE", "在册":
		return true, true
	case "", "否", "不是", "N", "NO", "FALSE", "不", "未":
		return false, true
	}
	return false, false
}

// readSex reads 男, 女, M, F and the 1 and 2 of official forms.
func readSex(s string) (string, bool) {
	switch strings.ToUpper(strings.TrimSuffix(s, "性")) {
	case "男", "M", "1":
		return "M", true
	case "女", "F", "2":
		return "F", true
	}
	return "", false
}

// readTown takes the town out of a status such as 外出（东莞）, 东莞务工, 在长沙打工.
func readTown(s string) string {
	s = strings.NewReplacer("外出", " ", "务工", " ", "打工", " ", "在外", " ", "不在家", " ", "不在村", " ", "在", " ", "(", " ", ")", " ", ":", " ").Replace(s)
	if f := strings.Fields(s); len(f) == 1 && 2 <= len([]rune(f[0])) && len([]rune(f[0])) <= 8 {
		return f[0]
	}
	return ""
}
