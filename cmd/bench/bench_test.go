package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mishu/handlers/wechat/wire"
)

func TestNamesAreAllDifferent(t *testing.T) {
	seen := map[string]int{}
	for i := range people {
		if first, twice := seen[name(i)]; twice {
			t.Fatalf("%d and %d are both %s", first, i, name(i))
		}
		seen[name(i)] = i
	}
}

func TestEveryReportIsOfAnotherElderOrDay(t *testing.T) {
	says := sayVisits(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
	seen := map[string]bool{}
	for n := range mostReports {
		s := says(n)
		if seen[s.text] {
			t.Fatalf("%q comes again at %d", s.text, n)
		}
		seen[s.text] = true
		if s.person >= helpers {
			t.Fatalf("%d is no helper", s.person)
		}
	}
	for _, size := range []sizes{options{}.sizes(), options{quick: true}.sizes()} {
		// A quarter to warm up, the rounds, a profile, a tenth of the last load.
		if need := size.mostVisits/4 + (size.rounds+1)*size.mostVisits + size.messages/10; need > mostReports {
			t.Errorf("a run needs %d reports of %d", need, mostReports)
		}
	}
}

func TestRosterFits(t *testing.T) {
	list := rows()
	listed := 0
	for _, r := range list {
		if r.Listed {
			listed++
		}
	}
	if len(list) != people || listed != elders {
		t.Errorf("%d people, %d on the visit list", len(list), listed)
	}
}

// answers runs a server that answers every message with what reply makes of it.
func answers(t *testing.T, reply func(http.ResponseWriter)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { reply(w) }))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

