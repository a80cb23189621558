package storage

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// big are the tables that grow with people and years.
var big = []string{"person", "visit", "help", "notice", "heard", "member", "ask", "help_log", "service_record", "finding", "alert", "alert_log", "absence", "proposal", "slip", "plan", "door", "medium", "leaving", "tagging", "ladder", "listening", "consent", "trait", "behalf", "vouching", "vouch_call", "taught", "puzzle", "measure"}

// wholeTable are the queries that read all of a big table on purpose.
var wholeTable = []string{
	"SELECT state, COUNT(*) FROM notice GROUP BY state", // every row is accounted for; an index alone is read
	"SELECT COUNT(*) FROM door",                         // for mishu check alone
	"SELECT COUNT(household) FROM door",                 // for mishu check alone
}

// conformAndExplain runs the conformance suite, and then asks the database how
// it would find what each query of the suite asks for among many villages: none
// may read a big table from end to end.
func conformAndExplain(t *testing.T, a address) {
	r := &recorder{seen: map[string][]any{}}
	conform(t, func(t testing.TB, clocks Clocks) *Store { return r.open(t, a, clocks) })
	t.Run("query plans", func(t *testing.T) {
		s := a.open(t, newHands().clocks())
		grow(t, s)
		queries := r.texts("SELECT", "UPDATE", "DELETE")
		if len(queries) < 80 {
			t.Fatalf("only %d queries were recorded", len(queries))
		}
		for _, query := range queries {
			steps := s.explain(t, query, r.seen[query])
			t.Logf("%s\n\t%s", query, strings.Join(steps, "\n\t"))
			if slices.ContainsFunc(steps, func(step string) bool { return readsAll(s.driver, step) }) && !slices.Contains(wholeTable, query) {
				t.Errorf("%s\nreads a whole table: %s", query, strings.Join(steps, "; "))
			}
		}
	})
}

// explain is the database's plan, a line a step.
func (s *Store) explain(t *testing.T, query string, args []any) (steps []string) {
	t.Helper()
	how := "EXPLAIN "
	if s.driver == SQLite {
		how = "EXPLAIN QUERY PLAN "
	}
	rows, err := s.write.Queryx(how+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		step := map[string]any{}
		must(t, rows.MapScan(step))
		if s.driver == SQLite {
			steps = append(steps, fmt.Sprint(step["detail"]))
			continue
		}
		steps = append(steps, fmt.Sprintf("table=%s type=%s key=%s len=%s rows=%s %s",
			step["table"], step["type"], step["key"], step["key_len"], step["rows"], step["Extra"]))
	}
	must(t, rows.Err())
	return steps
}

var (
	liteScan  = regexp.MustCompile(`^SCAN (\w+)`)
	mariaScan = regexp.MustCompile(`^table=(\w+) type=(?:ALL|index) `)
)

// readsAll reports whether a step reads a big table, or one of its indexes,
// from end to end.
func readsAll(driver, step string) bool {
	scan := mariaScan
	if driver == SQLite {
		scan = liteScan
	}
	m := scan.FindStringSubmatch(step)
	return m != nil && slices.Contains(big, m[1])
}
