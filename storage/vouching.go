package storage

// Vouching is how a pending Member waits to be known: what he said, and who was
// asked about his face so far.
type Vouching struct {
	Village int64  `db:"village"`
	Member  int64  `db:"member"`
	Elder   int64  `db:"elder"`           // 刘满生的崽: whose, 0 if he named nobody
	Words   string `db:"words" clip:"60"` // in which he said who he is
	Step    int    `db:"step"`            // who was asked last, 0: nobody yet
	Since   Moment `db:"since"`
	NextAt  Moment `db:"next_at"` // when the next is asked; 0: nobody else
}

func (Vouching) table() string { return "vouching" }

// AddVouching begins to ask about a face, in place of what was asked before.
func (v In) AddVouching(w Vouching) error {
	w.Village, w.Since = v.ID, At(v.tx.now)
	if err := v.tx.change("DELETE FROM vouching WHERE village = ? AND member = ?", v.ID, w.Member); err != nil {
		return err
	}
	return insert(v.tx, &w)
}

// VouchingFor reads how a member waits; false if he came by a code.
func (v In) VouchingFor(member int64) (Vouching, bool, error) {
	return one[Vouching](v.tx, "WHERE village = ? AND member = ?", v.ID, member)
}

// VouchingsFor reads how several wait, by member.
func (v In) VouchingsFor(members []Member) (map[int64]Vouching, error) {
	all := map[int64]Vouching{}
	if len(members) == 0 {
		return all, nil
	}
	args := []any{v.ID}
	for _, m := range members {
		args = append(args, m.ID)
	}
	rows, err := list[Vouching](v.tx, "WHERE village = ? AND member IN ("+marks(len(members))+")", args...)
	for _, w := range rows {
		all[w.Member] = w
	}
	return all, err
}

// StepVouching writes who was asked last and when the next is.
func (v In) StepVouching(w Vouching) error {
	return v.tx.change("UPDATE vouching SET step = ?, next_at = ? WHERE village = ? AND member = ?", w.Step, w.NextAt, v.ID, w.Member)
}

// VouchingsDue names those about whom the next is to be asked, in all villages.
func (tx *Tx) VouchingsDue(now Moment, n int) ([]Vouching, error) {
	return list[Vouching](tx, "WHERE next_at > 0 AND next_at <= ? ORDER BY next_at LIMIT ?", now, n)
}

// VouchCall is a call to somebody who does not read, about a face, and what
// became of it.
type VouchCall struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Member    int64  `db:"member"`
	Rung      int64  `db:"rung"`
	Caller    int64  `db:"caller"`
	Outcome   string `db:"outcome"` // CallThrough, CallNone, CallWrong
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (VouchCall) table() string { return "vouch_call" }

// AddVouchCall stores what became of a call.
func (v In) AddVouchCall(c VouchCall) error {
	c.Village, c.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, &c)
}

// VouchCalls are the calls about one newcomer, the oldest first.
func (v In) VouchCalls(member int64) ([]VouchCall, error) {
	return list[VouchCall](v.tx, "WHERE village = ? AND member = ? ORDER BY id LIMIT ?", v.ID, member, listBound)
}
