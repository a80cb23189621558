package read

import (
	"fmt"
	"time"
)

// beside tells whether the time is no time of the matter: when somebody who wants to be
// entered moved here, and the 现在 of a question.
func beside(g *Reading, intent Intent, now time.Time) bool {
	return intent == Register || intent == Query && g.When.Grain == Hour && g.When.At.Sub(now).Abs() < time.Hour
}

// pressures are the first blood pressure that was read and that of each elder
// who was named with one; what is not plausible is asked about, not told.
func (v *Village) pressures(g *Reading) (bp *string, by map[string]string) {
	for _, x := range g.Vitals {
		if x.Kind != Pressure || !x.Plausible {
			continue
		}
		s := fmt.Sprintf("%g/%g", x.Value, x.Low)
		if bp == nil {
			bp = &s
		}
		if ids := v.elderIDs(x.Mention.People, nil); len(ids) == 1 {
			if by == nil {
				by = map[string]string{}
			}
			by[ids[0]] = s
		}
	}
	return bp, by
}

func someInt(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// outputServices: comfort and company are fu.
func outputServices(g *Reading) []Service {
	out := []Service{}
	for _, s := range g.Services {
		s = sevenOf(s)
		if s == Other || containsService(out, s) {
			continue
		}
		out = append(out, s)
	}
	return out
}

func containsService(all []Service, s Service) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

// elders are those named, else the sender's own: himself, or those he may speak
// for. A line that names only a ticket names no elder.
func (v *Village) elders(g *Reading, c *Context) (ids []string, ambiguous bool) {
	for _, m := range g.Mentions {
		if m.Denied || m.Self && g.Intent != Register {
			continue
		}
		named := v.elderIDs(m.People, nil)
		ambiguous = ambiguous || len(named) > 1
		ids = v.elderIDs(m.People, ids)
	}
	if len(ids) > 0 || len(g.Tickets) > 0 {
		return ids, ambiguous
	}
	if len(g.KinIDs) > 0 {
		return v.elderIDs(g.KinIDs, nil), false
	}
	switch c.Speaker.Role {
	case "elder":
		ids = v.elderIDs([]int64{c.Speaker.Person}, nil)
	case "family":
		ids = v.elderIDs(c.Speaker.Proxies, nil)
	}
	return ids, false
}