// sealed is the answer that says text.
func sealed(t *testing.T, text string) []byte {
	t.Helper()
	env, err := benchAccount.Seal(benchAccount.Text("oBench", text, 1, time.Now()), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	secret, _, _ := strings.Cut(strings.SplitN(string(env.Body), "<Encrypt><![CDATA[", 2)[1], "]]>")
	q := env.Query
	return []byte("<xml><Encrypt>" + secret + "</Encrypt><MsgSignature>" + q.Get("msg_signature") + "</MsgSignature><TimeStamp>" +
		q.Get("timestamp") + "</TimeStamp><Nonce>" + q.Get("nonce") + "</Nonce></xml>")
}

func volleyAt(t *testing.T, address string, n int) (volley, error) {
	t.Helper()
	p := pen{wire: benchAccount}
	messages, err := p.write(address, sayHelp, 0, n)
	if err != nil {
		t.Fatal(err)
	}
	return fire(t.Context(), address, messages, 10*time.Second)
}

func TestFireCountsRightAnswers(t *testing.T) {
	right := sealed(t, "有事直接讲，回数字")
	v, err := volleyAt(t, answers(t, func(w http.ResponseWriter) { _, _ = w.Write(right) }), 300)
	if err != nil || v.sent != 300 || len(v.latencies) != 300 || v.perSecond() <= 0 {
		t.Errorf("%d sent, %v", v.sent, err)
	}
	if v.quantile(0.5) > v.quantile(0.99) || v.quantile(1) == 0 {
		t.Errorf("half within %s, 99%% within %s", v.quantile(0.5), v.quantile(0.99))
	}
}

func TestFireFailsOnAnythingElse(t *testing.T) {
	wrong := sealed(t, "别的话")
	for what, reply := range map[string]func(http.ResponseWriter){
		"refused":     func(w http.ResponseWriter) { w.WriteHeader(http.StatusForbidden) },
		"success":     func(w http.ResponseWriter) { _, _ = w.Write([]byte(wire.Success)) },
		"empty":       func(http.ResponseWriter) {},
		"other words": func(w http.ResponseWriter) { _, _ = w.Write(wrong) },
		"no seal":     func(w http.ResponseWriter) { _, _ = w.Write([]byte("<xml></xml>")) },
	} {
		if _, err := volleyAt(t, answers(t, reply), 100); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if _, err := volleyAt(t, "127.0.0.1:1", 100); err == nil {
		t.Error("nobody there: no error")
	}
}

// Most answers are never decrypted: these are told by their outside.
func TestPostTakesSealedAnswersOnly(t *testing.T) {
	for what, reply := range map[string]func(http.ResponseWriter){
		"refused": func(w http.ResponseWriter) { w.WriteHeader(http.StatusForbidden); _, _ = w.Write([]byte("<xml>")) },
		"success": func(w http.ResponseWriter) { _, _ = w.Write([]byte(wire.Success)) },
		"empty":   func(http.ResponseWriter) {},
	} {
		c, err := dial(answers(t, reply), 5*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := c.post([]byte("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")); !errors.Is(err, errAnswer) {
			t.Errorf("%s: %q, %v", what, body, err)
		}
		_ = c.Close()
	}
}

func TestReplaced(t *testing.T) {
	fresh, err := replaced("", "one")
	if err != nil {
		t.Fatal(err)
	}
	again, err := replaced("before\n"+fresh+"after\n", "two")
	want := "before\n# Speed\n\n" + begins + "\ntwo\n" + ends + "\nafter\n"
	if diff := cmp.Diff(want, again); diff != "" || err != nil {
		t.Errorf("want -, got +:\n%s%v", diff, err)
	}
	for _, broken := range []string{"no marker", begins, ends + begins, fresh + fresh} {
		if _, err := replaced(broken, "x"); !errors.Is(err, errMarkers) {
			t.Errorf("%q: %v", broken, err)
		}
	}
	file := filepath.Join(t.TempDir(), "performance.md")
	if err := publish(file, "x"); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(file); !strings.Contains(string(text), "\nx\n") {
		t.Errorf("written: %s", text)
	}
}

// measured is a report of one contest whose rounds have these throughputs.
func measured(ours, floor []int, need float64) *report {
	s := func(title string, sent []int) *side {
		s := &side{title: title, proc: &process{}}
		for _, n := range sent {
			s.slices = append(s.slices, slice{volley: volley{sent: n, took: time.Second}})
		}
		return s
	}
	r := &report{starts: []time.Duration{time.Millisecond}, idle: 1, loaded: 1, messages: 1234567}
	r.add(contest{s("ours", ours), s("bare", floor), need})
	return r
}

func TestRatioIsTheMedianOfTheRounds(t *testing.T) {
	r := measured([]int{500, 900, 700}, []int{1000, 1000, 1000}, 0.7)
	if diff := cmp.Diff([]float64{0.5, 0.7, 0.9}, r.contests[0].ratios()); diff != "" {
		t.Error(diff)
	}
	if missed := r.missed(); len(missed) != 0 {
		t.Errorf("missed %v", missed)
	}
	if text := r.markdown(); !strings.Contains(text, "**0.70** (0.50 to 0.90)") || !strings.Contains(text, "1,234,567 messages") {
		t.Error(text)
	}
	r = measured([]int{500, 900, 600}, []int{1000, 1000, 1000}, 0.7)
	r.starts[0] = time.Second
	if diff := cmp.Diff([]string{"ours", "(d) first reply"}, r.missed()); diff != "" {
		t.Error(diff)
	}
}

func TestPer(t *testing.T) {
	after := gauge{cpu: map[string]time.Duration{"server": 3 * time.Second}, queries: 40, mallocs: 2000}
	before := gauge{cpu: map[string]time.Duration{"server": time.Second}, queries: 20, mallocs: 1000}
	want := use{cpu: map[string]time.Duration{"server": 200 * time.Millisecond}, queries: 2, mallocs: 100}
	if diff := cmp.Diff(want, per(before, after, 10), cmp.AllowUnexported(use{})); diff != "" {
		t.Error(diff)
	}
}

func TestThisProcessIsMeasured(t *testing.T) {
	mb, err := resident(os.Getpid())
	if err != nil || mb < 1 {
		t.Errorf("%f MB, %v", mb, err)
	}
	if _, err := cpu(os.Getpid()); err != nil {
		t.Error(err)
	}
	if _, err := cpu(-1); err == nil {
		t.Error("time of nobody")
	}
}

// A run that fails leaves nothing behind.
func TestCloseStopsWhatStillRuns(t *testing.T) {
	h := &house{dir: t.TempDir()}
	p, err := launch(context.Background(), h.dir, "sleep", nil, "/bin/sleep", "60")
	if err != nil {
		t.Fatal(err)
	}
	h.ran = append(h.ran, p)
	if err := h.close(); err != nil {
		t.Error(err)
	}
	select {
	case <-p.done:
	default:
		t.Error("it still runs")
		_ = p.cmd.Process.Kill()
	}
	if err := p.stop(); err != nil {
		t.Errorf("stopped twice: %v", err)
	}
}

func TestParse(t *testing.T) {
	var said bytes.Buffer
	opt, err := parse([]string{"-quick", "-o", "x.md"}, &said)
	if err != nil || !opt.report || !opt.quick || opt.out != "x.md" {
		t.Errorf("%+v, %v", opt, err)
	}
	if code := run(t.Context(), []string{"more"}, &said, &said); code != 2 {
		t.Errorf("code %d", code)
	}
}
