package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A coreCase is one case of testdata/vectors/core.jsonl.
type coreCase struct {
	Expression
	Suite  string   `json:"suite"`
	Accept []string `json:"accept"`
}

// The parts of core.jsonl and how much of each must be read right, in per mille.
// What is missed is listed in docs/reading.md, each with its reason.
var coreFloor = map[string]int{"times": 965, "numbers": 1000, "phones": 1000}

func corePart(kind string) string {
	switch kind {
	case "number":
		return "numbers"
	case "phone":
		return "phones"
	}
	return "times" // and durations, and what must not be read
}

// TestCore scores the reader on other projects' cases; -v lists every miss.
func TestCore(t *testing.T) {
	right, all := map[string]int{}, map[string]int{}
	for _, c := range coreCases(t) {
		part := corePart(c.Type)
		got, ok := c.Read(tuesday)
		all[part]++
		if c.right(got, ok) {
			right[part]++
		} else {
			t.Logf("miss %s %s %q at %.16s: %q, want %v", c.ID, c.Type, c.Text, c.Ref, got, c.Accept)
		}
	}
	for part, floor := range coreFloor {
		t.Logf("%s: %d of %d, %.1f %%", part, right[part], all[part], 100*float64(right[part])/float64(all[part]))
		if right[part]*1000 < floor*all[part] {
			t.Errorf("%s: %d of %d is less than %d per mille", part, right[part], all[part], floor)
		}
	}
}

func coreCases(t testing.TB) (out []coreCase) {
	raw, err := os.ReadFile("testdata/vectors/core.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		var c coreCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	if len(out) != 866 {
		t.Fatalf("%d cases, want all 866", len(out))
	}
	return out
}

// right compares instants to the minute, numbers by value, the rest as text.
func (c *coreCase) right(got string, ok bool) bool {
	if len(c.Accept) == 0 || !ok {
		return !ok && len(c.Accept) == 0
	}
	return slices.ContainsFunc(c.Accept, func(want string) bool {
		switch c.Type {
		case "instant":
			return len(got) >= 16 && len(want) >= 16 && got[:16] == want[:16]
		case "number":
			a, err := strconv.ParseFloat(got, 64)
			b, _ := strconv.ParseFloat(want, 64)
			return err == nil && a == b
		}
		return got == want
	})
}

// FuzzExpression: whatever is typed, what is read of it exists.
func FuzzExpression(f *testing.F) {
	kinds := []string{"date", "instant", "time", "duration", "instantrange", "timerange", "number", "phone", "none"}
	for _, c := range coreCases(f) {
		f.Add(uint8(max(0, slices.Index(kinds, c.Type))), c.Text)
	}
	f.Fuzz(func(t *testing.T, kind uint8, text string) {
		e := Expression{Type: kinds[int(kind)%len(kinds)], Text: text}
		got, ok := e.Read(tuesday)
		if ok == (got == "") {
			t.Fatalf("%s %q: %q, %t", e.Type, text, got, ok)
		}
		switch e.Type {
		case "date":
			if _, err := time.Parse(time.DateOnly, got); ok && err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		case "instantrange":
			from, to, _ := strings.Cut(got, "/")
			if ok && !(from < to) {
				t.Fatalf("%q: %s", text, got)
			}
		case "phone":
			if strings.Trim(got, "0123456789") != "" {
				t.Fatalf("%q: %s", text, got)
			}
		case "duration", "number":
			if _, err := strconv.ParseFloat(got, 64); ok && err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}
