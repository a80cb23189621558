package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// idempotentFor is how long a client_msg_id stands for the message it sent.
const idempotentFor = 10 * time.Minute

// templateCall is a template message or a subscription notice.
type templateCall struct {
	To       string `json:"touser"`
	Template string `json:"template_id"`
	ClientID string `json:"client_msg_id"`
	Data     fields `json:"data"`
}

// fields are the values of a template in the order they were written.
type fields []row

// UnmarshalJSON keeps the order, which is the order on the card.
func (f *fields) UnmarshalJSON(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return fmt.Errorf("template data is no object: %v", open)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return fmt.Errorf("read the name of a field: %w", err)
		}
		var v struct{ Value any }
		if err := dec.Decode(&v); err != nil {
			return fmt.Errorf("read field %v: %w", name, err)
		}
		*f = append(*f, row{strings.TrimSuffix(fmt.Sprint(name), ".DATA"), fmt.Sprint(v.Value)})
	}
	return nil
}

// grammar tells by a field's kind which values the platform takes; the kinds
// are the same for templates and subscription notices.
var grammar = map[string]*regexp.Regexp{
	"thing":            regexp.MustCompile(`^[^\r\n]{1,20}$`),
	"number":           regexp.MustCompile(`^[0-9.,]{1,32}$`),
	"letter":           regexp.MustCompile(`^[A-Za-z]{1,32}$`),
	"symbol":           regexp.MustCompile(`^[^\p{L}\p{N}\s]{1,5}$`),
	"character_string": regexp.MustCompile(`^[!-~ ]{1,32}$`),
	"time":             regexp.MustCompile(`^[0-9年月日时分: /~.,\-]{1,40}$`),
	"date":             regexp.MustCompile(`^[0-9年月日: /~.,\-]{1,40}$`),
	"amount":           regexp.MustCompile(`^[^\s]?[0-9.,]{1,20}元?$`),
	"phone_number":     regexp.MustCompile(`^[0-9+\-() ]{1,17}$`),
	"car_number":       regexp.MustCompile(`^[^\s]{1,8}$`),
	"name":             regexp.MustCompile(`^(\p{Han}{1,10}|[A-Za-z .]{1,20})$`),
	"phrase":           regexp.MustCompile(`^\p{Han}{1,5}$`),
	"const":            regexp.MustCompile(`^[^\r\n]{1,20}$`),
	"enum":             regexp.MustCompile(`^[^\r\n]{1,20}$`),
}

// fieldNames are the words on the card for each kind.
var fieldNames = map[string]string{
	"thing": "事项", "number": "数量", "time": "时间", "date": "日期", "amount": "金额", "name": "姓名",
	"phrase": "状态", "const": "类型", "enum": "类型", "phone_number": "电话", "character_string": "编号",
	"letter": "代码", "symbol": "符号", "car_number": "车牌",
}

func kindOf(field string) string { return strings.TrimRight(field, "0123456789") }

// check finds a value that the platform would not take, or a field that the
// template, if its fields are known, does not have or lacks. A kind that it does
// not know is held to what holds for all: 20 characters on one line.
func (f fields) check(want []string) *refusal {
	for _, name := range want {
		if !slices.ContainsFunc(f, func(r row) bool { return r.Name == name }) {
			return refuse(codeBadValue, "data."+name+".value is empty")
		}
	}
	for _, r := range f {
		if len(want) > 0 && !slices.Contains(want, r.Name) {
			return refuse(codeBadValue, "data."+r.Name+" invalid")
		}
		rule, ok := grammar[kindOf(r.Name)]
		if !ok {
			rule = grammar["thing"]
		}
		if !rule.MatchString(r.Value) {
			return refuse(codeBadValue, "data."+r.Name+".value invalid")
		}
	}
	if len(f) == 0 {
		return refuse(codeBadValue, "data is empty")
	}
	return nil
}

// card is what the person sees of it.
func (s *Simulator) card(in templateCall) bubble {
	c := &card{Title: s.template(in.Template).Title}
	for _, r := range in.Data {
		name, ok := fieldNames[kindOf(r.Name)]
		if !ok {
			name = r.Name
		}
		c.Rows = append(c.Rows, row{name, r.Value})
	}
	return bubble{From: fromPush, Kind: kindCard, Text: c.Title, Card: c}
}

// readTemplate reads a template message, or with subscription a notice. Each has
// templates of its own; an account that announced none has any.
func (s *Simulator) readTemplate(c call, subscription bool) (templateCall, bubble, *refusal) {
	var in templateCall
	if no := c.read(&in); no != nil {
		return in, bubble{}, no
	}
	person, no := s.addressee(c, in.To)
	if no != nil {
		return in, bubble{}, no
	}
	if in.Template == "" || !s.hasTemplate(in.Template) || len(s.opt.Templates) > 0 && s.template(in.Template).Subscription != subscription {
		return in, bubble{}, refuse(codeTemplateID, "")
	}
	if no := in.Data.check(s.template(in.Template).Fields); no != nil {
		return in, bubble{}, no
	}
	b := s.card(in)
	b.Person = person
	return in, b, nil
}

// messageView is the answer of a template message.
type messageView struct {
	Code int    `json:"errcode"`
	Text string `json:"errmsg"`
	ID   int64  `json:"msgid"`
}

func (s *Simulator) apiTemplate(c call) (any, *refusal) {
	in, b, no := s.readTemplate(c, false)
	if no != nil {
		return nil, no
	}
	b.ClientID, b.MsgID = in.ClientID, s.book.nextMsgID()
	no = s.push(b, c, func(ch *chat) *refusal {
		if !ch.following {
			return refuse(codeUnfollowed, "")
		}
		if old, ok := ch.repeated(in.ClientID, s.opt.Now()); ok {
			b.MsgID = old
			return alreadySent
		}
		return nil
	})
	switch {
	case no == alreadySent:
		return messageView{0, "ok", b.MsgID}, nil
	case no != nil:
		return nil, no
	}
	s.report(in.To, quoted("MsgType", "event"), quoted("Event", "TEMPLATESENDJOBFINISH"),
		number("MsgID", b.MsgID), quoted("Status", "success"))
	return messageView{0, "ok", b.MsgID}, nil
}

// alreadySent: the client_msg_id is known; the call is answered as the first
// one was, and no second card appears.
var alreadySent = &refusal{}

// apiSubscribe sends a subscription notice: one for each consent.
func (s *Simulator) apiSubscribe(c call) (any, *refusal) {
	in, b, no := s.readTemplate(c, true)
	if no != nil {
		return nil, no
	}
	no = s.push(b, c, func(ch *chat) *refusal {
		if ch.consents[in.Template] == 0 {
			return refuse(codeNoConsent, "")
		}
		return nil
	}, entry{Consent: &consentChange{b.Person, in.Template, spent}})
	if no != nil {
		return nil, no
	}
	list := group("List", quoted("TemplateId", in.Template), number("MsgID", s.book.nextMsgID()),
		number("ErrorCode", 0), quoted("ErrorStatus", "success"))
	s.report(in.To, quoted("MsgType", "event"), quoted("Event", "subscribe_msg_sent_event"),
		group("SubscribeMsgSentEvent", list))
	return done, nil
}
