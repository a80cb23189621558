package wechat

import (
	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/talk"
)

// gateMetrics count what came in and what became of it.
type gateMetrics struct {
	received *prometheus.CounterVec // by kind, event
	refused  *prometheus.CounterVec // by reason
	outcome  *prometheus.CounterVec
	heard    prometheus.Histogram

	answered, retried, closed, gone, honest prometheus.Counter
	late, lost, failed, panicked            prometheus.Counter
	slow, busy, muted                       prometheus.Counter
}

func newGateMetrics(reg prometheus.Registerer) *gateMetrics {
	m := &gateMetrics{
		received: counter("inbound_total", "Deliveries that passed every check.", "kind", "event"),
		refused:  counter("refused_total", "Requests turned away.", "reason"),
		outcome:  counter("outcome_total", "What became of deliveries and of the work behind them.", "outcome"),
		heard: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: "mishu", Subsystem: "wechat", Name: "hear_seconds",
			Help:    "How long the conversation took for a message.",
			Buckets: []float64{.001, .005, .02, .1, .5, 1, 2, 4.5, 10, 15},
		}),
	}
	m.answered, m.retried = m.of("answered"), m.of("retried")
	m.closed, m.gone, m.honest = m.of("closed"), m.of("gone"), m.of("honest")
	m.late, m.lost = m.of("late"), m.of("lost")
	m.failed, m.panicked = m.of("failed"), m.of("panicked")
	m.slow, m.busy, m.muted = m.of("slow"), m.of("busy"), m.of("muted")
	if reg != nil {
		reg.MustRegister(m.received, m.refused, m.outcome, m.heard)
	}
	return m
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "mishu", Subsystem: "wechat", Name: name, Help: help,
	}, labels)
}

func (m *gateMetrics) of(outcome string) prometheus.Counter {
	return m.outcome.WithLabelValues(outcome)
}

// count notes a delivery that passed. Only events known here get a label of
// their own: the label's values must stay few.
func (m *gateMetrics) count(msg *talk.Message, in *Inbound) {
	m.received.WithLabelValues(string(msg.Kind), eventLabel(in)).Inc()
}

func eventLabel(in *Inbound) string {
	if in.MsgType != "event" {
		return ""
	}
	switch in.Event {
	case talk.Subscribe, talk.Unsubscribe, talk.Scan, talk.Click,
		"VIEW", "LOCATION", "view_miniprogram", "scancode_push", "scancode_waitmsg",
		"pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
		"TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH", "PUBLISHJOBFINISH",
		"subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event",
		"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation",
		"annual_renew", "verify_expired", "qualification_verify_fail", "naming_verify_fail":
		return in.Event
	}
	return "other"
}

func (m *gateMetrics) limited(v verdict) {
	switch v {
	case tooFast:
		m.slow.Inc()
	case tooMany:
		m.busy.Inc()
	case muted:
		m.muted.Inc()
	}
}
