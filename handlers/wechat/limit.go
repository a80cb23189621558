package wechat

import (
	"sync"
	"time"

	"mishu/bot/talk"
)

// Limits keep one person, or all together, from taking more than there is.
// Retries are never counted.
type Limits struct {
	Person  int    // messages a person may send in ten seconds; 0 is no limit. Below 20, people who answer a list line by line are cut off
	All     int    // messages a second from everybody; 0 is no limit
	Running int    // messages worked on at once; 0 is 2,000
	Slow    string // said once to a person over his limit
	Busy    string // said once to a person when all together are over theirs
}

const (
	personWindow = 10 * time.Second
	allWindow    = time.Second
	// maxPeople bounds the memory of a limiter: people it knows per window. Who
	// does not fit is not limited alone, only with all.
	maxPeople      = 50_000
	defaultRunning = 2000
	defaultSlow    = "您发得太快了，歇一下再讲。急事请直接打村里电话。"
	defaultBusy    = "现在讲话的人太多，请过一分钟再发一次。急事请直接打村里电话。"
)

func (l Limits) filled() Limits {
	if l.Running <= 0 {
		l.Running = defaultRunning
	}
	if l.Slow == "" {
		l.Slow = defaultSlow
	}
	if l.Busy == "" {
		l.Busy = defaultBusy
	}
	return l
}

// verdict is what the limiter says of a message.
type verdict int

const (
	admitted verdict = iota
	tooFast          // the person; told for the first time
	tooMany          // all together; told for the first time
	muted            // told already
)

// A bucket lets a burst of one window's worth pass and then an even flow. It
// remembers one instant: when it would be empty.
type bucket struct {
	empty time.Time
	told  bool // the person heard the sentence since the bucket was last empty
}

// take lets one message in if there is room.
func (b *bucket) take(now time.Time, window time.Duration, most int) bool {
	if b.empty.Before(now) {
		b.empty = now
		b.told = false
	}
	each := window / time.Duration(most)
	if b.empty.Add(each).Sub(now) > window {
		return false
	}
	b.empty = b.empty.Add(each)
	return true
}

// A limiter holds the buckets of everybody who wrote lately: those of this
// window and those of the one before. Older ones are empty by then.
type limiter struct {
	limits Limits

	mu     sync.Mutex
	all    bucket
	people map[string]*bucket
	before map[string]*bucket
	since  time.Time
}

func newLimiter(l Limits) *limiter {
	return &limiter{limits: l, people: map[string]*bucket{}, before: map[string]*bucket{}}
}

// admit decides about a message that is not a retry. Leaving is always let
// through: the platform demands that it has consequences.
func (l *limiter) admit(m *talk.Message, now time.Time, full bool) verdict {
	if m.Kind == talk.Event && m.Event == talk.Unsubscribe {
		return admitted
	}
	if !full && l.limits.Person <= 0 && l.limits.All <= 0 {
		return admitted
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(m.OpenID, now)
	switch {
	case l.limits.Person > 0 && !b.take(now, personWindow, l.limits.Person):
		return b.tell(tooFast)
	case full || l.limits.All > 0 && !l.all.take(now, allWindow, l.limits.All):
		return b.tell(tooMany)
	}
	return admitted
}

func (b *bucket) tell(v verdict) verdict {
	if b.told {
		return muted
	}
	b.told = true
	return v
}

// bucket finds a person's bucket; mu is held.
func (l *limiter) bucket(openID string, now time.Time) *bucket {
	if now.Sub(l.since) > personWindow {
		l.before, l.people = l.people, make(map[string]*bucket, len(l.people))
		l.since = now
	}
	b := l.people[openID]
	if b == nil {
		if b = l.before[openID]; b == nil {
			b = &bucket{}
		}
		if len(l.people) < maxPeople {
			l.people[openID] = b
		}
	}
	return b
}

func (l *limiter) sentence(v verdict) string {
	switch v {
	case tooFast:
		return l.limits.Slow
	case tooMany:
		return l.limits.Busy
	}
	return ""
}
