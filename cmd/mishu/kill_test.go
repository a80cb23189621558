//go:build failpoints

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mishu/storage"
)

// crashPoints are the named places, and how often one run passes each: the two
// messages pass the first nine, their four urgent notices the next six, and the
// plan of all rules of the village the last two.
var crashPoints = []struct {
	name   string
	passes int
}{
	{"gate-received", 2},
	{"gate-decrypted", 2},
	{"hear-begin", 2},
	{"session-open", 2},
	{"before-commit", 2},
	{"after-commit", 2},
	{"session-save", 2},
	{"hear-end", 2},
	{"reply-written", 2},
	{"notice-before-reserve", 4},
	{"notice-before-reserved", 4},
	{"notice-reserved", 4},
	{"notice-sent", 4},
	{"notice-before-settled", 4},
	{"notice-settled", 4},
	{"plan-before-watermark", 1},
	{"plan-after-commit", 1},
}

// inDoubt is how many letters a death of the clock at a place leaves in doubt:
// one between the commit that reserves it and the commit that settles it.
var inDoubt = map[string]int{
	"notice-before-reserve": 0, "notice-before-reserved": 0, "notice-reserved": 1, "notice-sent": 1, "notice-before-settled": 1,
	"notice-settled": 0, "plan-before-watermark": 0, "plan-after-commit": 0,
}

// What the helper and the villager write at the same time. The finding cannot wait
// at any hour; at night fewer letters leave (nightLetters).
const (
	crashReport  = "看了满生爷 40分钟，他两天没吃饭了"
	crashRequest = "灶屋里没电没水，急，今天要人来修"
)

// crash is one death at one place on one ground.
type crash struct {
	program string
	ground  ground
	village keeping // to be cloned
	last    int64   // the newest notice of the village before the messages
	point   string  // "name" or "name:pass"; "" lives
	// heard are the messages that the village has been told of already, with
	// their replies; their notices are all due. Empty: they are still to come.
	heard map[words]string
}

func (c crash) name() string {
	name, _, _ := strings.Cut(c.point, ":")
	return name
}

// crashSeed chooses the random deaths; the same seed chooses the same.
const crashSeed = 20261124

// TestInvariant17Kills kills the real program at every named place, as a power cut would,
// while the platform goes on asking, and compares what the records hold with an
// account of its own.
func TestInvariant17Kills(t *testing.T) {
	program := buildProgram(t)
	for i, g := range grounds {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			base := crash{program: program, ground: g, village: g.fresh(t)}
			base.last = settleIn(t, program, base.village)
			if i == 0 { // a quarter of a minute that shows the same on each ground
				t.Run("real-time", base.at("before-commit").parallel(answersInRealTime))
			}
			told := base.tell(t)
			t.Run("stop", base.at("").parallel(stopsWithLetterUnderWay))
			for _, point := range bindingPoints {
				t.Run("bind/"+point, base.at(point).parallel(bindsOnce))
			}
			whole := base.play(t).caused
			if len(whole) < 5 { // doctor, secretary twice, helper, and the promise to the villager
				t.Fatalf("the messages cause %d notices only: %v", len(whole), whole)
			}
			t.Logf("random deaths: seed %d", crashSeed)
			for _, point := range append(everyPoint(), randomPoints(uint64(i))...) {
				c := base
				if strings.HasPrefix(point, "notice-") {
					c = told
				}
				t.Run(point, c.at(point).parallel(func(t *testing.T, c crash) { c.check(t, whole) }))
			}
		})
	}
}

// bindingPoints are where the message with an invitation's code is cut off.
var bindingPoints = []string{"session-open", "before-commit", "after-commit", "session-save", "reply-written"}

// at is the crash at another place.
func (c crash) at(point string) crash {
	c.point = point
	return c
}

// parallel makes a test of it. Each is mostly waiting, and has two processes.
func (c crash) parallel(test func(*testing.T, crash)) func(*testing.T) {
	return func(t *testing.T) {
		t.Parallel()
		test(t, c)
	}
}

