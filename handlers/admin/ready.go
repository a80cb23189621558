package admin

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// patience is how long /readyz waits for a check. Whoever asks, a load
// balancer mostly, gives up soon after.
const patience = time.Second

// Check is one thing without which messages are not answered as they should
// be. Run returns nil while it is there; it may be called again before its
// context's end only when it has returned.
type Check struct {
	Name string // one word, as /readyz lists it
	Run  func(ctx context.Context) error
}

// Beat checks that something which repeats has not stopped: last tells when it
// went through, and most is how long ago that may be.
func Beat(name string, now, last func() time.Time, most time.Duration) Check {
	return Check{name, func(context.Context) error {
		if age := now().Sub(last()); age > most {
			return fmt.Errorf("last went through %s ago, %s is the most", age.Round(time.Second), most)
		}
		return nil
	}}
}

var errSlow = fmt.Errorf("no answer in %s", patience)

// readiness runs the checks side by side: 200 when all pass, otherwise 503,
// and a line for each either way.
type readiness struct{ probes []*probe }

func newReadiness(checks []Check) *readiness {
	r := &readiness{}
	for _, c := range checks {
		r.probes = append(r.probes, &probe{Check: c})
	}
	return r
}

func (r *readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	status, lines := http.StatusOK, ""
	for i, err := range r.ask(req.Context()) {
		word := "ok"
		if err != nil {
			status, word = http.StatusServiceUnavailable, err.Error()
		}
		lines += fmt.Sprintf("%s: %s\n", r.probes[i].Name, word)
	}
	plain(w, status)
	_, _ = fmt.Fprint(w, lines)
}

// ask returns what each check said, in order.
func (r *readiness) ask(ctx context.Context) []error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	said := make([]error, len(r.probes))
	var wg sync.WaitGroup
	for i, p := range r.probes {
		wg.Go(func() { said[i] = p.ask(ctx) })
	}
	wg.Wait()
	return said
}

// probe runs a check once at a time; all who ask meanwhile share its answer. So
// one that hangs and heeds no context holds one goroutine, however often
// somebody asks.
type probe struct {
	Check
	mu  sync.Mutex
	now *trial // the run in progress, or nil
}

// trial is one run of a check.
type trial struct {
	done chan struct{}
	err  error // once done
}

func (p *probe) ask(ctx context.Context) error {
	t := p.join()
	select {
	case <-t.done:
		return t.err
	case <-ctx.Done():
		return errSlow
	}
}

// join returns the run in progress, or begins one.
func (p *probe) join() *trial {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now == nil {
		p.now = &trial{done: make(chan struct{})}
		go p.run(p.now)
	}
	return p.now
}

// run has a time of its own: who asked first may go away.
func (p *probe) run(t *trial) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	t.err = p.try(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = nil
	close(t.done)
}

// try keeps a check that panics from taking the process with it.
func (p *probe) try(ctx context.Context) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return p.Run(ctx)
}
