package read

// digits reads a line that is nothing but numbers: "1 3 4", "2、5", "三".
func (l *line) digits() []int {
	if len(l.nums) == 0 {
		return nil
	}
	at := 0
	var out []int
	for _, n := range l.nums {
		v, whole := n.int()
		if !whole || v > 9999 || n.digits > 4 || !l.onlySeparators(at, n.from) {
			return nil
		}
		out = append(out, v)
		at = n.to
	}
	if !l.onlySeparators(at, len(l.Runes)) {
		return nil
	}
	return out
}

func (l *line) onlySeparators(i, j int) bool { return l.onlyOf(i, j, " ,.、。;+和跟\n") }
