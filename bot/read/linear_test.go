package read

import (
	"strings"
	"testing"
	"time"
)

// repeated are lines that once cost the square or the cube of their length, each
// said over and over.
var repeated = []string{
	"王桂香讲", "王桂香去", "没见到王桂香", "王贵香宅基地", "老李", "3满爷爷", "25号", "8号9号", "早8点", "9点半初八", "我", "接", "等我", "别让",
	"送晚餐", "我帮她洗了", "冇人开门", "脚肿1", "没冒烟", "13老李", "1周", "我去送药",
}

// TestLinear: six times the length costs about six times the time, never the 36
// times of a walk inside a walk. Both are measured by turns in the same run, and the
// best of each counts, so that a busy machine does not decide.
func TestLinear(t *testing.T) {
	const short, times, most = 1000, 6, 18
	roster := NewRoster(village(1232))
	for _, role := range []string{"volunteer", "secretary", "elder"} {
		c := Context{Now: tuesday, Roster: roster, Speaker: Speaker{Person: 1, Household: 1, Group: 1, Role: role}}
		for _, unit := range append(repeated, adversarial...) {
			text := strings.Repeat(unit, short/len(unit))
			one, many := took(text, c), took(strings.Repeat(text, times), c)
			for range 10 {
				if many < most*one {
					break
				}
				one, many = min(one, took(text, c)), min(many, took(strings.Repeat(text, times), c))
			}
			if many >= most*one {
				t.Errorf("%s %q: %d bytes %v, %d times as much %v", role, unit, len(text), one, times, many)
			}
		}
	}
}

// took is the better of two readings.
func took(text string, c Context) time.Duration {
	best := time.Hour
	for range 2 {
		start := time.Now()
		Read(text, c)
		best = min(best, time.Since(start))
	}
	return best
}
