package simulator

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

const (
	// farthest is how far one move may go: a year of timed jobs.
	farthest = 370 * 24 * time.Hour
	// showMove is how often the pages are told the time while it moves.
	showMove = 250 * time.Millisecond
	// dateForm is what a date input of the page gives.
	dateForm = "2006-01-02T15:04"
)

// clockView is what the page shows of the village clock.
type clockView struct {
	Shown   bool      `json:"shown"`
	Movable bool      `json:"movable"`
	Village time.Time `json:"village"`
	Moving  bool      `json:"moving"`
}

func (s *Simulator) clock() clockView {
	v := clockView{
		Shown: s.opt.Village != nil, Movable: s.opt.Village != nil && s.opt.Move != nil, Moving: s.moving.Load(),
	}
	if v.Shown {
		v.Village = s.opt.Village().In(shanghai)
	}
	return v
}

// clockMove is where the clock shall go: forward by Add, or to a village time.
type clockMove struct {
	Add string `json:"add"` // "10m", "1h"
	To  string `json:"to"`  // "2026-11-25T07:05"
}

// target is the moment meant; the clock goes forward only.
func (m clockMove) target(now time.Time) (time.Time, error) {
	to := now
	switch {
	case m.Add != "":
		d, err := time.ParseDuration(m.Add)
		if err != nil {
			return to, badAct("时间看不懂")
		}
		to = now.Add(d)
	default:
		at, err := time.ParseInLocation(dateForm, m.To, shanghai)
		if err != nil {
			return to, badAct("日期看不懂")
		}
		to = at
	}
	switch {
	case !to.After(now):
		return to, badAct("时钟只能往后走")
	case to.Sub(now) > farthest:
		return to, badAct("一次最多走一年")
	}
	return to, nil
}

func (s *Simulator) postClock(w http.ResponseWriter, r *http.Request) {
	var in clockMove
	s.handle(w, r, &in, func(ctx context.Context) (string, error) { return "", s.moveClock(ctx, in) })
}

// moveClock moves the village clock and waits until the timed jobs have run.
// A page that is closed meanwhile does not stop them half way.
func (s *Simulator) moveClock(ctx context.Context, m clockMove) error {
	if s.opt.Village == nil || s.opt.Move == nil {
		return badAct("这里没有可以拨的时钟")
	}
	if !s.moving.CompareAndSwap(false, true) {
		return badAct("时钟正在走，等一下")
	}
	to, err := m.target(s.opt.Village())
	if err == nil {
		stop := s.showMoving()
		err = s.opt.Move(context.WithoutCancel(ctx), to)
		stop()
	}
	s.moving.Store(false)
	s.hub.send("clock", s.clock())
	if err != nil {
		return fmt.Errorf("move the clock: %w", err)
	}
	return nil
}

// showMoving tells the pages the time until the returned function is called.
func (s *Simulator) showMoving() (stop func()) {
	s.hub.send("clock", s.clock())
	ctx, cancel := context.WithCancel(s.ctx)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		beat := time.NewTicker(showMove)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
				s.hub.send("clock", s.clock())
			}
		}
	}()
	return func() { cancel(); <-gone }
}
