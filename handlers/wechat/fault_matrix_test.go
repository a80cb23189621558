package wechat_test

import (
	"strconv"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/handlers/simulator"
	"mishu/handlers/wechat"
)

// What a code of wechat-platform 1.14 asks for: the verdict where no other
// channel is left, whether the next channel is tried, whether the channel rests,
// what becomes of the ledgers. Written down here once more, by hand.
type asked struct {
	name    string
	codes   []int
	verdict talk.Verdict
	next    bool          // a template carries the letter after all
	rests   time.Duration // nothing is asked before
	keeps   bool          // the window or consent is still there
	calls   float64       // of the path, answered with the code
}

var table = []asked{
	{"try later", []int{-1, 45011, 43117}, talk.Later, false, 0, true, 1},
	{"sent already", []int{40241}, talk.Sent, false, 0, false, 1},
	{"another token", []int{40001, 40014, 42001, 41001}, talk.Later, false, 0, true, 1},
	{"the channel rests", []int{48001, 48008, 43116}, talk.NoRoom, true, 10 * time.Minute, true, 1},
	{"the account rests", []int{40013, 40125, 40164, 61004, 89501, 89503, 89506, 89507, 40243, 48004, 50002}, talk.NoRoom, false, 10 * time.Minute, true, 1},
	{"until midnight", []int{45009}, talk.NoRoom, true, 8 * time.Hour, true, 1},
	{"all until midnight", []int{48006}, talk.NoRoom, false, 8 * time.Hour, true, 1},
	{"never", []int{40003, 40037, 40036, 40008, 40007, 45002, 45008, 47001, 47003, 40165, 40249, 40250, 40251, 40252, 40032}, talk.Refused, false, 0, false, 1},
	{"follows all the same", []int{43004, 50005}, talk.NoRoom, true, 0, true, 1},
	{"refuses", []int{48002, 43019}, talk.Shut, false, 0, false, 1},
	{"no window", []int{45015, 45047}, talk.NoRoom, true, 0, false, 1},
	{"not for letters", []int{40029, 40163, 42002, 42003, 42007, 45056, 45057, 45058, 45059, 45157, 45158, 45159, 65301, 65303, 65320, 40018, 49003}, talk.Refused, false, 0, false, 1},
	{"unknown", []int{99999, 40066}, talk.Refused, false, 0, false, 1},
}

// TestInvariant11FaultMatrixOfCodes: each code met by each channel through the pretend
// platform, with and without another channel behind it.
func TestInvariant11FaultMatrixOfCodes(t *testing.T) {
	for _, row := range table {
		for _, code := range row.codes {
			t.Run(row.name+" "+strconv.Itoa(code), func(t *testing.T) {
				t.Parallel()
				for path, open := range map[string][2]int{customPath: {5, 0}, subscribePath: {0, 2}, templatePath: {0, 0}} {
					codeAlone(t, row, code, path, open)
					if path != templatePath {
						codeWithNext(t, row, code, path, open)
					}
				}
			})
		}
	}
}

func codeAlone(t *testing.T, row asked, code int, path string, open [2]int) {
	t.Helper()
	b := newBench(t, open[0], open[1], path == templatePath)
	if err := b.sim.Misbehave(simulator.Trouble{Where: path, How: simulator.WithCode, Code: code}); err != nil {
		t.Fatal(err)
	}
	out := b.sends(t, follower)
	if out.Verdict != row.verdict || out.Code != code {
		t.Errorf("%s: %+v", path, out)
	}
	if later := row.verdict == talk.Later || row.rests > 0; later != (out.After > 0) || row.rests > 0 && out.After != row.rests {
		t.Errorf("%s: after %s, want %s", path, out.After, row.rests)
	}
	b.ledgersAfter(t, row, path, open)
	if row.rests > 0 {
		b.sends(t, follower)
		if got := b.counted(t, "mishu_wechat_stopped_total"); got != 1 {
			t.Errorf("%s: alarmed %v times", path, got)
		}
	}
	label := strconv.Itoa(code)
	if row.name == "unknown" {
		label = "other"
	}
	if got := b.counted(t, "mishu_wechat_api_total", "path", path, "code", label); got != row.calls {
		t.Errorf("%s: counted %v calls of code %s", path, got, label)
	}
	b.logsNobody(t)
}

func (b *bench) ledgersAfter(t *testing.T, row asked, path string, open [2]int) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case path == customPath && (row.name == "no window" || row.name == "refuses"):
		if b.windows != 0 || b.shut != 1 {
			t.Errorf("%s: %d windows, shut %d times", path, b.windows, b.shut)
		}
	case row.keeps && (b.windows != open[0] || b.consents != open[1]):
		t.Errorf("%s: %d windows and %d consents are left", path, b.windows, b.consents)
	case b.shut != 0:
		t.Errorf("%s: shut", path)
	}
}

