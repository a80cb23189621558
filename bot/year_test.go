package bot_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"mishu/storage"
)

// spell is a stretch of time: days that are lived, in which the platform may be
// dead, or an outage in which no process runs.
type spell struct {
	days   int
	dead   bool
	outage time.Duration
}

const oneDay = 24 * time.Hour

// storm is so many days with an outage of each length and a dead week, spread
// over them.
func storm(days int) []spell {
	lived := days - 1 - 8 - 7 - 40
	return []spell{
		{days: 3},
		{outage: 26 * time.Hour},
		{days: lived / 8},
		{outage: 8 * oneDay},
		{days: lived / 4},
		{days: 7, dead: true},
		{days: lived / 4},
		{outage: 40 * oneDay},
		{days: lived - 3 - lived/8 - 2*(lived/4)},
	}
}

// through lives some spells, while clocks jump.
func (y *years) through(spells ...spell) {
	y.t.Helper()
	for _, s := range spells {
		y.jump(s.outage)
		y.dead = s.dead
		for range s.days {
			y.day(y.clock())
			if y.rand.IntN(40) == 0 { // one that is put on, over midnight
				y.jump(3 * time.Hour)
			}
			y.now.Store(time.Date(y.clock().Year(), y.clock().Month(), y.clock().Day()+1, 0, 1, 0, 0, storage.Shanghai).UnixMilli())
			if y.eachDay != nil {
				y.eachDay()
			}
		}
	}
	y.dead = false
}

// A year of one village, with everything that may go wrong.
func TestInvariant02YearOfAVillage(t *testing.T) {
	t.Parallel()
	y := newYears(t, 1, 1)
	y.through(storm(365)...)
	y.settle()
	y.account()
	if y.deaths < 100 {
		t.Errorf("only %d processes died", y.deaths)
	}
}

// Seven days of a county, lived over eight weeks: the three outages lie between
// them, and from the third day to the sixth, more than a month with the longest
// outage in it, the platform takes nothing.
func TestInvariant02WeekOfACounty(t *testing.T) {
	t.Parallel()
	y := newYears(t, 400, 2)
	y.through(
		spell{days: 1}, spell{outage: 26 * time.Hour}, spell{days: 1}, spell{outage: 8 * oneDay},
		spell{days: 1, dead: true}, spell{outage: 40 * oneDay}, spell{days: 3, dead: true}, spell{days: 1},
	)
	y.settle()
	y.account()
	if y.deaths < 10 {
		t.Errorf("only %d processes died", y.deaths)
	}
}

// A year of a county takes an hour or two: make soak. MISHU_SOAK_VILLAGES and
// MISHU_SOAK_DAYS make it smaller, MISHU_SOAK_SEED lives the same luck again.
func TestSoakYearOfACounty(t *testing.T) {
	if os.Getenv("MISHU_SOAK") == "" {
		t.Skip("make soak runs it")
	}
	villages, days, seed := number(t, "MISHU_SOAK_VILLAGES", 400), number(t, "MISHU_SOAK_DAYS", 365), number(t, "MISHU_SOAK_SEED", time.Now().UnixNano())
	t.Logf("%d villages, %d days, seed %d", villages, days, seed)
	began := time.Now()
	y := newYears(t, int(villages), uint64(seed))
	over := 0
	y.eachDay = func() {
		if over++; over%5 == 0 {
			t.Logf("%s after %s: %d days lived, %d notices, %d processes died", storage.Day(y.clock()), time.Since(began).Round(time.Second),
				over, y.rows("SELECT COUNT(*) FROM notice"), y.deaths)
		}
	}
	y.through(storm(int(days))...)
	y.settle()
	y.account()
	t.Logf("%s: %s", time.Since(began).Round(time.Second), y.sums())
}

// number is a whole number out of the environment.
func number(t *testing.T, name string, otherwise int64) int64 {
	t.Helper()
	v := os.Getenv(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// sums are the notices by state, and how many processes died.
func (y *years) sums() string {
	y.t.Helper()
	var counts map[string]int64
	y.must(y.store.View(y.t.Context(), func(tx *storage.Tx) (err error) {
		counts, err = tx.NoticeCounts()
		return err
	}))
	return fmt.Sprintf("%d notices %v, %d processes died", y.rows("SELECT COUNT(*) FROM notice"), counts, y.deaths)
}
