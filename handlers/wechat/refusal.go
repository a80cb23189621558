package wechat

import (
	"net/http"
	"strconv"
)

// A refusal is why a request was turned away: the status that the caller sees
// and the reason that only our metrics see.
type refusal struct {
	status int
	reason string
}

func (r *refusal) Error() string { return r.reason }

// The refusals. The body of every one is empty: a stranger learns nothing.
var (
	refusedMethod    = &refusal{http.StatusMethodNotAllowed, "method"}
	refusedSignature = &refusal{http.StatusForbidden, "signature"}
	refusedStale     = &refusal{http.StatusForbidden, "stale"}
	refusedMode      = &refusal{http.StatusForbidden, "mode"}
	refusedAccount   = &refusal{http.StatusForbidden, "account"}
	refusedSize      = &refusal{http.StatusRequestEntityTooLarge, "size"}
	refusedSealed    = &refusal{http.StatusBadRequest, "sealed"}
	refusedMalformed = &refusal{http.StatusBadRequest, "malformed"}
	refusedRead      = &refusal{http.StatusBadRequest, "read"}
	refusedClosing   = &refusal{http.StatusServiceUnavailable, "closing"}
)

func (g *Gate) refuse(w http.ResponseWriter, r *refusal) {
	g.metrics.refused.WithLabelValues(r.reason).Inc()
	if r == refusedMethod {
		w.Header().Set("Allow", "GET, POST")
	}
	w.WriteHeader(r.status)
}

// checkFresh refuses what was signed outside the window around now: a request
// overheard once must not work for ever.
func (g *Gate) checkFresh(q *query, x *exchange) *refusal {
	stamp, err := strconv.ParseInt(q.timestamp, 10, 64)
	if err != nil {
		return refusedStale
	}
	if g.opt.Window <= 0 {
		return nil
	}
	limit, now := int64(g.opt.Window.Seconds()), x.arrived.Unix()
	if stamp < now-limit || stamp > now+limit {
		return refusedStale
	}
	return nil
}
