package read

import (
	"strings"
	"testing"
)

func BenchmarkRead(b *testing.B) {
	c := Context{Now: tuesday, Roster: NewRoster(village(1232)), Speaker: volunteer()}
	for name, text := range map[string]string{
		"help":      "帮助",
		"claim":     "接13",
		"request":   "明天早上想去镇上卫生院看腰 冇得人陪 有车最好",
		"report":    "今天看了桂香婶 刘满生，舒忠良门锁着没见到人，刘满生脚肿穿不得鞋，一共一个半钟头，路上不算",
		"emergency": "满爷爷滚到茅厕里头了喊不应",
		"nonsense":  "隔壁屋里昨天杀了一头猪请我们去呷酒好热闹哦",
		"2048":      strings.Repeat("舒向王桂香13号不", 85),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(text, c)
			}
		})
	}
}

func BenchmarkNewRoster(b *testing.B) {
	people := village(1232)
	for b.Loop() {
		NewRoster(people)
	}
}
