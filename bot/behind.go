package bot

import (
	"fmt"
	"time"

	"mishu/bot/read"
)

// behindFor is how long a sentence without a name may be about the people behind
// the door whose code was scanned.
const behindFor = 3 * time.Hour

// dangerBehindFor is the same for danger: whoever stands at the door has just
// scanned it, and a wrong door would cost more than none.
const dangerBehindFor = 15 * time.Minute

// atDoor reads a sentence that names nobody as one about the elder behind the
// door whose code its speaker scanned: a report by who visits, a request by who
// was asked what is needed. With two elders there nothing is guessed.
func (b *Bot) atDoor(s *scene, text string, alone read.Reading) read.Reading {
	d := s.state.Door
	if d == nil || s.book == nil || s.me == 0 || len(d.People) != 1 || len(alone.Mentions) > 0 {
		return alone
	}
	age := b.village().UnixMilli() - d.At
	if age < 0 || age > behindFor.Milliseconds() {
		return alone
	}
	p := s.book.Person(d.People[0])
	whose := fmt.Sprintf("%d组%s", p.Group, p.Name)
	switch reports := alone.Intent == read.ReportVisit || alone.Word == "看了" || alone.Word == "没见到"; {
	case d.Help && alone.Danger.Level != read.Strong && (alone.Intent == read.RequestHelp || len(alone.Services) > 0 || alone.Urgent):
		s.state.Door = nil
		return b.read(s, "帮"+whose+"，"+text)
	case alone.Danger.Level == read.Strong:
		if age > dangerBehindFor.Milliseconds() {
			return alone
		}
		return b.read(s, whose+"，"+text)
	case !d.Help && reports:
		return b.read(s, whose+"，"+text)
	}
	return alone
}
