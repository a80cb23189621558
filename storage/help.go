package storage

import "cmp"

// The states of a Help. Nothing reaches Done, Closed, Cancelled or Failed
// without a person's words.
const (
	Unclear   = "unclear"   // 待问清: committed, something is still to be asked
	Open      = "open"      // 在问人
	Held      = "held"      // somebody would, on a condition that the elder is asked about
	Taken     = "taken"     // 已接
	Done      = "done"      // 办了待回访
	Closed    = "closed"    // 办好
	Cancelled = "cancelled" // 撤回
	Failed    = "failed"    // 没办成
	Shelved   = "shelved"   // 收起: he died or is away; back as it was if that was a mistake
)

// Help 求助 is a request for help, open until a person closes it.
type Help struct {
	ID         int64  `db:"id"`
	Village    int64  `db:"village"`
	Number     int    `db:"number"`
	HeldNumber *int   `db:"held_number"` // Number as long as nobody else may have it
	Elder      int64  `db:"elder"`       // for whom; 0: somebody who is not on the roster yet
	Asker      int64  `db:"asker"`       // by whom
	Account    string `db:"account"`     // where the asker is answered
	OpenID     string `db:"openid"`
	Service    string `db:"service"`
	Detail     string `db:"detail" clip:"400"` // the asker's words
	Wishes     string `db:"wishes" clip:"100"` // without names: shown before a claim
	Urgent     bool   `db:"urgent"`            // 加急
	WishAt     Moment `db:"wish_at"`
	WishGrain  string `db:"wish_grain"`
	State      string `db:"state"`
	Holder     int64  `db:"holder"`
	Terms      string `db:"terms" clip:"200"` // the holder's condition
	HeldUntil  Moment `db:"held_until"`
	Reserve    int64  `db:"reserve"`
	Step       int    `db:"step"` // of the ladder, 0 before it starts
	Round      int    `db:"round"`
	NextAt     Moment `db:"next_at"` // when the clock has to look at it again
	Minutes    int    `db:"minutes"`
	Result     string `db:"result" clip:"400"`
	Judged     string `db:"judged"`     // the asker's 好 一般 不好
	AskedBack  Moment `db:"asked_back"` // when the asker was asked whether it was good
	DoneAt     Moment `db:"done_at"`
	ClosedAt   Moment `db:"closed_at"`
	ClosedBy   int64  `db:"closed_by"`
	SourceKey  string `db:"source_key"`
	Ordinal    int    `db:"ordinal"`
	CreatedAt  Moment `db:"created_at"`
}

func (Help) table() string { return "help" }

// Running reports whether nobody has closed or withdrawn it, nor said that it is done.
func (h Help) Running() bool {
	return h.State == Unclear || h.State == Open || h.State == Held || h.State == Taken
}

// AddHelp creates a request under the next free number, now or when CreatedAt
// says. Asked for another, it keeps on whose behalf and why that is allowed.
func (v In) AddHelp(h *Help, why Basis) error {
	if err := why.covers(v, h.Elder, NeedRequest, "request"); err != nil {
		return err
	}
	n, err := v.freeNumber()
	if err != nil {
		return err
	}
	h.Village, h.Number, h.HeldNumber = v.ID, n, &n
	h.CreatedAt = cmp.Or(h.CreatedAt, At(v.tx.now))
	if err := insert(v.tx, h); err != nil || h.Asker == h.Elder {
		return err
	}
	return insert(v.tx, &Behalf{Village: v.ID, Help: h.ID, Speaker: h.Asker, Elder: h.Elder, Tie: why.tie, Basis: why.why})
}

// firstNumber of the requests: single digits belong to lists and choices
// (settled.md 16).
const firstNumber = 10

// freeNumber is the lowest number from 10 that no request holds: 10-99, then
// 100 and up.
func (v In) freeNumber() (int, error) {
	if err := v.tx.change("UPDATE village SET numbering = numbering + 1 WHERE id = ?", v.ID); err != nil {
		return 0, err
	}
	rows, err := list[heldNumber](v.tx, "WHERE village = ? AND held_number IS NOT NULL ORDER BY held_number", v.ID)
	if err != nil {
		return 0, err
	}
	n := firstNumber
	for _, r := range rows {
		if r.Number > n {
			break
		}
		n = r.Number + 1
	}
	return n, nil
}

