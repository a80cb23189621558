package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"mishu/bot"
	"mishu/bot/tags"
	"mishu/bot/talk"
)

// everyRole is somebody of each role, somebody of none, and somebody unknown.
var everyRole = []string{"舒忠良", "刘海波", "舒红梅", "舒立新", "刘承志", "向春兰", "张远志", "陌生人"}

func menuKeys(buttons []bot.Button) []string {
	var keys []string
	for _, b := range buttons {
		if b.Key != "" {
			keys = append(keys, b.Key)
		}
		keys = append(keys, menuKeys(b.Sub)...)
	}
	return keys
}

// allKeys are the keys of every role's menu, each once.
func allKeys() []string {
	var keys []string
	for _, m := range bot.Menus("https://mishu.example.com/wechat/notices") {
		keys = append(keys, menuKeys(m.Buttons)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Every entry of every menu answers everybody, tapped or typed: phones go on
// showing the menu of before for a while.
func TestEveryMenuEntryAnswersEverybody(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	for _, key := range allKeys() {
		for _, who := range everyRole {
			for _, m := range []talk.Message{s.letter(who, key), s.event(who, talk.Click, key)} {
				s.at = fmt.Sprintf("%s: %s (%s)", who, key, m.Kind)
				s.last = m
				s.hear()
				if s.reply == "" {
					t.Errorf("%s: no answer", s.at)
				}
			}
			s.say(who, "取消")
		}
	}
}

func (s *stage) event(who, event, key string) talk.Message {
	m := s.letter(who, "")
	m.Kind, m.Event, m.EventKey = talk.Event, event, key
	return m
}

// What the platform calls a menu is three entries with at most five below each,
// and its names fit. An entry says a word or opens the one page, never both.
func TestMenusFitThePlatform(t *testing.T) {
	t.Parallel()
	const page = "https://mishu.example.com/wechat/notices"
	leads := map[string]bool{}
	for _, m := range bot.Menus(page) {
		if len(m.Buttons) < 1 || len(m.Buttons) > 3 {
			t.Errorf("%q: %d entries", m.Tag, len(m.Buttons))
		}
		for _, b := range m.Buttons {
			if utf8.RuneCountInString(b.Name) > 4 || len(b.Sub) > 5 || (len(b.Sub) == 0) != (b.Key != "") {
				t.Errorf("%q: entry %+v", m.Tag, b)
			}
			for _, sub := range b.Sub {
				if utf8.RuneCountInString(sub.Name) > 8 || (sub.Key == "") != (sub.URL == page) || sub.URL != "" && sub.Type != "view" {
					t.Errorf("%q: entry %+v", m.Tag, sub)
				}
				leads[m.Tag] = leads[m.Tag] || sub.URL != ""
			}
		}
	}
	if leads[""] || !leads[tags.Helper] || !leads[tags.Office] {
		t.Errorf("who is led to the page: %v", leads)
	}
	for _, m := range bot.Menus("") {
		if strings.Contains(fmt.Sprint(m), "view") {
			t.Errorf("%q: a page that is not there: %+v", m.Tag, m)
		}
	}
}

// lines are what people type: sense, half-sense, none, and what breaks readers.
var lines = []string{
	"你好", "帮助", "求助", "明天要人煮饭", "看了桂花婶 40分钟", "满爷爷没见到", "都看了", "都看了，除了3号", "接10", "不10", "做完了", "做完了 40分钟", "好", "收到",
	"👌", "嗯", "对", "不对", "不是", "取消", "撤销", "人工", "继续", "1", "2", "9", "1 3 4看了 2没人", "没见到", "还没看", "名单", "我的事", "没人接的", "看", "认识",
	"不认识", "派10给红梅", "1红梅 2晚点", "我是3组舒德贵", "呜哩哇啦", "？？", "。", " ", "", "2026-13-45", "99999999999999999999", "明天", "随便", fell, "心里难受不想活了",
	"我娘呢", "王桂香住哪里", "\x00\u202e", strings.Repeat("看了", 400), "算了不要了", "没事", "我去", "打了", "通了", "没人接", "转群10", "满妹走了", "迎检 2026上半年", "骗子",
}

var kinds = []talk.Kind{talk.Text, talk.Text, talk.Text, talk.Text, talk.Voice, talk.Image, talk.Video, talk.Location, talk.Link, talk.Event, talk.Unknown, "file"}

// anything draws what a person can do in the chat.
func (s *stage) anything(r *rapid.T) (string, talk.Message) {
	who := rapid.SampledFrom(everyRole).Draw(r, "who")
	m := s.letter(who, "")
	m.Kind = rapid.SampledFrom(kinds).Draw(r, "kind")
	switch m.Kind {
	case talk.Text:
		m.Text = rapid.OneOf(rapid.SampledFrom(lines), rapid.StringN(0, 40, 200)).Draw(r, "text")
	case talk.Voice, talk.Image, talk.Video:
		m.MediaID = "media"
	case talk.Location:
		m.Label = rapid.SampledFrom([]string{"", "溪江县竹溪口镇"}).Draw(r, "label")
	case talk.Event:
		m.Event = rapid.SampledFrom([]string{talk.Subscribe, talk.Unsubscribe, talk.Unsubscribe, talk.Scan, talk.Click, "VIEW", "LOCATION"}).Draw(r, "event")
		m.EventKey = rapid.SampledFrom(append(allKeys(), "", "village:1", "nonsense")).Draw(r, "key")
	}
	return who, m
}

// Whatever anybody does gets one reply at most and never an error or a panic;
// silence is only what waits for the next bubble, and that is answered by a
// push. Delivered again it gets the same words.
func TestInvariant10AnythingByAnybody(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	rapid.Check(t, func(r *rapid.T) {
		who, m := s.anything(r)
		s.at = fmt.Sprintf("%s %+v", who, m)
		s.last, s.pushed = m, nil
		s.hear()
		first := s.reply
		s.hear()
		if s.reply != first {
			r.Fatalf("told %q, and when delivered again %q", first, s.reply)
		}
		if first != "" || mayBeSilent(m) {
			return
		}
		s.clock.add(21 * time.Second)
		s.tick()
		if m.Kind != talk.Text || !s.told(who) {
			r.Fatalf("%s was left without an answer", s.at)
		}
	})
}

// TestUnknownButton: whoever presses a button that a menu of another day had is answered at
// once; only what was typed waits for more.
func TestUnknownButton(t *testing.T) {
	t.Parallel()
	for _, who := range everyRole {
		for _, key := range []string{"village:1", "nonsense"} {
			s := newStage(t, stores[0])
			m := s.letter(who, "")
			m.Kind, m.Event, m.EventKey = talk.Event, talk.Click, key
			s.last, s.pushed = m, nil
			if s.hear(); s.reply == "" {
				t.Errorf("%s pressed %s and was left without an answer", who, key)
			}
		}
	}
}

// mayBeSilent are the messages to which the platform takes no reply, or which
// say nothing.
func mayBeSilent(m talk.Message) bool {
	if m.Kind == talk.Event {
		return m.Event != talk.Subscribe && (m.Event != talk.Click || m.EventKey == "")
	}
	return m.Kind == talk.Text && strings.TrimSpace(m.Text) == ""
}

func (s *stage) told(name string) bool {
	id := s.person(name)
	for _, p := range s.pushed {
		if p.person == id {
			return true
		}
	}
	return false
}

// Whoever leaves twice, comes back and writes is who he was.
func TestUnfollowTwiceAndBack(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	for range 2 {
		s.last = s.event("舒红梅", talk.Unsubscribe, "")
		s.hear()
		if s.reply != "" {
			t.Errorf("who has left cannot be answered: %q", s.reply)
		}
	}
	s.last = s.event("舒红梅", talk.Subscribe, "")
	s.hear()
	if !strings.Contains(s.reply, "舒红梅") {
		t.Errorf("back again: %q", s.reply)
	}
	s.say("舒红梅", "看了2组王桂香 20分钟")
	if !strings.HasPrefix(s.reply, "记：看了") {
		t.Errorf("and at work: %q", s.reply)
	}
}

// A secretary-general who leaves is told to the chair at once, and once.
func TestOfficeHolderWhoLeaves(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	for range 2 {
		s.last = s.event("向春兰", talk.Unsubscribe, "")
		s.hear()
		s.tick()
	}
	if len(s.pushed) != 1 || !s.heard("张远志", "向") {
		t.Errorf("pushes: %s", s.pushes())
	}
	s.must(s.timer.Tick(context.Background()))
}
