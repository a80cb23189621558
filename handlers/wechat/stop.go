package wechat

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// stops are the channels that the platform shut, "" for all of them.
type stops struct {
	mu     sync.Mutex
	until  map[string]time.Time
	alarms *prometheus.CounterVec
}

func newStops() *stops {
	return &stops{
		until:  map[string]time.Time{},
		alarms: counter("stopped_total", "Channels that the platform shut: an operator must look.", "channel", "code"),
	}
}

func (s *stops) add(channel string, code int, until time.Time) {
	s.alarms.WithLabelValues(channel, codeLabel(code)).Inc()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !channelOnly[code] {
		channel = ""
	}
	s.until[channel] = until
}

func (s *stops) left(channel string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(0, s.until[channel].Sub(now), s.until[""].Sub(now))
}