func codeWithNext(t *testing.T, row asked, code int, path string, open [2]int) {
	t.Helper()
	b := newBench(t, open[0], open[1], true)
	if err := b.sim.Misbehave(simulator.Trouble{Where: path, How: simulator.WithCode, Code: code}); err != nil {
		t.Fatal(err)
	}
	out := b.sends(t, follower)
	if got := out.Verdict == talk.Sent && out.Channel == wechat.TemplateNotice; got != row.next {
		t.Errorf("%s, then a template: %+v", path, out)
	}
}

// TestFaultMatrixOfMisbehaviour: what is not known to have arrived is never sent
// again blindly; what never left costs nothing.
func TestFaultMatrixOfMisbehaviour(t *testing.T) {
	for _, c := range []struct {
		trouble  simulator.Trouble
		blind    talk.Verdict // by a channel that knows no repetition
		template talk.Verdict // tried once more with the same id
		arrives  int          // by the blind channels
	}{
		{simulator.Trouble{How: simulator.WithStatus, Code: 500}, talk.Unsure, talk.Sent, 0},
		{simulator.Trouble{How: simulator.WithStatus, Code: 503}, talk.Unsure, talk.Sent, 0},
		{simulator.Trouble{How: simulator.WithPage}, talk.Unsure, talk.Sent, 0},
		{simulator.Trouble{How: simulator.Dropped}, talk.Unsure, talk.Sent, 0},
		{simulator.Trouble{How: simulator.Slowly, Wait: 5000}, talk.Unsure, talk.Sent, 1},
		{simulator.Trouble{How: simulator.Unheard}, talk.Unsure, talk.Sent, 1},
	} {
		t.Run(c.trouble.How+strconv.Itoa(c.trouble.Code), func(t *testing.T) {
			t.Parallel()
			for path, open := range map[string][2]int{customPath: {5, 0}, subscribePath: {0, 2}, templatePath: {0, 0}} {
				b := newBench(t, open[0], open[1], path == templatePath)
				trouble, want, most := c.trouble, c.blind, c.arrives
				trouble.Where, trouble.Times = path, 1
				if path == templatePath {
					want, most = c.template, 1
				}
				if err := b.sim.Misbehave(trouble); err != nil {
					t.Fatal(err)
				}
				if out := b.sends(t, follower); out.Verdict != want {
					t.Errorf("%s: %+v, want %s", path, out, want)
				}
				b.arrives(t, path, most)
				b.logsNobody(t)
			}
		})
	}
}

// arrives waits for what is on its way: the platform may go on with a call that
// nobody waits for any more.
func (b *bench) arrives(t *testing.T, path string, want int) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); b.arrived(t) < want && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	if got := b.arrived(t); got != want {
		t.Errorf("%s: %d arrived, want %d", path, got, want)
	}
}

// A token that the platform takes no more costs one new token and one more call,
// and nobody hears of it.
func TestTokenOfThePlatformEnds(t *testing.T) {
	b := newBench(t, 5, 0, false)
	b.sends(t, follower)
	if err := b.sim.Misbehave(simulator.Trouble{Where: customPath, How: simulator.WithCode, Code: 42001, Times: 1}); err != nil {
		t.Fatal(err)
	}
	if out := b.sends(t, follower); out.Verdict != talk.Sent || b.arrived(t) != 2 {
		t.Errorf("%+v, %d arrived", out, b.arrived(t))
	}
}

// Somebody who has left is gone by both ways of asking; a burst of the
// platform's errors takes nobody for gone, opens the circuit and ends by itself.
func TestBurstUnbindsNobody(t *testing.T) {
	b := newBench(t, 0, 0, true)
	if out := b.sends(t, stranger); out.Verdict != talk.Gone || out.Code != 43004 {
		t.Errorf("who does not follow: %+v", out)
	}
	for _, trouble := range []simulator.Trouble{{How: simulator.WithCode, Code: -1}, {How: simulator.WithStatus, Code: 502}, {How: simulator.WithCode, Code: 43004}} {
		b := newBench(t, 0, 0, true)
		if err := b.sim.Misbehave(trouble); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			if out := b.sends(t, follower); out.Verdict == talk.Gone || out.Verdict == talk.Shut || out.Verdict == talk.Sent {
				t.Errorf("%+v: %+v", trouble, out)
			}
		}
		b.sim.Behave()
		b.now = b.now.Add(time.Minute)
		if out := b.sends(t, follower); out.Verdict != talk.Sent {
			t.Errorf("%+v, afterwards: %+v", trouble, out)
		}
	}
}
