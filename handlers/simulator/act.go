package simulator

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxTyped is the longest line the app lets a person send, in characters.
const maxTyped = 5000

// act is one thing a person does on his phone, as the page posts it.
type act struct {
	Person   string  `json:"person"`
	Nonce    string  `json:"nonce"` // the same for a click and its double
	Kind     string  `json:"kind"`  // text picture voice location click choice scan follow unfollow consent
	Text     string  `json:"text"`
	Picture  string  `json:"picture"` // name of a sample
	Seconds  int     `json:"seconds"` // of a voice message
	Label    string  `json:"label"`   // of a place
	Lat      float64 `json:"lat"`
	Lng      float64 `json:"lng"`
	Key      string  `json:"key"`    // menu key or page, scene of a QR code
	Name     string  `json:"name"`   // the words on the menu item
	Button   string  `json:"button"` // the menu item's type
	Choice   string  `json:"choice"` // id of a msgmenu line
	Template string  `json:"template"`
	Accept   bool    `json:"accept"`
	base     string  // where this page lives, for PicUrl
}

// badAct is what a page may not send; its words are shown on the page.
type badAct string

func (e badAct) Error() string { return string(e) }

// plan is what an act becomes: the bubble, the state it changes and the
// messages that the platform posts for it.
type plan struct {
	bubble  bubble
	also    []entry
	bodies  [][]node
	isEvent bool
}

// do carries out an act: its bubble is on the phone when do returns, the
// deliveries follow in the background.
func (s *Simulator) do(ctx context.Context, a act) error {
	id, err := s.phone(ctx, a.Person)
	if err != nil {
		return err
	}
	a.Person = id
	if err := s.checkFollowing(a); err != nil {
		return err
	}
	p, err := s.plan(a)
	if err != nil {
		return err
	}
	if !s.sent.first(a.Nonce) {
		return nil
	}
	if err := s.begin(p); err != nil {
		s.sent.forget(a.Nonce)
		return err
	}
	return nil
}

// checkFollowing: a chat needs a follower; only a scan or a follow makes one.
func (s *Simulator) checkFollowing(a act) error {
	following := false
	if err := s.book.look(a.Person, func(c *chat) { following = c.following }); err != nil {
		return err
	}
	switch {
	case !following && a.Kind != "follow" && a.Kind != "scan":
		return badAct("还没关注，先点“关注公众号”")
	case following && a.Kind == "follow":
		return badAct("已经关注了")
	}
	return nil
}

// plans are the kinds of act; each checks its fields and writes the message.
var plans = map[string]func(*Simulator, act) (plan, error){
	"text": (*Simulator).planText, "picture": (*Simulator).planPicture, "voice": (*Simulator).planVoice,
	"location": (*Simulator).planLocation, "click": (*Simulator).planClick, "choice": (*Simulator).planChoice,
	"scan": (*Simulator).planScan, "follow": (*Simulator).planFollow, "unfollow": (*Simulator).planUnfollow,
	"consent": (*Simulator).planConsent,
}

func (s *Simulator) plan(a act) (plan, error) {
	write, ok := plans[a.Kind]
	if !ok {
		return plan{}, badAct("不认得的动作")
	}
	p, err := write(s, a)
	p.bubble.Person = a.Person
	return p, err
}

func (s *Simulator) planText(a act) (plan, error) {
	text := strings.TrimSpace(legal(a.Text))
	switch {
	case text == "":
		return plan{}, badAct("不能发送空白消息")
	case utf8.RuneCountInString(text) > maxTyped:
		return plan{}, badAct("太长了，分几次发")
	}
	return plan{
		bubble: bubble{From: fromMe, Kind: kindText, Text: text, Opens: opensWritten},
		bodies: [][]node{{quoted("MsgType", "text"), quoted("Content", text), number("MsgId", s.book.nextMsgID())}},
	}, nil
}

func (s *Simulator) planPicture(a act) (plan, error) {
	if !isSample(a.Picture) {
		return plan{}, badAct("没有这张图片")
	}
	msgID := s.book.nextMsgID()
	media := medium{"p", a.Picture, s.opt.Now()}.id(msgID)
	return plan{
		bubble: bubble{From: fromMe, Kind: kindPicture, Picture: a.Picture, Opens: opensWritten},
		bodies: [][]node{{
			quoted("MsgType", "image"), quoted("PicUrl", a.base+"/pictures/"+a.Picture+".png"),
			quoted("MediaId", media), number("MsgId", msgID),
		}},
	}, nil
}

// planVoice sends no Recognition: the platform has stopped writing voice down.
func (s *Simulator) planVoice(a act) (plan, error) {
	if a.Seconds < 1 || a.Seconds > maxVoice {
		return plan{}, badAct("语音要1到60秒")
	}
	msgID := s.book.nextMsgID()
	length, now := strconv.Itoa(a.Seconds), s.opt.Now()
	return plan{
		bubble: bubble{From: fromMe, Kind: kindVoice, Seconds: a.Seconds, Opens: opensWritten},
		bodies: [][]node{{
			quoted("MsgType", "voice"), quoted("MediaId", medium{"v", length, now}.id(msgID)), quoted("Format", "amr"),
			number("MsgId", msgID), quoted("MediaId16K", medium{"w", length, now}.id(msgID)),
		}},
	}, nil
}

func (s *Simulator) planLocation(a act) (plan, error) {
	if a.Label == "" || math.Abs(a.Lat) > 90 || math.Abs(a.Lng) > 180 {
		return plan{}, badAct("请选一个地点")
	}
	return plan{
		bubble: bubble{From: fromMe, Kind: kindLocation, Text: a.Label, Opens: opensWritten},
		bodies: [][]node{{
			quoted("MsgType", "location"), degrees("Location_X", a.Lat), degrees("Location_Y", a.Lng),
			number("Scale", 16), quoted("Label", a.Label), number("MsgId", s.book.nextMsgID()),
		}},
	}, nil
}

// degrees are written with six digits: about a tenth of a metre.
func degrees(name string, v float64) node {
	return node{name: name, text: strconv.FormatFloat(v, 'f', 6, 64), bare: true}
}

// planChoice is a tap on a line of a msgmenu, which arrives as typed words and
// counts as a menu tap.
func (s *Simulator) planChoice(a act) (plan, error) {
	if a.Text == "" || a.Choice == "" {
		return plan{}, badAct("没有这一项")
	}
	return plan{
		bubble: bubble{From: fromMe, Kind: kindText, Text: a.Text, Opens: opensTapped},
		bodies: [][]node{{
			quoted("MsgType", "text"), quoted("Content", a.Text), number("MsgId", s.book.nextMsgID()),
			quoted("bizmsgmenuid", a.Choice),
		}},
	}, nil
}

// sentence is what the page shows for an error: its own words for what the
// person can mend, one line for the rest; mine tells that the fault is here.
func sentence(err error) (words string, mine bool) {
	var bad badAct
	switch {
	case errors.As(err, &bad):
		return string(bad), false
	case errors.Is(err, errNoPhone):
		return "没有这个人的手机", false
	}
	return "没办成，请再点一次", true
}
