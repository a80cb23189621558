package admin

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func get(h http.Handler, path string) (int, string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

// passes and fails are checks.
func passes(context.Context) error { return nil }
func fails(context.Context) error  { return errors.New("connection refused") }

func TestAdminServes(t *testing.T) {
	registry := prometheus.NewRegistry()
	counter := prometheus.NewCounter(prometheus.CounterOpts{Name: "mishu_messages_total", Help: "Messages."})
	registry.MustRegister(counter)
	counter.Add(3)
	h := Handler(registry, Check{"database", passes})
	for path, want := range map[string]string{
		"/healthz":                       "ok\n",
		"/readyz":                        "database: ok\n",
		"/metrics":                       "mishu_messages_total 3\n",
		"/debug/pprof/":                  "goroutine",
		"/debug/pprof/goroutine?debug=1": "goroutine profile",
		"/debug/pprof/cmdline":           "admin.test",
	} {
		if code, body := get(h, path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %q, want %q in it", path, code, body, want)
		}
	}
}

// Of all that the admin side has, the public sees one word.
func TestPublicServesHealthAlone(t *testing.T) {
	mux := http.NewServeMux()
	Public(mux)
	if code, body := get(mux, "/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %q", code, body)
	}
	for _, path := range []string{"/readyz", "/metrics", "/debug/pprof/", "/debug/pprof/heap", "/debug/pprof/profile", "/"} {
		if code, _ := get(mux, path); code != http.StatusNotFound {
			t.Errorf("%s is public: %d", path, code)
		}
	}
}

func TestReadyNamesWhatIsNot(t *testing.T) {
	h := Handler(prometheus.NewRegistry(), Check{"database", passes}, Check{"redis", fails},
		Check{"schema", func(context.Context) error { panic("nil map") }})
	code, body := get(h, "/readyz")
	want := "database: ok\nredis: connection refused\nschema: panic: nil map\n"
	if code != http.StatusServiceUnavailable || body != want {
		t.Errorf("%d %q, want 503 %q", code, body, want)
	}
}

func TestReadyWaitsOneSecondAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		deaf := func(context.Context) error { time.Sleep(time.Minute); return nil }
		start := time.Now()
		code, body := get(Handler(prometheus.NewRegistry(), Check{"one", deaf}, Check{"two", deaf}), "/readyz")
		if took := time.Since(start); code != http.StatusServiceUnavailable || took != time.Second {
			t.Errorf("%d after %s: %s", code, took, body)
		}
		time.Sleep(time.Minute) // until the deaf ones end
	})
}

// A check that hangs for good is not started a second time, and those who ask
// at the same moment share one answer.
func TestChecksAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var started atomic.Int32
		release := make(chan struct{})
		h := Handler(prometheus.NewRegistry(), Check{"database", func(context.Context) error {
			started.Add(1)
			<-release
			return nil
		}})
		for range 2 {
			if code, body := get(h, "/readyz"); code != http.StatusServiceUnavailable || body != "database: no answer in 1s\n" {
				t.Errorf("while it hangs: %d %q", code, body)
			}
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if code, body := get(h, "/readyz"); code != http.StatusOK {
					t.Errorf("when it answers: %d %q", code, body)
				}
			})
		}
		synctest.Wait()
		close(release)
		wg.Wait()
		if n := started.Load(); n != 1 {
			t.Errorf("started %d times", n)
		}
	})
}

func TestBeat(t *testing.T) {
	now := time.Date(2026, 11, 23, 7, 5, 0, 0, time.UTC)
	for age, ok := range map[time.Duration]bool{0: true, time.Minute: true, time.Minute + time.Second: false} {
		c := Beat("clock", func() time.Time { return now }, func() time.Time { return now.Add(-age) }, time.Minute)
		if err := c.Run(t.Context()); (err == nil) != ok {
			t.Errorf("age %s: %v", age, err)
		}
	}
}
