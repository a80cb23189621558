package line

// State is what is remembered of one person's conversation between two
// messages. Losing it costs an open question and nothing that was recorded.
type State struct {
	Open     *Question `json:"open,omitempty"`
	Kept     *Question `json:"kept,omitempty"`   // put aside while something else is dealt with
	Digits   []Choice  `json:"digits,omitempty"` // what the digits last offered mean, 1 first
	Fragment *Fragment `json:"fragment,omitempty"`
	Fails    int       `json:"fails,omitempty"` // lines in a row that were not understood
	Village  int64     `json:"village,omitempty"`
	Door     *Door     `json:"door,omitempty"`    // whose code was scanned last
	Speaker  int64     `json:"speaker,omitempty"` // who of those who share the telephone speaks now
	SpokeAt  int64     `json:"spoke_at,omitempty"`
	Alarm    *Fragment `json:"alarm,omitempty"` // danger that was said before anybody knew in which village

	told told // the last replies, for messages delivered again
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

// Fragment is a bubble that said nothing by itself and waits for the next.
type Fragment struct {
	Key  string `json:"key"`
	Text string `json:"text"`
	At   int64  `json:"at"` // wall milliseconds
}

// Door is a household whose code was scanned: who of the visit list lives there.
type Door struct {
	People []int64 `json:"people"`
	At     int64   `json:"at"`             // village milliseconds
	Help   bool    `json:"help,omitempty"` // the next sentence says what is needed there
}

// Drop forgets the open question and the digits.
func (s *State) Drop() { s.Open, s.Digits = nil, nil }

// Keep puts the open question aside.
func (s *State) Keep() {
	if s.Open != nil {
		s.Kept, s.Open = s.Open, nil
	}
}