func everyPoint() []string {
	points := make([]string, len(crashPoints))
	for i, p := range crashPoints {
		points[i] = p.name
	}
	return points
}

// nightLetters is how many letters leave at night: the finding, to the doctor and to the
// secretary-general. Whoever else is to hear of it is told in the morning.
const nightLetters = 2

// atNight tells whether the village sleeps, with room to the hours of quiet on both
// sides: a run lasts some minutes.
func atNight(now time.Time) bool {
	hour := now.In(storage.Shanghai).Hour()
	return hour < 8 || hour >= 20
}

// randomPoints are ten of the places at a later pass than the first.
func randomPoints(stream uint64) []string {
	var points []string
	night := atNight(time.Now())
	for _, p := range crashPoints {
		if night && strings.HasPrefix(p.name, "notice-") {
			p.passes = min(p.passes, nightLetters)
		}
		for pass := 2; pass <= p.passes; pass++ {
			points = append(points, fmt.Sprintf("%s:%d", p.name, pass))
		}
	}
	rand.New(rand.NewPCG(crashSeed, stream)).Shuffle(len(points), func(i, j int) { points[i], points[j] = points[j], points[i] })
	return points[:10]
}

// check plays the crash and compares it with the run in which nobody died.
func (c crash) check(t *testing.T, whole []string) {
	t.Helper()
	got := c.play(t)
	if diff := cmp.Diff(whole, got.caused); diff != "" {
		t.Errorf("notices caused (- without a crash, + with one):\n%s", diff)
	}
	if got.unknown != got.sending {
		t.Errorf("%d notices are unknown, and %d were being sent at the moment of death", got.unknown, got.sending)
	}
	// To several people letters go at once: where one of them is cut off, others
	// may be on their way. Where a message is cut off, the clock may be anywhere.
	if want, clock := inDoubt[c.name()]; clock && got.unknown < want {
		t.Errorf("%d notices are unknown, want at least %d", got.unknown, want)
	}
	if strings.HasPrefix(c.name(), "plan-") && got.planned == 0 {
		t.Error("the rules planned nothing")
	}
}

// aftermath is what a crash left.
type aftermath struct {
	caused                    []string
	sending, unknown, planned int
}

// play lets both people write, lets the program die where it is told to, and
// goes on until nothing is on its way any more.
func (c crash) play(t *testing.T) aftermath {
	t.Helper()
	s := c.enter(t)
	if strings.HasPrefix(c.point, "plan-") { // so that each monthly rule has fallen due since
		s.store.DB().MustExec("UPDATE watermark SET at = at - ? WHERE rule LIKE 'visit.%'", (31 * 24 * time.Hour).Milliseconds())
	}
	if len(s.heard) == 0 {
		s.livesThrough(t, wrote(crashHelper, crashReport), wrote(crashVillager, crashRequest))
	} else {
		s.livesThrough(t)
	}
	s.saysTheSame(t)
	l := openLedger(t, s.store, s.api.arrived())
	l.recorded(t, s.heard)
	unknown := l.delivered(t)
	if t.Failed() {
		t.Logf("notices:\n%s", l)
	}
	return aftermath{caused: l.caused(c.last), sending: s.sending, unknown: unknown, planned: l.planned()}
}

// tell makes a village that has heard both messages and could not send a letter
// yet: the platform was away. The clock finds all of them due when it starts.
func (c crash) tell(t *testing.T) crash {
	t.Helper()
	s := c.at("").enter(t)
	s.api.Close()
	p := s.launch(t, "")
	s.send(t, wrote(crashHelper, crashReport))
	s.send(t, wrote(crashVillager, crashRequest))
	p.stop(t)
	s.store.DB().MustExec("UPDATE notice SET retry_at = 0 WHERE state = 'due'")
	s.store.Close()
	c.village, c.heard = s.home, s.heard
	return c
}
