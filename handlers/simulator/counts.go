package simulator

import (
	"maps"
	"sync"
)

// counts tells how the platform was used since the start.
type counts struct {
	mu      sync.Mutex
	posts   posts
	refused map[int]int    // errcode -> answers
	calls   map[string]int // API path -> calls taken
}

// posts counts the encrypted POSTs made to the webhook: what people sent, what
// they did and what the platform reported, each with its deliveries, of which
// there are more where one was asked again.
type posts struct {
	Lines      int `json:"lines"`       // messages people sent: text, picture, voice, place
	LinePosts  int `json:"line_posts"`  // deliveries of these
	Events     int `json:"events"`      // follow, tap, scan ... and the platform's own reports
	EventPosts int `json:"event_posts"` // deliveries of these
}

func newCounts() *counts {
	return &counts{refused: map[int]int{}, calls: map[string]int{}}
}

func (c *counts) made(isEvent bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if isEvent {
		c.posts.Events++
	} else {
		c.posts.Lines++
	}
}

func (c *counts) posted(isEvent bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if isEvent {
		c.posts.EventPosts++
	} else {
		c.posts.LinePosts++
	}
}

func (c *counts) called(path string, code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if code != 0 {
		c.refused[code]++
		return
	}
	c.calls[path]++
}

// countsView is a copy for the page.
type countsView struct {
	Posts   posts          `json:"posts"`
	Refused map[int]int    `json:"refused"`
	Calls   map[string]int `json:"calls"`
}

func (c *counts) view() countsView {
	c.mu.Lock()
	defer c.mu.Unlock()
	return countsView{c.posts, maps.Clone(c.refused), maps.Clone(c.calls)}
}
