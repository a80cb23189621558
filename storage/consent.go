package storage

import (
	"crypto/sha256"
	"encoding/hex"
)

// The kinds of Consent.
const (
	ToBasic  = "基本"
	ToHealth = "健康"
	ToProxy  = "代理" // that one child hears of the visits
	ToPhoto  = "照片"
	ToNaming = "公示姓名"
	ToCounty = "提供县里" // or the insurer: separate, PIPL 23
)

// The answers of a Consent.
const (
	Given     = "given"
	Denied    = "denied"
	Withdrawn = "withdrawn"
	Never     = "never" // 莫告诉我崽: not to be asked again
)

// The ways in which a Consent was given.
const (
	ByChat  = "聊天"
	ByVoice = "语音"
	ByPaper = "纸质"
	AtDoor  = "口头" // a visitor asked and passes the answer on
)

// Consent is what a person answered about one kind of record. Rows are never
// changed but for their end; the one without an end stands.
type Consent struct {
	ID       int64  `db:"id"`
	Village  int64  `db:"village"`
	Person   int64  `db:"person"`
	Kind     string `db:"kind"`
	About    int64  `db:"about"` // ToProxy: the proxy
	Answer   string `db:"answer"`
	Way      string `db:"way"`
	ToldBy   int64  `db:"told_by"` // who passed the answer on; the person himself in the chat
	Witness  string `db:"witness"`
	TextNo   string `db:"text_no"`  // the version of the text that was read out
	Evidence string `db:"evidence"` // where the paper or the voice is
	At       Moment `db:"at"`
	EndedAt  Moment `db:"ended_at"`
}

func (Consent) table() string { return "consent" }

// Agree stores an answer, which ends the one before. About a proxy it also
// opens or shuts what he hears: nothing else does.
func (v In) Agree(c Consent) error {
	now := At(v.tx.now)
	c.Village, c.At, c.EndedAt = v.ID, now, 0
	err := v.tx.change("UPDATE consent SET ended_at = ? WHERE village = ? AND person = ? AND kind = ? AND about = ? AND ended_at = 0",
		now, v.ID, c.Person, c.Kind, c.About)
	if err != nil {
		return err
	}
	if err := insert(v.tx, &c); err != nil {
		return err
	}
	if c.Kind == ToProxy {
		err := v.tx.change("UPDATE proxy SET may_hear = ? WHERE village = ? AND elder = ? AND person = ?",
			c.Answer == Given, v.ID, c.Person, c.About)
		if err != nil {
			return err
		}
	}
	return v.Changed()
}

// Consents are the answers that stand, of the whole village.
func (v In) Consents() ([]Consent, error) {
	return list[Consent](v.tx, "WHERE village = ? AND ended_at = 0 ORDER BY person, id", v.ID)
}

// ConsentsOf are all answers of a person, the oldest first: the log of what was
// agreed to and withdrawn.
func (v In) ConsentsOf(person int64) ([]Consent, error) {
	return list[Consent](v.tx, "WHERE village = ? AND person = ? ORDER BY id LIMIT ?", v.ID, person, listBound)
}

// ConsentText is one version of what is read out before somebody answers.
type ConsentText struct {
	Village int64  `db:"village"`
	No      string `db:"text_no"`
	Kind    string `db:"kind"`
	Words   string `db:"words"`
	Since   Moment `db:"since"`
}

func (ConsentText) table() string { return "consent_text" }

// KeepText keeps a text under its number, which its words give: the same words
// have the same number, and what was read out can always be found again.
func (v In) KeepText(kind, words string) (string, error) {
	sum := sha256.Sum256([]byte(kind + "\n" + words))
	no := hex.EncodeToString(sum[:6])
	_, found, err := v.Text(no)
	if err != nil || found {
		return no, err
	}
	return no, insert(v.tx, &ConsentText{Village: v.ID, No: no, Kind: kind, Words: words, Since: At(v.tx.now)})
}

// Text is a text by its number.
func (v In) Text(no string) (ConsentText, bool, error) {
	return one[ConsentText](v.tx, "WHERE village = ? AND text_no = ?", v.ID, no)
}

// Forget takes away what was kept under a consent that ended. The days of the
// visits, who went and whether he was met stay: they need none.
func (v In) Forget(person int64, kind string) error {
	queries := []string{
		"UPDATE finding SET words = '', answer = '' WHERE village = ? AND elder = ?",
		"DELETE FROM measure WHERE village = ? AND elder = ?",
	}
	if kind == ToBasic {
		queries = append(queries,
			"UPDATE person SET phone = '', door = '', note = '', town = '', born = SUBSTR(born, 1, 4) WHERE village = ? AND id = ?",
			"DELETE FROM contact WHERE village = ? AND person = ?",
			"DELETE FROM trait WHERE village = ? AND person = ?",
			"UPDATE visit SET health = '' WHERE village = ? AND elder = ?")
	}
	if kind == ToBasic { // what a request told of him, once it is over; which kind and when stays
		queries = append(queries, "UPDATE help SET detail = '', wishes = '', terms = '', result = '' WHERE village = ? AND elder = ? AND state IN ('closed', 'cancelled', 'failed')")
	}
	queries = append(queries, "UPDATE visit SET words = '' WHERE village = ? AND elder = ?") // what was typed may tell of his health
	for _, q := range queries {
		if err := v.tx.change(q, v.ID, person); err != nil {
			return err
		}
	}
	return v.Changed()
}
