package line

// State is what is remembered of one person's conversation between two
// messages. Losing it costs an open question and nothing that was recorded.
type State struct {
	Open     *Question `json:"open,omitempty"`
	Kept     *Question `json:"kept,omitempty"`   // put aside while something else is dealt with
	Digits   []Choice  `json:"digits,omitempty"` // what the digits last offered mean, 1 first
	Told     []Told    `json:"told,omitempty"`   // the last replies, for messages delivered again
	Fragment *Fragment `json:"fragment,omitempty"`
	Fails    int       `json:"fails,omitempty"` // lines in a row that were not understood
	Village  int64     `json:"village,omitempty"`
}

// Question is what the person was asked last.
type Question struct {
	Line string  `json:"line"`
	Name string  `json:"name"`
	Ref  int64   `json:"ref,omitempty"`  // the record it is about
	Refs []int64 `json:"refs,omitempty"` // several, or the choices
	Data string  `json:"data,omitempty"`
	Text string  `json:"text"` // as asked, to ask again
	At   int64   `json:"at"`   // village milliseconds
}

// Choice is what a digit means.
type Choice struct {
	Line string `json:"line"`
	Name string `json:"name"`
	Ref  int64  `json:"ref,omitempty"`
}

// Told is the reply that a message got.
type Told struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Fragment is a bubble that said nothing by itself and waits for the next.
type Fragment struct {
	Key  string `json:"key"`
	Text string `json:"text"`
	At   int64  `json:"at"` // wall milliseconds
}

// toldBound is how many replies are kept: the platform delivers a message three
// times within 15 s, and few people write five bubbles in that time.
const toldBound = 5

// Tell remembers the reply to a message.
func (s *State) Tell(key, text string) {
	s.Told = append(s.Told, Told{Key: key, Text: text})
	if len(s.Told) > toldBound {
		s.Told = s.Told[len(s.Told)-toldBound:]
	}
}

// ToldTo is the reply that a message got; false if it is not remembered.
func (s *State) ToldTo(key string) (string, bool) {
	for _, t := range s.Told {
		if t.Key == key {
			return t.Text, true
		}
	}
	return "", false
}

// Drop forgets the open question and the digits.
func (s *State) Drop() { s.Open, s.Digits = nil, nil }

// Keep puts the open question aside.
func (s *State) Keep() {
	if s.Open != nil {
		s.Kept, s.Open = s.Open, nil
	}
}
