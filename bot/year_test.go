package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot"
	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/config"
	"mishu/storage"
	"mishu/storage/session"
)

// errDead is what every statement of a process gets that has died.
var errDead = errors.New("this process is dead")

// years is many villages living fast: two replicas over one store, which die
// between any two statements and are started again, a clock that jumps and
// stands still, a channel that is often away.
type years struct {
	t        *testing.T
	rand     *rand.Rand
	store    *storage.Store
	sessions session.Store
	now      atomic.Int64
	began    time.Time
	replicas [2]*clock.Clock
	deaths   int
	calm     bool             // nobody dies and everything arrives
	dead     bool             // the platform takes nothing
	eachDay  func()           // told when a day is over; nil: nobody
	work     map[string]int64 // how many statements a tick at each hour took last time
	villages []int64
	people   map[int64][]int64
	known    map[string]bool // the kinds of notice that anybody declares

	mu      sync.Mutex
	weather *rand.Rand     // the channel's
	went    map[string]int // how often a notice left the house, by its id
	strange []string       // letters nobody expects
}

// newYears founds villages of 16 people each on the last day of October 2026.
func newYears(t *testing.T, villages int, seed uint64) *years {
	t.Helper()
	y := &years{
		t: t, rand: rand.New(rand.NewPCG(seed, 1)), weather: rand.New(rand.NewPCG(seed, 2)), people: map[int64][]int64{}, work: map[string]int64{},
		known: map[string]bool{"own": true}, went: map[string]int{}, began: time.Date(2026, 10, 31, 22, 0, 0, 0, storage.Shanghai),
	}
	y.now.Store(y.began.UnixMilli())
	d := config.SQLiteFile(filepath.Join(inMemory(t), "mishu.db"))
	y.store = connect(t, d, storage.Clocks{Wall: y.clock, Village: y.clock})
	sessions, err := session.NewSQL(y.store.DB(), session.Options{Now: y.clock})
	y.must(err)
	y.sessions = sessions
	for i := range villages {
		y.must(y.store.Update(t.Context(), func(tx *storage.Tx) error { return y.found(tx, i) }))
	}
	for _, l := range bot.Lines() {
		for _, r := range l.Rules {
			y.known[r.Owes.Kind] = true
		}
	}
	y.replicas = [2]*clock.Clock{y.replica(), y.replica()}
	y.must(y.replicas[0].Tick(t.Context())) // rules begin now
	return y
}

// inMemory is a folder that costs no disk: a year is hundreds of thousands of
// commits.
func inMemory(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "mishu")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

func (y *years) clock() time.Time { return time.UnixMilli(y.now.Load()).In(storage.Shanghai) }

func (y *years) must(err error) {
	y.t.Helper()
	if err != nil {
		y.t.Fatalf("%s: %v", y.clock().Format(time.DateTime), err)
	}
}

