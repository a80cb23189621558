package read

// spacedOut tells whether the text is typed one character at a time, 爹 头 着 地 了, and
// gives it without what stands between: marks and spaces tell nothing then.
func spacedOut(f *Folded) (string, bool) {
	alone, together, run := 0, 0, 0
	for i := 0; i <= len(f.Runes); i++ {
		if i < len(f.Runes) && !isMark(f.Runes[i]) {
			run++
			continue
		}
		switch {
		case run == 1:
			alone++
		case run > 1:
			together++
		}
		run = 0
	}
	if alone < 4 || together > 1 {
		return "", false
	}
	joined := make([]rune, 0, len(f.Runes))
	for _, r := range f.Runes {
		if !isMark(r) {
			joined = append(joined, r)
		}
	}
	return string(joined), true
}

// joinedDanger reads a text once more that is typed one character at a time: what is
// in danger then is told, and nothing else of that reading.
func (w *workspace) joinedDanger() {
	joined, spaced := spacedOut(&w.folded)
	if !spaced {
		return
	}
	f := Fold(joined)
	g := w.out
	w.readFolded(joined, &f)
	if graver(w.out.Danger.Level, g.Danger.Level) {
		g.Danger, g.Intent, g.Services = w.out.Danger, w.out.Intent, w.out.Services
	}
	w.out = g
}
