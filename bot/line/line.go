// Package line is the contract between the conversation and a line of work
// 事项: what a line declares, and what it sees of one message.
package line

import (
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
)

// Answer is what a line says to a message. The zero Answer means that the line
// has nothing to do with it.
type Answer struct {
	Text string
	// Plain answers may be followed by a carried notice. Questions and alerts
	// are never (settled.md 20).
	Plain bool
}

// Handled reports whether the line took the message.
func (a Answer) Handled() bool { return a.Text != "" }

// Say is an answer that ends the matter for now.
func Say(text string) Answer { return Answer{Text: text, Plain: true} }

// Ask is an answer that ends in a question.
func Ask(text string) Answer { return Answer{Text: text} }

// Handler hears one message.
type Handler func(*Turn) (Answer, error)

// Answerer hears the answer to a question that its line asked. The zero Answer
// means that the words do not answer it.
type Answerer func(*Turn, Question) (Answer, error)

// Fresh is a last look at a notice in the transaction that takes it for
// sending. It may fill in words that must be true at that moment. A reason that
// has died is told in why.
type Fresh func(v storage.In, b *book.Book, n *storage.Notice) (why string, err error)

// Settled hears what became of a notice, in the transaction that settles it.
type Settled func(v storage.In, b *book.Book, n storage.Notice) error

// Texted says of a notice to which telephone it goes as an SMS, and with which
// words: no name, no need (settled.md 3). No telephone: none.
type Texted func(v storage.In, b *book.Book, n storage.Notice) (phone, words string, err error)

// Late is the kind of notice that brings a reply which was ready only after the
// platform had been answered.
const Late = "late"

// Played is the kind of notice that brings a voice or a picture to whoever asked
// for it; its subject is "slip:ID".
const Played = "played"

// Attached gives the voice or picture that goes with a notice, nil for none.
type Attached func(v storage.In, b *book.Book, n storage.Notice) (*talk.Media, error)

// Line 事项 is a line of work: its words, its questions, its notices and its
// reminders.
type Line struct {
	Name string
	// First hears sentences of a fixed form that the general reading would take
	// for something else: 是13, 转群13, 我去县里两天，找向会计. It looks into no record
	// before the form fits.
	First Handler
	// Intents are the kinds of sentence that the line hears.
	Intents map[read.Intent]Handler
	// Words are the single words and menu keys that it answers.
	Words map[string]Handler
	// Looks are words whose answer changes nothing; they need no transaction.
	Looks map[string]Handler
	// Digits hears digits after the line has offered them.
	Digits Handler
	// Numbered hears words about the digits that the line offered last: 1通了.
	Numbered Handler
	// Questions are those it asks; the open one gets the first look at a message.
	Questions map[string]Answerer
	// Waiting looks in the records for a yes-no question that was put to this
	// person by a notice, and hears the answer.
	Waiting Handler
	// Else hears what no line understood, before the person is asked.
	Else Handler
	// Undo takes back the speaker's own last entry of this line, if it is newer
	// than the given instant; it returns when the entry was made, or 0.
	Undo func(t *Turn, since storage.Moment) (Answer, storage.Moment, error)
	// Last tells when the speaker's last entry of this line was made, so that
	// 撤销 and a correction reach the newest of all lines.
	Last func(t *Turn, since storage.Moment) (storage.Moment, error)
	// Correct hears a correction of the speaker's last entry.
	Correct Handler
	// Hears are the facts of other lines that this line acts on.
	Hears map[string]func(*Turn, Fact) error
	// Agenda is what waits for the secretary-general to decide.
	Agenda func(v storage.In, b *book.Book) ([]Point, error)
	// Act hears what she says of one point of the agenda.
	Act func(t *Turn, ref int64) (Answer, error)
	// Notices tells of each kind of notice whether its reason still lives.
	Notices map[string]Fresh
	// Settles hears what became of a notice of a kind.
	Settles map[string]Settled
	// Texted are the kinds of notice that may go to a telephone as an SMS.
	Texted map[string]Texted
	// Attaches are the kinds of notice with which a voice or a picture goes.
	Attaches map[string]Attached
	// Holds keeps an unasked notice waiting until a time; the zero time does not.
	Holds func(v storage.In, b *book.Book, n storage.Notice) (time.Time, error)
	// Rules are the line's reminders.
	Rules []Rule
	// Dues are what the clock has to look at by the minute.
	Dues []Due
	// Late counts, in all villages, what the clock should have looked at before
	// an instant and has not.
	Late func(tx *storage.Tx, before storage.Moment) (int64, error)
}

// Point is one thing that waits for the secretary-general.
type Point struct {
	Ref   int64
	Words string // short: 修门 满爷爷 等木工 12天
	// Weight orders the brief: what is danger before what is urgent before the rest.
	Weight int
	Since  storage.Moment
	// Told points have been pushed to her when they came up: they stand in the
	// brief, and are no reason for a second one.
	Told bool
	// Waits points can wait for the next morning: a second brief is not sent for
	// them.
	Waits bool
}

// FreshOf gathers, over all lines, who takes the last look at which kind of
// notice.
func FreshOf(lines []Line) map[string]Fresh {
	all := map[string]Fresh{}
	for _, l := range lines {
		for kind, f := range l.Notices {
			all[kind] = f
		}
	}
	return all
}
