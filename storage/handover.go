package storage

// SetVisitors gives an elder another main visitor and another who steps in. The
// caller calls Changed.
func (v In) SetVisitors(elder, visitor, backup int64) error {
	return v.tx.change("UPDATE plan SET visitor = ?, backup = ? WHERE village = ? AND person = ?", visitor, backup, v.ID, elder)
}

// LeaveVolunteer ends somebody's time as a volunteer: nobody asks him any more.
// What he has done stays. The caller calls Changed.
func (v In) LeaveVolunteer(person int64) error {
	if err := v.tx.change("UPDATE volunteer SET state = ? WHERE village = ? AND person = ?", Left, v.ID, person); err != nil {
		return err
	}
	return v.tx.change("DELETE FROM role WHERE village = ? AND person = ? AND role = ?", v.ID, person, Helper)
}