// found enters one village: offices, helpers, elders, and one helper whom no
// channel reaches.
func (y *years) found(tx *storage.Tx, i int) error {
	row := storage.Village{Name: fmt.Sprintf("第%d村", i), Township: "竹溪口镇", County: "溪江县"}
	if err := tx.AddVillage(&row); err != nil {
		return err
	}
	v := tx.In(row.ID)
	roles := []string{storage.Secretary, storage.Chair, storage.Leader, storage.Doctor, storage.Helper, storage.Helper, storage.Helper}
	var ids []int64
	for k := range 16 {
		p := storage.Person{Name: "向" + strconv.Itoa(k), Group: 1 + k%3, Status: storage.Home}
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		ids = append(ids, p.ID)
		if k < len(roles) {
			if err := v.AddRole(storage.Role{Person: p.ID, Role: roles[k], Group: 1}); err != nil {
				return err
			}
		}
		if k == len(roles)-1 {
			continue
		}
		m := storage.Member{Account: account, OpenID: fmt.Sprintf("o%d.%d", row.ID, p.ID), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
	}
	for k, elder := range ids[len(roles):] {
		tier := []string{storage.TierHigh, "重点", "一般"}[k%3]
		plan := storage.Plan{Person: elder, Tier: tier, Visitor: ids[4+k%3], Backup: ids[4+(k+1)%3]}
		if err := v.AddPlan(plan); err != nil {
			return err
		}
	}
	y.villages, y.people[row.ID] = append(y.villages, row.ID), ids
	return v.Changed()
}

func (y *years) replica() *clock.Clock {
	return clock.New(clock.Options{
		Store: y.store, Sessions: y.sessions, Books: book.NewShelf(y.store), Lines: bot.Lines(), Channel: y,
		Wake: func(context.Context) error { return nil }, Wall: y.clock, Village: y.clock,
		Log: slog.New(slog.DiscardHandler), Metrics: clock.NewMetrics(prometheus.NewRegistry()), Senders: 4,
	})
}

// Send is the channel. While the platform is dead it takes nothing at all.
func (y *years) Send(_ context.Context, l talk.Letter) talk.Outcome {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.expect(l)
	luck := y.weather.IntN(100)
	o := talk.Outcome{Channel: "custom"}
	switch {
	case y.calm:
		o.Verdict = talk.Sent
	case y.dead:
		o.Verdict = []talk.Verdict{talk.NoRoom, talk.Later}[luck%2]
	case luck < 4:
		o.Verdict = talk.Later
	case luck < 8:
		o.Verdict = talk.NoRoom
	case luck < 10:
		o.Verdict = talk.Refused
	case luck < 12:
		o.Verdict = talk.Unsure
	default:
		o.Verdict = talk.Sent
	}
	if o.Verdict == talk.Sent || o.Verdict == talk.Unsure {
		for _, id := range append([]string{l.ID}, l.With...) {
			y.went[id]++
		}
	}
	return o
}

// expect notes a letter that should not exist: of a kind nobody declares, with
// nothing in it, or in the night without being danger.
func (y *years) expect(l talk.Letter) {
	hour := y.clock().Hour()
	asleep := hour < 7 || hour >= 21
	own, _, _ := strings.Cut(l.Kind, ".")
	switch {
	case !y.known[l.Kind] && !y.known[own], l.Text == "", l.Lead == "":
		y.strange = append(y.strange, "unexpected: "+l.Kind+" "+l.Text)
	case asleep && !strings.HasPrefix(l.Text, "own 0") && !(hour == 21 && strings.HasPrefix(l.Text, "own 1")):
		y.strange = append(y.strange, "at "+y.clock().Format(time.TimeOnly)+": "+l.Text)
	}
}

// tick lets both replicas work at once. One of them may die between any two
// statements, and is another process the next time.
func (y *years) tick() {
	y.t.Helper()
	hour := y.clock().Format("15:04")
	var done sync.WaitGroup
	errs := make([]error, len(y.replicas))
	ran := make([]atomic.Int64, len(y.replicas))
	for i, c := range y.replicas {
		last, dies := int64(math.MaxInt64), !y.calm && y.rand.IntN(3) == 0
		if dies {
			last = y.rand.Int64N(y.work[hour] + 60)
		}
		ctx := storage.WithTrap(context.Background(), func() error {
			if ran[i].Add(1) > last {
				return errDead
			}
			return nil
		})
		done.Go(func() {
			if errs[i] = c.Tick(ctx); errs[i] != nil && dies {
				y.replicas[i] = nil
			}
		})
	}
	done.Wait()
	y.work[hour] = max(ran[0].Load(), ran[1].Load())
	for i, err := range errs {
		switch {
		case y.replicas[i] == nil:
			y.deaths++
			y.replicas[i] = y.replica()
		case errors.Is(err, context.DeadlineExceeded): // a slow machine: a job ended at its minute and goes on with the next tick
		default:
			y.must(err)
		}
	}
}

// stops are the hours of a day at which time stands: around every rule, and in
// the night.
var stops = []string{"03:30", "07:01", "07:06", "07:11", "08:02", "12:30", "17:01", "21:40"}

// day lives one day.
func (y *years) day(date time.Time) {
	y.t.Helper()
	for _, stop := range stops {
		at, err := time.ParseInLocation(time.DateOnly+" 15:04", date.Format(time.DateOnly)+" "+stop, storage.Shanghai)
		y.must(err)
		if at.Before(y.clock()) {
			continue
		}
		y.now.Store(at.UnixMilli())
		y.live()
		y.tick()
		if y.rand.IntN(200) == 0 { // a clock that is put back
			y.jump(-2 * time.Hour)
			y.tick()
		}
	}
}

// live is what people do meanwhile: some elders are seen, and now and then
// something of every weight is owed to somebody.
func (y *years) live() {
	y.t.Helper()
	village := y.villages[y.rand.IntN(len(y.villages))]
	ids := y.people[village]
	y.must(y.store.Update(y.t.Context(), func(tx *storage.Tx) error {
		v := tx.In(village)
		elder, visitor := ids[7+y.rand.IntN(9)], ids[4+y.rand.IntN(3)]
		day := storage.Day(v.Now())
		if _, err := v.AdvancePlan(elder, day, true); err != nil {
			return err
		}
		seen := storage.Visit{Elder: elder, Visitor: visitor, Day: day, Met: true, SourceKey: "y" + strconv.FormatInt(y.rand.Int64(), 36), Ordinal: 1}
		if err := v.AddVisit(&seen, storage.Basis{}); err != nil {
			return err
		}
		if y.rand.IntN(6) == 0 {
			if err := y.burst(v, ids[y.rand.IntN(len(ids))]); err != nil {
				return err
			}
		}
		weight := y.rand.IntN(4)
		return v.Owe(storage.Notice{
			Person: ids[y.rand.IntN(len(ids))], Kind: "own", Subject: strconv.FormatInt(y.rand.Int64(), 36), Period: "1", Weight: weight,
			Lead: "村里有事，回“看”", Words: "own " + strconv.Itoa(weight), NotAfter: storage.At(v.Now().Add(72 * time.Hour)),
		})
	}))
}

// burst owes somebody more in a moment than anybody may get in a day.
func (y *years) burst(v storage.In, person int64) error {
	for i := range 6 {
		err := v.Owe(storage.Notice{
			Person: person, Kind: "own." + strconv.Itoa(i*2/3), Subject: strconv.FormatInt(y.rand.Int64(), 36), Period: "1", Weight: storage.Unasked,
			Lead: "村里有事，回“看”", Words: "own 3", NotAfter: storage.At(v.Now().Add(72 * time.Hour)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settle lets everything arrive that still can, and two days go by.
func (y *years) settle() {
	y.t.Helper()
	y.calm = true
	for range 48 {
		y.now.Add(int64(time.Hour / time.Millisecond))
		y.tick()
	}
}

// jump moves the clock without anybody working: an outage, or back.
func (y *years) jump(d time.Duration) { y.now.Add(int64(d / time.Millisecond)) }

// rows counts what a condition names.
func (y *years) rows(query string, args ...any) int64 {
	y.t.Helper()
	var n int64
	y.must(y.store.DB().QueryRow(query, args...).Scan(&n))
	return n
}

// account holds the year against its rows.
func (y *years) account() {
	y.t.Helper()
	for _, s := range y.strange[:min(len(y.strange), 5)] {
		y.t.Error(s)
	}
	for id, n := range y.went {
		if n > 1 {
			y.t.Errorf("notice %s went out %d times", id, n)
		}
	}
	y.everyRowHasAnEnd()
	y.sentIsWhatWent()
	y.ceilings()
	y.planned()
	y.stale()
}

// everyRowHasAnEnd: plan = sent + cleared + stale + refused + unknown + due,
// what waits to be carried being due.
func (y *years) everyRowHasAnEnd() {
	y.t.Helper()
	all := y.rows("SELECT COUNT(*) FROM notice")
	ended := y.rows("SELECT COUNT(*) FROM notice WHERE state IN ('sent', 'cleared', 'stale', 'refused', 'unknown', 'due', 'carry')")
	if all != ended || all == 0 {
		y.t.Errorf("%d rows, %d of them accounted for", all, ended)
	}
	if n := y.rows("SELECT COUNT(*) FROM notice WHERE state = 'due' AND not_before < ?", y.clock().Add(-25*time.Hour).UnixMilli()); n != 0 {
		y.t.Errorf("%d are due for more than a day after the storm is over", n)
	}
	same := y.rows("SELECT COUNT(*) FROM (SELECT village, kind, subject, period, person, openid FROM notice GROUP BY 1, 2, 3, 4, 5, 6 HAVING COUNT(*) > 1) d")
	if same != 0 {
		y.t.Errorf("%d keys have two rows", same)
	}
}

// sentIsWhatWent: what the rows call sent left the house, and nothing that did
// is called anything else than sent or unknown.
func (y *years) sentIsWhatWent() {
	y.t.Helper()
	rows, err := y.store.DB().Query("SELECT id, state FROM notice WHERE channel <> 'carry' AND state IN ('sent', 'unknown')")
	y.must(err)
	defer rows.Close()
	told := map[string]string{}
	for rows.Next() {
		var id, state string
		y.must(rows.Scan(&id, &state))
		told[id] = state
		if state == storage.NoticeSent && y.went[id] != 1 {
			y.t.Errorf("notice %s is sent and went out %d times", id, y.went[id])
		}
	}
	y.must(rows.Err())
	for id := range y.went {
		if told[id] == "" {
			y.t.Errorf("notice %s went out and nobody knows", id)
		}
	}
}

// ceilings: nobody got more than three unasked a day, and one of a kind; what a
// person took along with his own message apart.
func (y *years) ceilings() {
	y.t.Helper()
	const of = "FROM notice WHERE weight = 3 AND channel <> 'carry' AND state IN ('sent', 'unknown') GROUP BY village, person, sent_day"
	if n := y.rows("SELECT COUNT(*) FROM (SELECT COUNT(*) " + of + " HAVING COUNT(*) > 3) d"); n != 0 {
		y.t.Errorf("%d times somebody got more than three in a day", n)
	}
	if n := y.rows("SELECT COUNT(*) FROM (SELECT COUNT(*) " + of + ", kind HAVING COUNT(*) > 1) d"); n != 0 {
		y.t.Errorf("%d times somebody got two of a kind in a day", n)
	}
}

// planned: what the rules owe from beginning to end, reckoned from the calendar
// alone, is there, whatever happened meanwhile.
func (y *years) planned() {
	y.t.Helper()
	type sort struct{ kind, subject string }
	want := map[sort]int64{}
	for _, l := range bot.Lines() {
		for _, r := range l.Rules {
			falls := r.Falls(nil, y.began, y.clock())
			people := y.whom(r)
			want[sort{r.Owes.Kind, r.Owes.Subject}] += int64(len(falls)) * people
		}
	}
	total := int64(0)
	for s, n := range want {
		got := y.rows("SELECT COUNT(*) FROM notice WHERE kind = ? AND subject = ?", s.kind, s.subject)
		if got != n {
			y.t.Errorf("%s %s: %d rows, the calendar says %d", s.kind, s.subject, got, n)
		}
		total += n
	}
	if total < int64(len(y.villages)) {
		y.t.Errorf("the rules owe %d in all", total)
	}
}

// whom counts those to whom a rule owes, in all villages.
func (y *years) whom(r line.Rule) (n int64) {
	y.t.Helper()
	y.must(y.store.View(y.t.Context(), func(tx *storage.Tx) error {
		for _, v := range y.villages {
			ids, err := r.Whom(tx.In(v))
			if err != nil {
				return err
			}
			n += int64(len(ids))
		}
		return nil
	}))
	return n
}

// stale: what was no longer of use is counted, row by row.
func (y *years) stale() {
	y.t.Helper()
	rows := y.rows("SELECT COUNT(*) FROM notice WHERE state = 'stale'")
	if counted := y.rows("SELECT COALESCE(SUM(n), 0) FROM missed"); counted != rows {
		y.t.Errorf("%d rows are stale, %d are counted", rows, counted)
	}
}

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
		{days: 3}, {outage: 26 * time.Hour}, {days: lived / 8}, {outage: 8 * oneDay}, {days: lived / 4}, {days: 7, dead: true},
		{days: lived / 4}, {outage: 40 * oneDay}, {days: lived - 3 - lived/8 - 2*(lived/4)},
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

// Seven days of a county, with the three outages between them, the platform dead
// for the last four and for as long as the letters wait.
func TestInvariant02WeekOfACounty(t *testing.T) {
	t.Parallel()
	y := newYears(t, 400, 2)
	y.through(spell{days: 2}, spell{outage: 26 * time.Hour}, spell{days: 1}, spell{outage: 8 * oneDay}, spell{days: 1}, spell{outage: 40 * oneDay}, spell{days: 3})
	y.settle()
	y.account()
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
