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
