package config

// nearest returns the setting whose name is closest to a wrong one, "" where
// none is close: a third of the letters wrong is another word.
func nearest(name string) string {
	best, at := "", (len(name)-len(prefix))/3+1
	for _, k := range keys {
		if d := distance(name, k.name); d < at {
			best, at = k.name, d
		}
	}
	return best
}

// distance counts the letters to put in, take out or change to get from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
