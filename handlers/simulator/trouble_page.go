package simulator

import (
	"context"
	"net/http"
)

// getTroubles lists the troubles that are on.
func (s *Simulator) getTroubles(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"troubles": s.troubles.list()})
}

// postTrouble makes one, and how "none" takes all of them back.
func (s *Simulator) postTrouble(w http.ResponseWriter, r *http.Request) {
	var in Trouble
	s.handle(w, r, &in, func(context.Context) (string, error) {
		if in.How == "none" {
			s.Behave()
			return "", nil
		}
		return "", s.Misbehave(in)
	})
}
