package bot

import (
	"context"
	"strings"
	"time"

	"mishu/bot/alert"
	"mishu/bot/door"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/bot/talk"
	"mishu/bot/who"
	"mishu/storage"
	"mishu/storage/session"
)

// follow hears that somebody follows the account, or does not any more. Either
// may be told several times without harm.
func (b *Bot) follow(ctx context.Context, s *scene) (string, error) {
	sender := whoSent(s.msg)
	if err := b.sessions.Touch(ctx, sender); err != nil {
		b.metrics.away("sessions")
	}
	if s.msg.Event == talk.Unsubscribe {
		if err := b.sessions.Shut(ctx, sender); err != nil {
			b.metrics.away("sessions")
		}
	}
	var text string
	state := *s.state
	err := b.store.Update(ctx, func(tx *storage.Tx) error {
		if err := who.Follow(tx, s.msg); err != nil {
			return err
		}
		if s.msg.Event == talk.Unsubscribe {
			text = ""
			return b.told(tx, s, text)
		}
		if s.village == 0 {
			text = nowhereText
			return nil
		}
		t, err := b.open(s, tx)
		if err != nil {
			return err
		}
		a, err := welcome(t)
		if err != nil {
			return err
		}
		text, state = a.Text, *t.State
		return b.told(tx, s, text)
	})
	if err == nil {
		*s.state = state
	}
	if storage.IsDuplicate(err) {
		text, err = b.heardBefore(ctx, s, err)
	}
	return text, b.settle(ctx, []session.Who{sender}, err)
}

// told remembers the reply if the event changed anything.
func (b *Bot) told(tx *storage.Tx, s *scene, text string) error {
	if !tx.Wrote() {
		return nil
	}
	return tx.AddHeard(s.msg.Account, s.msg.Key, text)
}

func welcome(t *line.Turn) (line.Answer, error) {
	if a, err := door.Scan(t); err != nil || a.Handled() {
		return a, err
	}
	if t.Me != 0 {
		return line.Say(greeting(t.Book, t.Me, t.Now())), nil
	}
	return who.Stranger(t)
}

// nowhereText is said where the account serves several villages and nothing
// tells which is meant, or where there is none yet.
const nowhereText = "您好。您是哪个镇哪个村的？讲“青坪镇青坪村3组李小军”这样，我转给村里的人。急病先打120。"

// nowhere answers somebody whose village is not known: by its name in the
// words, else by asking.
func (b *Bot) nowhere(ctx context.Context, s *scene) (string, error) {
	named, err := b.villageIn(ctx, s.msg.Text)
	if err != nil {
		return "", err
	}
	village := named.ID
	if village == 0 && s.reading.Danger.Level == read.Strong {
		s.state.Alarm = &line.Fragment{Key: s.msg.Key, Text: say.Clip(s.msg.Text, alarmBound), At: b.now().UnixMilli()}
		text := alert.Fixed(s.reading.Danger, nil, b.now(), 0) + "您是哪个镇哪个村的？"
		return text, b.toCounty(ctx, s, text)
	}
	if village == 0 && s.reading.Danger.Level == read.Ask {
		a, err := alert.Doubt(&line.Turn{Read: s.reading, State: s.state})
		s.state.Alarm = &line.Fragment{Key: s.msg.Key, Text: say.Clip(s.msg.Text, alarmBound), At: b.now().UnixMilli()}
		return a.Text, err
	}
	if village == 0 {
		return nowhereText, nil
	}
	if s.book, err = b.books.Read(ctx, village); err != nil {
		return "", err
	}
	if a := s.state.Alarm; a != nil {
		if s.state.Alarm = nil; b.now().Sub(time.UnixMilli(a.At)) < alarmFor {
			if err := b.toCounty(ctx, s, ""); err != nil { // the county hears where it is
				return "", err
			}
			s.msg.Text = a.Text + "，" + s.msg.Text // and the village what
		}
	}
	s.village, s.state.Village = village, village
	if rest := strings.Trim(strings.NewReplacer(named.County, "", named.Township, "", named.Name, "").Replace(s.msg.Text), " ，,的"); rest != "" {
		s.msg.Text = rest // 青坪村3组李小军: the village is known now, the rest says who
	}
	if s.state.Open == nil {
		who.Asks(s.state)
	}
	s.reading = b.understand(s)
	text, err := b.inRecords(ctx, s)
	return text, err
}

const (
	// alarmBound is how much of danger is kept until its village is known, in
	// characters.
	alarmBound = 200
	// alarmFor is how long the name of a village belongs to the danger before it.
	alarmFor = time.Hour
)

// toCounty tells whoever has the county's duty of danger in a village that nobody
// knows yet (settled.md 4). The text goes out whether or not this can be stored.
func (b *Bot) toCounty(ctx context.Context, s *scene, text string) error {
	err := b.store.Update(ctx, func(tx *storage.Tx) error {
		villages, err := tx.Villages(0, villageBound)
		if err != nil {
			return err
		}
		t := &line.Turn{Msg: s.msg, Read: s.reading, State: &line.State{}}
		for _, office := range villages {
			if !office.Office() {
				continue
			}
			t.In = tx.In(office.ID)
			if t.Book, err = b.books.Book(t.In); err != nil {
				return err
			}
			if err := alert.Placeless(t); err != nil {
				return err
			}
		}
		if text == "" { // the reply is the village's to remember
			return tx.AddHeard(s.msg.Account, "county."+s.msg.Key, "")
		}
		return b.told(tx, s, text)
	})
	if storage.IsDuplicate(err) {
		return nil // told by an earlier delivery
	}
	if err != nil {
		b.log.Error("the county was not told", "who", b.hash(s.msg.OpenID), "err", err)
	}
	return nil
}

// villageBound is how many villages are looked through by name.
const villageBound = 1000

// villageIn finds the one village that is named in the words; the zero Village if
// none is.
func (b *Bot) villageIn(ctx context.Context, text string) (storage.Village, error) {
	var found storage.Village
	err := b.store.View(ctx, func(tx *storage.Tx) error {
		villages, err := tx.Villages(0, villageBound)
		if err != nil {
			return err
		}
		for _, v := range villages {
			if v.Office() || !strings.Contains(text, v.Name) {
				continue
			}
			if found.ID != 0 && !strings.Contains(text, v.Township) {
				continue
			}
			found = v
		}
		return nil
	})
	return found, err
}
