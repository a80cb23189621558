package simulator

import (
	"encoding/json"
	"strings"
)

// maxText is the longest customer message, in bytes: measured by users of the
// platform, documented nowhere.
const maxText = 2048

// custom is a customer message, as far as the page draws it.
type custom struct {
	To    string `json:"touser"`
	Type  string `json:"msgtype"`
	Text  struct{ Content string }
	Image struct {
		ID string `json:"media_id"`
	}
	Voice struct {
		ID string `json:"media_id"`
	}
	Menu struct {
		Head string `json:"head_content"`
		List []struct {
			ID      string `json:"id"`
			Content string `json:"content"`
		}
		Tail string `json:"tail_content"`
	} `json:"msgmenu"`
	News struct {
		Articles []struct{ Title, Description string }
	}
}

func (s *Simulator) apiCustom(c call) (any, *refusal) {
	var in custom
	if no := c.read(&in); no != nil {
		return nil, no
	}
	b, no := in.bubble()
	if no != nil {
		return nil, no
	}
	person, no := s.addressee(c, in.To)
	if no != nil {
		return nil, no
	}
	b.Person, b.Spends = person, true
	no = s.push(b, c, func(ch *chat) *refusal {
		if !ch.following {
			return refuse(codeWindowClosed, "")
		}
		if code := ch.windows.check(s.opt.Now()); code != 0 {
			return refuse(code, "")
		}
		return nil
	})
	if no != nil {
		return nil, no
	}
	return done, nil
}

// bubble is how the message looks, or why the platform does not take it.
func (in custom) bubble() (bubble, *refusal) {
	b := bubble{From: fromPush, Kind: kindText}
	switch in.Type {
	case "text":
		b.Text = in.Text.Content
	case "image":
		b.Kind, b.Picture = kindPicture, pictureOf(in.Image.ID)
		if b.Picture == "" {
			return b, refuse(codeMedia, "")
		}
		return b, nil
	case "voice":
		b.Kind, b.Seconds = kindVoice, secondsOf(in.Voice.ID)
		if b.Seconds == 0 {
			return b, refuse(codeMedia, "")
		}
		return b, nil
	case "msgmenu":
		b.Kind, b.Text = kindChoices, strings.TrimSpace(in.Menu.Head+"\n"+in.Menu.Tail)
		for _, line := range in.Menu.List {
			b.Choices = append(b.Choices, choice{line.ID, line.Content})
		}
	case "news":
		return in.article()
	default:
		return b, refuse(codeMessageType, "")
	}
	switch {
	case b.Text == "":
		return b, refuse(codeEmptyText, "")
	case len(b.Text) > maxText:
		return b, refuse(codeTooLong, "")
	}
	return b, nil
}

// article: a customer message carries one, no more.
func (in custom) article() (bubble, *refusal) {
	if len(in.News.Articles) != 1 {
		return bubble{}, refuse(codeArticles, "")
	}
	a := in.News.Articles[0]
	return bubble{From: fromPush, Kind: kindArticle, Text: a.Title, Card: &card{
		Title: a.Title, Rows: []row{{Value: a.Description}},
	}}, nil
}

// addressee finds whose phone an OpenID is; nobody's is 40003.
func (s *Simulator) addressee(c call, openID string) (string, *refusal) {
	if openID == "" {
		return "", refuse(codeOpenID, "")
	}
	person, known := s.book.ownerOf(openID)
	if known {
		return person, nil
	}
	id, err := s.phone(c.r.Context(), openID)
	if err != nil {
		return "", refuse(codeOpenID, "")
	}
	return id, nil
}

// push puts a bubble that came through the API on a phone, with what else it
// changes, if check, run in the same breath, lets it.
func (s *Simulator) push(b bubble, c call, check func(*chat) *refusal, also ...entry) *refusal {
	var no *refusal
	b = s.dated(b)
	err := s.book.change(func() ([]entry, error) {
		if no = check(s.book.chats[b.Person]); no != nil {
			return nil, nil
		}
		t := &trace{Path: c.r.URL.Path, Inner: pretty(c.body), Answer: `{"errcode":0,"errmsg":"ok"}`}
		return append(also, entry{Bubble: &b, Trace: t}), nil
	})
	if err != nil {
		s.opt.Log.Error("simulator: keep a push", "err", err)
		return refuse(codeBusy, "")
	}
	return no
}

// pretty indents JSON for reading.
func pretty(raw []byte) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if enc.Encode(v) != nil {
		return string(raw)
	}
	return strings.TrimSpace(b.String())
}

func (s *Simulator) apiTyping(c call) (any, *refusal) {
	var in struct {
		To      string `json:"touser"`
		Command string `json:"command"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	person, no := s.addressee(c, in.To)
	if no != nil {
		return nil, no
	}
	code := 0
	if err := s.book.look(person, func(ch *chat) { code = ch.windows.check(s.opt.Now()) }); err != nil || code != 0 {
		return nil, refuse(codeWindowClosed, "")
	}
	s.hub.send("typing", map[string]any{"person": person, "on": in.Command == "Typing"})
	return done, nil
}
