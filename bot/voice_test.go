package bot_test

import (
	"testing"

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
