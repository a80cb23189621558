package alert

import (
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

// sms is what the notice of a kind to a person is as an SMS.
func (c *village) sms(kind, name string) (phone, words string) {
	c.t.Helper()
	c.in(func(v storage.In, b *book.Book) error {
		notices, err := v.NoticesAbout(kind, subject(1))
		for _, n := range notices {
			if n.Person == c.person[name] {
				phone, words, err = Line().Texted[kind](v, b, n)
			}
		}
		return err
	})
	return phone, words
}

// An SMS carries no name and no need, and a telephone that is not the reader's
// own.
func TestSMSOfAnAlert(t *testing.T) {
	t.Parallel()
	c := newVillage(t)
	c.raises("夏桂花")
	for _, name := range []string{"向丽", "刘志明", "舒大全"} {
		phone, words := c.sms(noteAlert, name)
		if !strings.HasPrefix(phone, "1990000") || words != "村里有急事，快看微信里村里的号，或者打"+dutyPhone+"。" {
			t.Errorf("%s at %s: %s", name, phone, words)
		}
	}
	if phone, words := c.sms(noteDuty, ""); phone != dutyPhone || strings.Contains(words, dutyPhone) || len([]rune(words)) > 70 {
		t.Errorf("duty at %s: %s", phone, words)
	}
	c.now = c.now.Add(12 * time.Hour) // nobody mans the duty telephone at ten in the evening
	if phone, _ := c.sms(noteDuty, ""); phone != "" {
		t.Errorf("at night the duty telephone %s is sent an SMS", phone)
	}
}

// What is sealed is for nobody's duty, and its SMS names no telephone.
func TestSealedSMS(t *testing.T) {
	t.Parallel()
	c := newVillage(t)
	c.says("夏桂花", "她屋里天天打崽", danger(read.Strong, read.Child, "打崽"), Raise)
	if got := c.told(noteDuty, ""); got != "" {
		t.Errorf("told %s", got)
	}
	if _, words := c.sms(noteAlert, "石桂兰"); words != lookWords+"。" {
		t.Error(words)
	}
}

// Whom no channel reached has to be rung: the office holder who was told gets
// the telephone, and so does the next ring.
func TestUnreachedAreToBeRung(t *testing.T) {
	t.Parallel()
	c := newVillage(t)
	c.raises("夏桂花")
	c.in(func(v storage.In, b *book.Book) error {
		notices, err := v.NoticesAbout(noteAlert, subject(1))
		if err != nil {
			return err
		}
		for _, n := range notices {
			if n.Person != c.person["刘志明"] {
				continue
			}
			n, _, err = v.ClaimNotice(n.ID, storage.NoticeDue, "t", 1)
			if err != nil {
				return err
			}
			n.State = storage.NoticeCarry
			if _, err := v.SettleNotice(n); err != nil {
				return err
			}
			return settledAlert(v, b, n)
		}
		return nil
	})
	want := "发不到刘志明，请打19900001001。"
	if got := c.words(noteCall, "向丽"); got != want {
		t.Errorf("the secretary is told %q, want %q", got, want)
	}
	c.now = c.now.Add(6 * time.Minute)
	c.in(func(v storage.In, b *book.Book) error { return escalate(v, b, 1) })
	if got := c.words(noteAlert, "石建平"); !strings.Contains(got, want) {
		t.Errorf("the next ring is told %q", got)
	}
}

func TestDutySMSNotTaken(t *testing.T) {
	t.Parallel()
	for channel, want := range map[string]string{"sms": "短信发不到值班电话，请打" + dutyPhone + "。", "": ""} {
		c := newVillage(t)
		c.raises("夏桂花")
		c.in(func(v storage.In, b *book.Book) error {
			return settledDuty(v, b, storage.Notice{Subject: subject(1), State: storage.NoticeRefused, Channel: channel})
		})
		if got := c.words(noteCall, "向丽"); got != want {
			t.Errorf("by %q: the secretary is told %q, want %q", channel, got, want)
		}
	}
}

// words are those of the notice of a kind to a person.
func (c *village) words(kind, name string) (words string) {
	c.t.Helper()
	c.in(func(v storage.In, _ *book.Book) error {
		notices, err := v.NoticesAbout(kind, subject(1))
		for _, n := range notices {
			if n.Person == c.person[name] {
				words = n.Words
			}
		}
		return err
	})
	return words
}
