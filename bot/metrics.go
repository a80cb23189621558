package bot

import "github.com/prometheus/client_golang/prometheus"

// Metrics count what the conversation does; nothing in them names a person.
type Metrics struct {
	heard   *prometheus.CounterVec
	stopped *prometheus.CounterVec
}

// NewMetrics registers the conversation's metrics.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		heard:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mishu_heard_total", Help: "Messages by what they were read as."}, []string{"intent"}),
		stopped: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mishu_away_total", Help: "Messages heard while something was away."}, []string{"what"}),
	}
	r.MustRegister(m.heard, m.stopped)
	return m
}

func (m *Metrics) away(what string) { m.stopped.WithLabelValues(what).Inc() }

func (m *Metrics) read(intent string) { m.heard.WithLabelValues(intent).Inc() }
