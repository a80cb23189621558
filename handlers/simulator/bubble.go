package simulator

import "time"

// Who a bubble is from.
const (
	fromMe      = "me"
	fromAccount = "account" // the passive reply
	fromPush    = "push"    // sent through the API
	fromSystem  = "system"  // the grey line in the middle
)

// The kinds of bubble the page knows how to draw.
const (
	kindText     = "text"
	kindPicture  = "picture"
	kindVoice    = "voice"
	kindLocation = "location"
	kindCard     = "card"    // template message or subscription notice
	kindChoices  = "choices" // msgmenu: a question with lines to tap
	kindArticle  = "article"
	kindNote     = "note" // a system line
)

// bubble is one thing in a chat, as the page draws it.
type bubble struct {
	ID      int64     `json:"id"` // rising over all chats
	Person  string    `json:"person"`
	From    string    `json:"from"`
	Kind    string    `json:"kind"`
	Text    string    `json:"text,omitempty"`
	At      time.Time `json:"at"`   // by the village clock
	Wall    time.Time `json:"wall"` // by the wall clock
	Picture string    `json:"picture,omitempty"`
	Seconds int       `json:"seconds,omitempty"`
	Card    *card     `json:"card,omitempty"`
	Choices []choice  `json:"choices,omitempty"`
	Opens   string    `json:"opens,omitempty"` // the window this act opened
	Spends  bool      `json:"spends,omitempty"`
	// ClientID and MsgID are a template message's; a call with the same
	// ClientID gets the same MsgID for a while.
	ClientID string `json:"client_id,omitempty"`
	MsgID    int64  `json:"msg_id,omitempty"`
}

// card is what a template message looks like.
type card struct {
	Title string `json:"title"`
	Rows  []row  `json:"rows"`
}

// row is one field of a card: what the client calls it and its value.
type row struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// choice is one line of a msgmenu.
type choice struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// trace is what travelled for one bubble, shown on demand.
type trace struct {
	Bubble int64  `json:"bubble"`
	Path   string `json:"path,omitempty"`   // the API called, for a push
	Query  string `json:"query,omitempty"`  // the signed part of the address
	Inner  string `json:"inner,omitempty"`  // XML in the clear, or the JSON of a push
	Sealed string `json:"sealed,omitempty"` // the envelope as it travelled
	Answer string `json:"answer,omitempty"` // what the API said
	Tries  []try  `json:"tries,omitempty"`  // each delivery to the webhook
}

// try is one delivery and what came of it.
type try struct {
	At     time.Time `json:"at"`
	Millis int64     `json:"millis"`
	Status int       `json:"status"` // 0: no answer
	Note   string    `json:"note"`
}
