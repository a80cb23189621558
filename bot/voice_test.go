package bot_test

import (
	"strings"
	"testing"
	"time"

	"mishu/bot/talk"
)

// Whoever is asked to listen gets the voice itself behind the words; whom it
// did not reach gets it with his 看.
func TestVoiceReachesAnEar(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.say("刘满生", "[voice]")
	if len(s.media) != 1 || s.media[0].Kind != talk.Voice || s.media[0].ID == "" || s.media[0].Account != account {
		t.Fatalf("with the pushes came %+v", s.media)
	}
	s.mute[s.person("向春兰")] = true
	s.say("舒忠良", "[voice]")
	s.mute[s.person("向春兰")] = false
	s.media = nil
	s.say("向春兰", "看")
	if len(s.media) != 1 || s.media[0].Kind != talk.Voice {
		t.Errorf("with her 看 came %+v\n%s", s.media, s.reply)
	}
}

// 语音1 alone plays the voice once more, to nobody but those who are asked to
// listen; one that ran out is told with a telephone number in its place.
func TestVoiceIsPlayedAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.say("2组王桂香", "[voice]")
	s.media = nil
	s.say("向春兰", "语音1")
	if len(s.media) != 1 || s.media[0].Kind != talk.Voice || !strings.Contains(s.reply, "再放一遍") || !strings.Contains(s.reply, "语音1 没事") {
		t.Errorf("%+v\n%s", s.media, s.reply)
	}
	s.media = nil
	s.say("舒忠良", "语音1")
	if len(s.media) != 0 || !strings.Contains(s.reply, "没有语音1") {
		t.Errorf("a neighbour: %+v\n%s", s.media, s.reply)
	}
	s.clock.add(4 * 24 * time.Hour)
	s.say("向春兰", "语音1")
	if len(s.media) != 0 || !strings.Contains(s.reply, "放不出来了。打19900001234") {
		t.Errorf("after the platform's three days: %+v\n%s", s.media, s.reply)
	}
}

// What the platform has recognised is heard as if it had been typed, danger too;
// nobody has to listen.
func TestRecognisedVoiceIsHeard(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	for words, want := range map[string]string{"屋里电灯坏了，今天要人来修": "记下了", "我屋里老倌喊不应了": "120"} {
		m := s.letter("刘满生", words)
		m.Kind, m.MediaID = talk.Voice, "media-1"
		s.at, s.last = words, m
		s.hear()
		if !strings.Contains(s.reply, want) || strings.Contains(s.reply, "听不清") {
			t.Errorf("%s: %s", words, s.reply)
		}
		s.say("刘满生", "取消")
	}
	if len(s.media) != 0 {
		t.Errorf("somebody is asked to listen: %+v", s.media)
	}
}
