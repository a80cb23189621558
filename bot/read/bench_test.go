package read

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
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

// BenchmarkNewRoster builds the names of a village of 1,232 and tells how much of the
// heap each keeps.
func BenchmarkNewRoster(b *testing.B) {
	people := village(1232)
	NewRoster(people) // the tables that all villages share
	const villages = 8
	var rosters [villages]*Roster
	before := reachable()
	for i := range rosters {
		rosters[i] = NewRoster(people)
	}
	kept := reachable() - before
	for b.Loop() {
		NewRoster(people)
	}
	runtime.KeepAlive(&rosters)
	b.ReportMetric(float64(kept)/villages/1024, "kB/village")
}

// reachable is how many bytes of the heap are in use.
func reachable() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkVillage reads the lines of the corpus against a village of 1,232 and
// tells the median and the 99th percentile of a message, in µs: of all readings, and
// (least) of the fastest reading of each line, which is what a machine takes that does
// nothing else meanwhile.
func BenchmarkVillage(b *testing.B) {
	c := Context{Now: tuesday, Roster: NewRoster(village(1232)), Speaker: volunteer()}
	lines := corpusLines(b, "develop.jsonl")
	var took []time.Duration
	least := slices.Repeat([]time.Duration{time.Hour}, len(lines))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		k := i % len(lines)
		start := time.Now()
		Read(lines[k].Text, c)
		t := time.Since(start)
		took, least[k] = append(took, t), min(least[k], t)
	}
	for of, took := range map[string][]time.Duration{"": took, "least-": least} {
		slices.Sort(took)
		micros := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Nanoseconds()) / 1000 }
		b.ReportMetric(micros(0.5), of+"p50-µs")
		b.ReportMetric(micros(0.99), of+"p99-µs")
	}
}

// BenchmarkAdversarial reads 2,048 bytes of the worst that is known.
func BenchmarkAdversarial(b *testing.B) {
	c := Context{Now: tuesday, Roster: NewRoster(village(1232)), Speaker: volunteer()}
	for _, unit := range adversarial {
		text := strings.Repeat(unit, 2048/len(unit))
		b.Run(unit, func(b *testing.B) {
			for b.Loop() {
				Read(text, c)
			}
		})
	}
}
