package simulator

import (
	"encoding/json"
	"slices"
	"time"
)

// keepBubbles bounds what one chat keeps in memory and shows: months of a busy
// helper, and small enough to send whole when the page opens.
const keepBubbles = 300

// chat is one phone's conversation with the account.
type chat struct {
	person    Person
	following bool
	since     time.Time // of the latest follow
	bubbles   []bubble
	traces    map[int64]*trace
	windows   windows
	consents  map[string]int          // template -> messages allowed; longTerm has no end
	templates map[string]sentTemplate // by client_msg_id
}

// sentTemplate lets a repeated client_msg_id be answered without a second card.
type sentTemplate struct {
	msgID int64
	at    time.Time
}

func newChat(p Person) *chat {
	return &chat{
		person: p, following: p.Bound, traces: map[int64]*trace{},
		consents: map[string]int{}, templates: map[string]sentTemplate{},
	}
}

// add appends a bubble and lets it work on the windows, so that replaying the
// journal leaves them as they were.
func (c *chat) add(b bubble, t *trace) {
	c.bubbles = append(c.bubbles, b)
	if t != nil {
		c.traces[b.ID] = t
	}
	if over := len(c.bubbles) - keepBubbles; over > 0 {
		for _, old := range c.bubbles[:over] {
			delete(c.traces, old.ID)
		}
		c.bubbles = slices.Delete(c.bubbles, 0, over)
	}
	c.windows.opened(b.Opens, b.Wall)
	if b.Spends {
		c.windows.spend(b.Wall)
	}
	if b.ClientID != "" {
		c.templates[b.ClientID] = sentTemplate{b.MsgID, b.Wall}
	}
}

// follow sets the follow state; leaving closes every window and consent.
func (c *chat) follow(on bool, at time.Time) {
	c.following = on
	if on {
		c.since = at
		return
	}
	c.windows = windows{}
	clear(c.consents)
}

// What a consent changes, other than the count of messages allowed.
const (
	refused  = 0
	longTerm = 1 << 20 // more than anybody gives one by one
	spent    = -1
)

// consent changes what the person lets one template send.
func (c *chat) consent(template string, n int) {
	switch {
	case n == refused:
		delete(c.consents, template)
	case n == longTerm:
		c.consents[template] = longTerm
	case c.consents[template] != longTerm:
		c.consents[template] = max(c.consents[template]+n, 0)
	}
}

// repeated finds the message that this client_msg_id already sent.
func (c *chat) repeated(id string, now time.Time) (int64, bool) {
	for key, sent := range c.templates {
		if now.Sub(sent.at) >= idempotentFor {
			delete(c.templates, key)
		}
	}
	sent, ok := c.templates[id]
	return sent.msgID, ok && id != ""
}

// phoneView is a phone as the page and /sim/state show it.
type phoneView struct {
	Person
	Following bool           `json:"following"`
	Room      room           `json:"room"`
	Consents  map[string]int `json:"consents"`
	// Menu is the one that this person sees; null where none is published.
	Menu    json.RawMessage `json:"menu"`
	Bubbles []bubble        `json:"bubbles,omitempty"`
}

func (c *chat) view(now time.Time, bubbles bool) phoneView {
	v := phoneView{Person: c.person, Following: c.following, Room: c.windows.room(now), Consents: map[string]int{}}
	for id, n := range c.consents {
		v.Consents[id] = n
	}
	if bubbles {
		v.Bubbles = slices.Clone(c.bubbles)
	}
	return v
}
