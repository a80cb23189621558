package storage

// The states of a Proposal.
const (
	ProposalTaken   = "taken" // the office agreed; it asks again when the days are over
	ProposalRefused = "refused"
)

// Proposal is what the machine thinks about how somebody should be visited. A
// person decides (PIPL 24).
type Proposal struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`
	Tier      string `db:"tier"`        // the tier proposed
	Before    string `db:"tier_before"` // the tier there was, to go back to
	Days      int    `db:"days"`        // for how long; 0: for good
	Why       string `db:"why" clip:"200"`
	State     string `db:"state"` // Open, ProposalTaken, ProposalRefused, Closed
	DecidedBy int64  `db:"decided_by"`
	AskAt     Moment `db:"ask_at"` // when the days are over
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (Proposal) table() string { return "proposal" }

// Propose puts a proposal before the office. One that waits about the same
// person is enough.
func (v In) Propose(p Proposal) error {
	n, err := v.tx.number("SELECT COUNT(*) FROM proposal WHERE village = ? AND state = ? AND person = ?", v.ID, Open, p.Person)
	if err != nil || n > 0 {
		return err
	}
	p.Village, p.State, p.CreatedAt = v.ID, Open, At(v.tx.now)
	return insert(v.tx, &p)
}

// Proposal reads one.
func (v In) Proposal(id int64) (Proposal, bool, error) {
	return one[Proposal](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// LockProposal locks and reads one.
func (v In) LockProposal(id int64) (Proposal, bool, error) {
	n, err := v.tx.exec("UPDATE proposal SET village = village WHERE village = ? AND id = ?", v.ID, id)
	if err != nil || n == 0 {
		return Proposal{}, false, err
	}
	return v.Proposal(id)
}

// SaveProposal writes a proposal that LockProposal read.
func (v In) SaveProposal(p Proposal) error { return save(v, p) }

// OpenProposals lists what waits for a decision, and what was agreed for days
// that are over.
func (v In) OpenProposals() ([]Proposal, error) {
	return list[Proposal](v.tx, "WHERE village = ? AND (state = ? OR state = ? AND ask_at > 0 AND ask_at <= ?) ORDER BY id LIMIT ?",
		v.ID, Open, ProposalTaken, At(v.tx.now), listBound)
}

// SetTier changes how closely an elder is visited. The caller calls Changed.
func (v In) SetTier(person int64, tier string) error {
	return v.tx.change("UPDATE plan SET tier = ? WHERE village = ? AND person = ?", tier, v.ID, person)
}
