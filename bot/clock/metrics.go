package clock

import (
	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/talk"
)

// Metrics count what the clock does; nothing in them names a person.
type Metrics struct {
	letters  *prometheus.CounterVec
	failures prometheus.Counter
	stuck    *prometheus.GaugeVec
}

// NewMetrics registers the clock's metrics.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		letters:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mishu_letters_total", Help: "Letters by channel and what became of them."}, []string{"channel", "verdict"}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "mishu_clock_failures_total", Help: "Ticks in which a timed job failed."}),
	}
	m.stuck = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "mishu_late", Help: "Records that the clock should have moved ten minutes ago."}, []string{"line"})
	r.MustRegister(m.letters, m.failures, m.stuck)
	return m
}

func (m *Metrics) sent(o talk.Outcome) {
	m.letters.WithLabelValues(o.Channel, string(o.Verdict)).Inc()
}

func (m *Metrics) failed() { m.failures.Inc() }

func (m *Metrics) late(line string, n int64) { m.stuck.WithLabelValues(line).Set(float64(n)) }
