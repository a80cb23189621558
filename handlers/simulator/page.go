package simulator

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"time"
)

//go:embed page
var pageFiles embed.FS

// foundLimit is how many people the picker lists: a screen to scroll, no more.
const foundLimit = 60

// Handler serves the page at /, its files, its own API under /sim/ and
// /healthz. A server that it runs on needs no write time-out for /sim/events.
func (s *Simulator) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "ok") // the caller went away: nothing to tell
	})
	mux.HandleFunc("GET /sim/state", s.getState)
	mux.HandleFunc("GET /sim/events", s.getEvents)
	mux.HandleFunc("GET /sim/people", s.getPeople)
	mux.HandleFunc("GET /sim/trace", s.getTrace)
	mux.HandleFunc("POST /sim/open", s.postOpen)
	mux.HandleFunc("POST /sim/stranger", s.postStranger)
	mux.HandleFunc("POST /sim/do", s.postDo)
	mux.HandleFunc("POST /sim/clock", s.postClock)
	mux.HandleFunc("POST /sim/jar", postJar)
	mux.HandleFunc("GET /sim/trouble", s.getTroubles)
	mux.HandleFunc("POST /sim/trouble", s.postTrouble)
	mux.Handle("GET /", http.FileServerFS(pageRoot()))
	return s.guard(mux)
}

// pageRoot is the folder that is served; it is part of the program.
func pageRoot() fs.FS {
	root, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(fmt.Sprintf("simulator: no page in the program: %v", err))
	}
	return root
}

// stateView is everything the page needs to draw itself.
type stateView struct {
	Account   string          `json:"account"`
	Cast      []string        `json:"cast"`
	Hints     []Hint          `json:"hints"`
	Templates []Template      `json:"templates"`
	Samples   []sample        `json:"samples"`
	Roster    bool            `json:"roster"` // people can be searched
	Clock     clockView       `json:"clock"`
	Phones    []phoneView     `json:"phones"`
	Menu      json.RawMessage `json:"menu"` // the default one; null: none
	Troubles  []Trouble       `json:"troubles"`
	countsView
}

func (s *Simulator) getState(w http.ResponseWriter, _ *http.Request) {
	phones, menu := s.book.views()
	answer(w, http.StatusOK, stateView{
		Account: s.opt.Account, Cast: s.cast(phones), Hints: list(s.opt.Hints), Templates: list(s.opt.Templates),
		Samples: samples, Roster: s.opt.People != nil, Clock: s.clock(),
		Phones: phones, Menu: menu, Troubles: s.troubles.list(), countsView: s.counts.view(),
	})
}

// list makes nothing an empty list in JSON.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// cast lists whose phones lie open at first.
func (s *Simulator) cast(phones []phoneView) []string {
	if len(s.opt.Cast) > 0 {
		return s.opt.Cast
	}
	ids := []string{}
	for _, p := range phones[:min(len(phones), 3)] {
		ids = append(ids, p.ID)
	}
	return ids
}

func (b *book) views() ([]phoneView, json.RawMessage) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := []phoneView{}
	for _, id := range b.order {
		out = append(out, b.view(b.chats[id], true))
	}
	return out, b.menu
}

// getEvents streams what changes. A comment now and then keeps the connection
// through whatever stands between.
func (s *Simulator) getEvents(w http.ResponseWriter, r *http.Request) {
	stream := s.hub.join()
	defer s.hub.leave(stream)
	out := http.NewResponseController(w)
	_ = out.SetWriteDeadline(time.Time{}) // a server without deadlines has none to lift
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	beat := time.NewTicker(15 * time.Second)
	defer beat.Stop()
	_, err := io.WriteString(w, "event: hello\ndata: {}\n\n")
	for err == nil && out.Flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case e, ok := <-stream:
			if !ok {
				return
			}
			_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.name, e.data)
		case <-beat.C:
			_, err = io.WriteString(w, ": here\n\n")
		}
	}
}

func (s *Simulator) getPeople(w http.ResponseWriter, r *http.Request) {
	found, err := s.roster.search(r.Context(), r.URL.Query().Get("q"), foundLimit)
	if err != nil {
		s.fail(w, err)
		return
	}
	s.book.markFollowers(found)
	answer(w, http.StatusOK, map[string]any{"people": list(found)})
}

func (s *Simulator) getTrace(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.URL.Query().Get("bubble"), 10, 64)
	var found *trace
	if err == nil {
		err = s.book.look(r.URL.Query().Get("person"), func(c *chat) { found = c.traces[id] })
	}
	if err != nil || found == nil {
		http.NotFound(w, r)
		return
	}
	answer(w, http.StatusOK, found)
}

func (s *Simulator) postOpen(w http.ResponseWriter, r *http.Request) {
	var in struct{ Person string }
	s.handle(w, r, &in, func(ctx context.Context) (string, error) { return s.phone(ctx, in.Person) })
}

func (s *Simulator) postStranger(w http.ResponseWriter, r *http.Request) {
	s.handle(w, r, &struct{}{}, func(context.Context) (string, error) { return s.newStranger() })
}

// postJar empties the browser's cookies before it opens a page as another phone:
// real phones have a jar each.
func postJar(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Clear-Site-Data", `"cookies"`)
	answer(w, http.StatusOK, done)
}

func (s *Simulator) postDo(w http.ResponseWriter, r *http.Request) {
	var in act
	s.handle(w, r, &in, func(ctx context.Context) (string, error) {
		in.base = "http://" + r.Host
		return in.Person, s.do(ctx, in)
	})
}

// handle reads a request into in, runs fn and answers whose phone it was.
func (s *Simulator) handle(w http.ResponseWriter, r *http.Request, in any, fn func(context.Context) (string, error)) {
	if err := json.NewDecoder(r.Body).Decode(in); err != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	person, err := fn(r.Context())
	if err != nil {
		s.fail(w, err)
		return
	}
	answer(w, http.StatusOK, map[string]any{"person": person})
}

// fail answers with a sentence for the person at the page.
func (s *Simulator) fail(w http.ResponseWriter, err error) {
	words, mine := sentence(err)
	status := http.StatusBadRequest
	if mine {
		status = http.StatusInternalServerError
		s.opt.Log.Error("simulator: page call", "err", err)
	}
	answer(w, status, map[string]any{"error": words})
}
