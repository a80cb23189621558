package simulator

import (
	"encoding/xml"
	"errors"
	"fmt"
)

// passive is a passive reply, as far as the page draws it.
type passive struct {
	ToUserName   string
	FromUserName string
	MsgType      string
	Content      string
	Image        struct{ MediaId string }
	Voice        struct{ MediaId string }
	Articles     struct {
		Item []struct{ Title, Description string } `xml:"item"`
	}
}

// readReply turns an answer into bubbles. An answer that the platform could
// not pass on is an error: the person then sees the fault line.
func readReply(d delivery, openID string) ([]bubble, error) {
	if d.fault || d.reply == nil {
		return nil, nil
	}
	var p passive
	if err := xml.Unmarshal(d.reply, &p); err != nil {
		return nil, fmt.Errorf("read the reply: %w", err)
	}
	if p.ToUserName != openID {
		return nil, errors.New("the reply is addressed to somebody else")
	}
	b := bubble{From: fromAccount, Kind: kindText}
	switch p.MsgType {
	case "text":
		b.Text = p.Content
	case "image":
		b.Kind, b.Picture = kindPicture, pictureOf(p.Image.MediaId)
	case "voice":
		b.Text = "［语音］"
	case "news":
		return articles(p), nil
	case "transfer_customer_service":
		return nil, nil
	default:
		return nil, fmt.Errorf("a reply of type %q", p.MsgType)
	}
	if b.Text == "" && b.Picture == "" {
		return nil, errors.New("the reply is empty")
	}
	return []bubble{b}, nil
}

func articles(p passive) []bubble {
	var out []bubble
	for _, a := range p.Articles.Item {
		out = append(out, bubble{From: fromAccount, Kind: kindArticle, Text: a.Title, Card: &card{
			Title: a.Title, Rows: []row{{Value: a.Description}},
		}})
	}
	return out
}

// pictureOf names the sample that a MediaId stands for; a picture that the
// account uploaded itself is not kept here.
func pictureOf(id string) string {
	if m, ok := readMedium(id); ok && m.kind == "p" {
		return m.what
	}
	return ""
}
