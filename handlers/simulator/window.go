package simulator

import "time"

// The windows in which an account may send customer messages, since 2023-06:
// 5 within 48 hours of a message, 3 within a minute of a menu tap, a scan or a
// follow. Each act opens its window afresh.
const (
	opensWritten = "written"
	opensTapped  = "tapped"

	writtenCount = 5
	writtenFor   = 48 * time.Hour
	tappedCount  = 3
	tappedFor    = time.Minute
)

// allowance is one window: how many are left in it and when it closes.
type allowance struct {
	left  int
	until time.Time
}

func (a allowance) open(now time.Time) bool { return now.Before(a.until) }

// windows are the two that one person can hold open.
type windows struct{ written, tapped allowance }

func (w *windows) opened(kind string, now time.Time) {
	switch kind {
	case opensWritten:
		w.written = allowance{writtenCount, now.Add(writtenFor)}
	case opensTapped:
		w.tapped = allowance{tappedCount, now.Add(tappedFor)}
	}
}

// check tells why nothing may be sent now, or 0.
func (w *windows) check(now time.Time) int {
	tapped, written := w.tapped.open(now), w.written.open(now)
	switch {
	case !tapped && !written:
		return codeWindowClosed
	case tapped && w.tapped.left > 0, written && w.written.left > 0:
		return 0
	}
	return codeCountUsed
}

// spend takes one, first from the window that closes first.
func (w *windows) spend(now time.Time) {
	if w.tapped.open(now) && w.tapped.left > 0 {
		w.tapped.left--
		return
	}
	if w.written.open(now) && w.written.left > 0 {
		w.written.left--
	}
}

// room is what the page shows of the windows.
type room struct {
	Left  int       `json:"left"`
	Until time.Time `json:"until"`
}

// room sums up what may be sent now; the zero room is a closed window.
func (w *windows) room(now time.Time) room {
	var r room
	for _, a := range []allowance{w.tapped, w.written} {
		if a.open(now) {
			r.Left += a.left
			r.Until = a.until
		}
	}
	return r
}
