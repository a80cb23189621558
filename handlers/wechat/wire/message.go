package wire

import (
	"strconv"
	"strings"
	"time"
)

// Field is one element of a message: its name and its text.
type Field struct{ Name, Text string }

// Message writes a message from a person to this account: the three fields
// that every one has and then those given, as the platform writes them.
func (w Wire) Message(openID string, at time.Time, fields ...Field) []byte {
	var b strings.Builder
	b.WriteString("<xml>")
	write(&b, Field{"ToUserName", w.AccountID})
	write(&b, Field{"FromUserName", openID})
	b.WriteString("<CreateTime>" + strconv.FormatInt(at.Unix(), 10) + "</CreateTime>")
	for _, f := range fields {
		write(&b, f)
	}
	b.WriteString("</xml>")
	return []byte(b.String())
}

// Text is a typed line. The same msgID twice is the same message delivered
// again.
func (w Wire) Text(openID, content string, msgID int64, at time.Time) []byte {
	return w.Message(openID, at, Field{"MsgType", "text"}, Field{"Content", content},
		Field{"MsgId", strconv.FormatInt(msgID, 10)})
}

// Event is something a person did other than writing; key may be empty.
func (w Wire) Event(openID, event, key string, at time.Time) []byte {
	return w.Message(openID, at, Field{"MsgType", "event"}, Field{"Event", event}, Field{"EventKey", key})
}

func write(b *strings.Builder, f Field) {
	b.WriteString("<" + f.Name + ">")
	b.WriteString(cdata(f.Text))
	b.WriteString("</" + f.Name + ">")
}

// cdata quotes text; the end mark inside it is split over two sections, which
// is the only way to carry it.
func cdata(s string) string {
	return "<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>"
}
