package read

// Names reports whether the text holds the full name or an alias of somebody,
// other than of except. It is for what strangers may see: a given name alone is
// too often a common word.
func (r *Roster) Names(text string, except int64) bool {
	if r == nil {
		return false
	}
	runes := Fold(text).Runes
	for i := range runes {
		if !r.starts.has(runes[i]) {
			continue
		}
		for n := 2; n <= r.longest && i+n <= len(runes); n++ {
			key := string(runes[i : i+n])
			if r.others(r.names[key], except) || r.others(r.aliases[key], except) {
				return true
			}
		}
	}
	return false
}

func (r *Roster) others(found []int32, except int64) bool {
	for _, i := range found {
		if r.people[i].ID != except {
			return true
		}
	}
	return false
}
