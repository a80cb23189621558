package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"mishu/handlers/wechat/wire"
	"mishu/storage"
)

// message is one message of the platform's, ready to be written to a
// connection, and what the reply to it must say.
type message struct {
	request []byte
	text    string
	wants   []string
	wire    wire.Wire
}

// check decrypts a reply and looks for the words.
func (m message) check(body []byte) error {
	raw, err := m.wire.OpenReply(body)
	if err != nil {
		return err
	}
	var reply struct{ Content string }
	if err := xml.Unmarshal(raw, &reply); err != nil {
		return fmt.Errorf("read reply: %w", err)
	}
	for _, want := range m.wants {
		if !strings.Contains(reply.Content, want) {
			return fmt.Errorf("to %q a reply without %q: %s", m.text, want, reply.Content)
		}
	}
	return nil
}

// said is one line that somebody types; wants is what the reply must say.
type said struct {
	person int
	text   string
	wants  []string
}

// sayer gives the n-th line of a kind.
type sayer func(n int) said

// sayHelp: 帮助, from everybody in turn. No record is looked at for it.
func sayHelp(n int) said {
	return said{n % people, "帮助", []string{"有事直接讲", "回数字"}}
}

// sayQuestion: how a request stands, from everybody in turn. It needs one
// indexed read; nearly everybody then hears that he has no such request.
func sayQuestion(n int) said {
	number := fmt.Sprintf("%d号", firstNumber+n%openRequests)
	return said{n % people, "我的事" + number + "怎么样了", []string{number}}
}

// reportDays are how many days back a volunteer may report, and stays allowed
// when the run goes over midnight.
const reportDays = 29

// mostReports is how many visits can be reported of which none is the second
// of an elder and day: that one would owe no notice.
const mostReports = elders * reportDays

// sayVisits: one line about one elder, each time another elder and day, from
// the helpers in turn. The days go forward, as visits come in.
func sayVisits(today time.Time) sayer {
	first := today.In(storage.Shanghai).AddDate(0, 0, 1-reportDays)
	return func(n int) said {
		elder, day := name(helpers+n%elders), first.AddDate(0, 0, n/elders%reportDays)
		return said{n % helpers, fmt.Sprintf("%d月%d日看了%s 40分钟", day.Month(), day.Day(), elder), []string{"看了" + elder, "40分钟"}}
	}
}

// echoed is what the floor must answer to the same line.
func echoed(of sayer) sayer {
	return func(n int) said {
		s := of(n)
		s.wants = []string{s.text}
		return s
	}
}

// pen writes messages; no two have one id.
type pen struct {
	wire wire.Wire
	last int64
}

// write seals the lines from n to n+count for address.
func (p *pen) write(address string, of sayer, n, count int) ([]message, error) {
	list := make([]message, count)
	for i := range list {
		s := of(n + i)
		p.last++
		now := time.Now()
		raw, err := p.request(address, p.wire.Text(openID(s.person), s.text, p.last, now), now)
		if err != nil {
			return nil, err
		}
		list[i] = message{raw, s.text, s.wants, p.wire}
	}
	return list, nil
}

// request is the POST as the platform's servers send it.
func (p *pen) request(address string, text []byte, now time.Time) ([]byte, error) {
	req, err := p.wire.Request("http://"+address+"/wechat", text, now)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "Mozilla/4.0")
	req.Header.Set("Accept", "*/*")
	req.Header.Set("Pragma", "no-cache")
	var b bytes.Buffer
	if err := req.Write(&b); err != nil {
		return nil, fmt.Errorf("write request: %w", err)
	}
	return b.Bytes(), nil
}
