package simulator

import (
	"encoding/json"
	"sync"
)

// streamRoom is how many events a page may be behind before it is cut off; it
// then connects again and reads the whole state.
const streamRoom = 256

// event is one server-sent event.
type event struct {
	name string
	data []byte
}

// hub hands every event to every open page.
type hub struct {
	mu     sync.Mutex
	pages  map[chan event]bool
	closed bool
}

func newHub() *hub { return &hub{pages: map[chan event]bool{}} }

// join opens a stream; the channel is closed when the page falls behind or the
// simulator ends.
func (h *hub) join() chan event {
	h.mu.Lock()
	defer h.mu.Unlock()
	ch := make(chan event, streamRoom)
	if h.closed {
		close(ch)
		return ch
	}
	h.pages[ch] = true
	return ch
}

func (h *hub) leave(ch chan event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(ch)
}

func (h *hub) drop(ch chan event) {
	if h.pages[ch] {
		delete(h.pages, ch)
		close(ch)
	}
}

// send never waits: it is called while the book is locked.
func (h *hub) send(name string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		return // our own types, all of which encode
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.pages {
		select {
		case ch <- event{name, data}:
		default:
			h.drop(ch)
		}
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for ch := range h.pages {
		h.drop(ch)
	}
}