type heldNumber struct {
	Number int `db:"held_number"`
}

func (heldNumber) table() string { return "help" }

// FreeNumbers gives back the numbers of what was closed before an instant.
func (v In) FreeNumbers(closedBefore Moment) error {
	return v.tx.change(`UPDATE help SET held_number = NULL
		WHERE village = ? AND held_number IS NOT NULL AND closed_at > 0 AND closed_at < ?`, v.ID, closedBefore)
}

// LockHelp locks and reads a request; false if the village has none of that id.
func (v In) LockHelp(id int64) (Help, bool, error) {
	n, err := v.tx.exec("UPDATE help SET village = village WHERE village = ? AND id = ?", v.ID, id)
	if err != nil || n == 0 {
		return Help{}, false, err
	}
	return v.Help(id)
}

// Help reads a request.
func (v In) Help(id int64) (Help, bool, error) {
	return one[Help](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// HelpNumbered reads the request that holds a number now.
func (v In) HelpNumbered(number int) (Help, bool, error) {
	return one[Help](v.tx, "WHERE village = ? AND held_number = ?", v.ID, number)
}

// HelpCard is who has to do with a request: enough to decide what a reader may
// know of it, in one narrow read.
type HelpCard struct {
	ID     int64 `db:"id"`
	Elder  int64 `db:"elder"`
	Asker  int64 `db:"asker"`
	Holder int64 `db:"holder"`
}

func (HelpCard) table() string { return "help" }

// HelpCardNumbered reads the card of the request that holds a number now.
func (v In) HelpCardNumbered(number int) (HelpCard, bool, error) {
	return one[HelpCard](v.tx, "WHERE village = ? AND held_number = ?", v.ID, number)
}

// SaveHelp writes a request that LockHelp read.
func (v In) SaveHelp(h Help) error {
	if h.Holder != 0 && (h.State == Held || h.State == Taken) {
		v.tx.holders = append(v.tx.holders, Reader{Village: v.ID, Person: h.Holder})
	}
	return save(v, h)
}

// Holders are the people who have something in hand after this transaction that
// they may not have had before: whoever keeps in memory that they have nothing
// reads it again.
func (tx *Tx) Holders() []Reader { return tx.holders }

// listBound is how many rows a list for a person or an office reads at most.
const listBound = 200

const running = "('unclear', 'open', 'held', 'taken')"

// RunningHelps lists what is not done yet, oldest first.
func (v In) RunningHelps() ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND state IN "+running+" ORDER BY id LIMIT ?", v.ID, listBound)
}

// HelpsIn lists the requests of one state, oldest first.
func (v In) HelpsIn(state string) ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND state = ? ORDER BY id LIMIT ?", v.ID, state, listBound)
}

// HelpsFor lists an elder's running requests, oldest first.
func (v In) HelpsFor(elder int64) ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND elder = ? AND state IN "+running+" ORDER BY id LIMIT ?", v.ID, elder, listBound)
}

// HelpsAbout lists an elder's requests of one state, oldest first.
func (v In) HelpsAbout(elder int64, state string) ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND elder = ? AND state = ? ORDER BY id LIMIT ?", v.ID, elder, state, listBound)
}

// HelpsBy lists what a person asked for since an instant, newest first.
func (v In) HelpsBy(asker int64, since Moment) ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND asker = ? AND created_at >= ? ORDER BY id DESC LIMIT 20", v.ID, asker, since)
}

// HelpsHeldBy lists what a person has taken and not done yet.
func (v In) HelpsHeldBy(person int64) ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND holder = ? AND state IN ('held', 'taken') ORDER BY id LIMIT ?", v.ID, person, listBound)
}

// Holds reports whether a person has taken something and not done it yet.
func (v In) Holds(person int64) (bool, error) {
	held, err := v.HelpsHeldBy(person)
	return len(held) > 0, err
}

