package simulator

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Trouble is one way in which the pretend platform misbehaves, so that an
// account's behaviour on a bad day can be tried and trained.
type Trouble struct {
	// Where it happens: a path of the API, "" for every path, or Deliveries.
	Where string `json:"where"`
	How   string `json:"how"`
	Code  int    `json:"code,omitempty"`   // WithCode: the errcode; WithStatus: 500, 502 ...
	Wait  int    `json:"millis,omitempty"` // Slowly: milliseconds
	Times int    `json:"times,omitempty"`  // how often; 0 is until it is taken back
}

// Deliveries is where messages travel to the account.
const Deliveries = "webhook"

// The ways to misbehave. All but the last are for the API, the last four for
// deliveries.
const (
	WithCode   = "code"    // an errcode, and nothing done
	WithStatus = "status"  // a status other than 200, and nothing done
	WithPage   = "garbage" // a page of HTML, and nothing done
	Dropped    = "drop"    // the connection ends before anything is done: a delivery never arrives
	Slowly     = "slow"    // later than usual: a delivery is on its way so long
	Unheard    = "lost"    // done, and the answer never arrives
	Twice      = "twice"   // a delivery arrives twice at once
)

var (
	apiWays      = []string{WithCode, WithStatus, WithPage, Dropped, Slowly, Unheard}
	deliveryWays = []string{Dropped, Slowly, Unheard, Twice}
)

// maxWait bounds a slow answer; the page is not for holding connections.
const maxWait = time.Minute

// check tells what is wrong with a trouble, in words for the page.
func (t Trouble) check() error {
	ways := apiWays
	if t.Where == Deliveries {
		ways = deliveryWays
	}
	_, known := endpoints[t.Where]
	switch {
	case !known && t.Where != "" && t.Where != Deliveries:
		return badAct("没有这个接口")
	case !slices.Contains(ways, t.How):
		return badAct("这里不能这样捣乱")
	case t.How == WithCode && t.Code == 0:
		return badAct("错误码填几？")
	case t.How == WithStatus && (t.Code < 400 || t.Code > 599):
		return badAct("状态码要400到599")
	case t.How == Slowly && (t.Wait <= 0 || t.wait() > maxWait):
		return badAct("慢多久？1到60000毫秒")
	case t.Times < 0:
		return badAct("次数不能是负的")
	}
	return nil
}

func (t Trouble) wait() time.Duration { return time.Duration(t.Wait) * time.Millisecond }

// troubles are those that are on, in the order in which they were made.
type troubles struct {
	mu  sync.Mutex
	all []Trouble
}

// next is the trouble that meets a call of path or a delivery, used up by one.
func (l *troubles) next(where string) (Trouble, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, t := range l.all {
		if t.Where != where && (t.Where != "" || where == Deliveries) {
			continue
		}
		if t.Times == 1 {
			l.all = slices.Delete(l.all, i, i+1)
		} else if t.Times > 1 {
			l.all[i].Times--
		}
		return t, true
	}
	return Trouble{}, false
}

func (l *troubles) add(t Trouble) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, t)
}

func (l *troubles) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = nil
}

func (l *troubles) list() []Trouble {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Trouble{}, l.all...)
}

// Misbehave lets the platform do so from now on.
func (s *Simulator) Misbehave(t Trouble) error {
	if err := t.check(); err != nil {
		return err
	}
	s.troubles.add(t)
	return nil
}

// Behave takes every trouble back.
func (s *Simulator) Behave() { s.troubles.clear() }

// disturb lets a call of the API meet its trouble; true means that it has been
// answered, or never will be.
func (s *Simulator) disturb(w http.ResponseWriter, r *http.Request, t Trouble) bool {
	switch t.How {
	case WithCode:
		no := refuse(t.Code, "")
		s.counts.called(r.URL.Path, no.Code)
		answer(w, http.StatusOK, no)
	case WithStatus:
		http.Error(w, http.StatusText(t.Code), t.Code)
	case WithPage:
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><body>系统维护中</body></html>")) // the caller went away: nothing to tell
	case Dropped:
		panic(http.ErrAbortHandler)
	case Slowly:
		pass(r.Context(), t.wait())
		return false
	default:
		return false
	}
	return true
}

// pass lets time go by, or ctx end.
func pass(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// words name a trouble in the trace of a delivery.
func (t Trouble) words() string {
	return strings.NewReplacer(Dropped, "路上丢了", Unheard, "回答路上丢了", Slowly, "路上耽误了", Twice, "同时投了两遍").Replace(t.How)
}
