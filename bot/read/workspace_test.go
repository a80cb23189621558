package read

import (
	"fmt"
	"testing"
)

// TestReadingsStay: what was read of one line is not changed by reading others in
// the same workspace.
func TestReadingsStay(t *testing.T) {
	c := Context{Now: tuesday, Roster: stage(), Speaker: volunteer(), Taught: NewTaught(map[string]string{"挈水": "挑水"})}
	lines := corpusLines(t, "develop.jsonl")
	readings := make([]Reading, len(lines))
	told := make([]string, len(lines))
	for i, line := range lines {
		readings[i] = Read(line.Text, c)
		told[i] = fmt.Sprintf("%+v", readings[i])
	}
	for i := range readings {
		if now := fmt.Sprintf("%+v", readings[i]); now != told[i] {
			t.Fatalf("%q: %s, and after the other lines %s", lines[i].Text, told[i], now)
		}
	}
}