// HelpsDoneBy lists what a person has reported done and nobody has judged yet.
func (v In) HelpsDoneBy(person int64) ([]Help, error) {
	return list[Help](v.tx, "WHERE village = ? AND holder = ? AND state = ? ORDER BY id DESC LIMIT 20", v.ID, person, Done)
}

// HelpDue names a request that the clock has to look at.
type HelpDue struct {
	ID      int64 `db:"id"`
	Village int64 `db:"village"`
}

func (HelpDue) table() string { return "help" }

// HelpsDue names requests of one state whose time has come, in all villages.
func (tx *Tx) HelpsDue(state string, now Moment, n int) ([]HelpDue, error) {
	return list[HelpDue](tx, "WHERE state = ? AND next_at > 0 AND next_at <= ? ORDER BY next_at LIMIT ?", state, now, n)
}

// HelpLog is one thing that happened to a request, so that "why" has an answer.
type HelpLog struct {
	ID      int64  `db:"id"`
	Village int64  `db:"village"`
	Help    int64  `db:"help"`
	At      Moment `db:"at"`
	Person  int64  `db:"person"` // who said it; 0: the clock
	What    string `db:"what"`
	Words   string `db:"words" clip:"400"`
}

func (HelpLog) table() string { return "help_log" }

// LogHelp adds to the story of a request.
func (v In) LogHelp(help, person int64, what, words string) error {
	return insert(v.tx, &HelpLog{Village: v.ID, Help: help, At: At(v.tx.now), Person: person, What: what, Words: words})
}

// HelpLogs is the story of a request.
func (v In) HelpLogs(help int64) ([]HelpLog, error) {
	return list[HelpLog](v.tx, "WHERE village = ? AND help = ? ORDER BY id LIMIT ?", v.ID, help, listBound)
}

// The states of an Ask.
const (
	AskSent     = "asked"    // a notice is on its way, or a channel took it
	AskEmpty    = "empty"    // no channel: nobody there (settled.md 15)
	AskDeclined = "declined" // 不13
	AskTook     = "took"
)

// Ask is one volunteer asked about one request in one round.
type Ask struct {
	ID      int64  `db:"id"`
	Village int64  `db:"village"`
	Help    int64  `db:"help"`
	Person  int64  `db:"person"`
	Round   int    `db:"round"`
	Step    int    `db:"step"`
	State   string `db:"state"`
	Words   string `db:"words" clip:"200"`
	At      Moment `db:"at"`
}

func (Ask) table() string { return "ask" }

// AddAsk remembers that somebody is asked.
func (v In) AddAsk(a Ask) error {
	a.Village, a.At = v.ID, At(v.tx.now)
	return insert(v.tx, &a)
}

// Asks lists who was asked about a request, in order.
func (v In) Asks(help int64) ([]Ask, error) {
	return list[Ask](v.tx, "WHERE village = ? AND help = ? ORDER BY id LIMIT ?", v.ID, help, listBound)
}

// AnswerAsk stores what somebody answered; whoever answers without having been
// asked is left out.
func (v In) AnswerAsk(help, person int64, state, words string) error {
	return v.tx.change("UPDATE ask SET state = ?, words = ? WHERE village = ? AND help = ? AND person = ?",
		state, clip(words, 200), v.ID, help, person)
}

// MissAsk stores that no channel took the question of one round.
func (v In) MissAsk(help, person int64, round int) error {
	return v.tx.change("UPDATE ask SET state = ? WHERE village = ? AND help = ? AND person = ? AND round = ?", AskEmpty, v.ID, help, person, round)
}

// AskedLately lists what a person was asked about since an instant, newest first.
func (v In) AskedLately(person int64, since Moment) ([]Ask, error) {
	return list[Ask](v.tx, "WHERE village = ? AND person = ? AND at >= ? ORDER BY id DESC LIMIT 20", v.ID, person, since)
}

// WithNumbersToFree lists villages that hold numbers of requests closed before
// an instant.
func (tx *Tx) WithNumbersToFree(closedBefore Moment, n int) ([]Village, error) {
	return list[Village](tx, `WHERE id IN (SELECT village FROM help WHERE held_number IS NOT NULL AND closed_at > 0 AND closed_at < ?)
		ORDER BY id LIMIT ?`, closedBefore, n)
}
