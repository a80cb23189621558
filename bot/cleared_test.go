package bot_test

import "regexp"

// byRecord is how a cleared notice names the record that cleared it; unneeded are
// the reasons that no record gives: nothing was there to tell of.
var (
	byRecord = regexp.MustCompile(`^[a-z]+:\S+ \S`)
	unneeded = map[string]bool{
		"quiet day": true, "nothing new": true, "no birthday": true, "nobody on the list": true, "two this week": true, "he visits nobody": true, "drawn, stands in the brief": true, "all was understood": true,
	}
)

// clearedByRecords holds for every notice of a conversation that was cleared
// (care-features 4.1, rule 8).
func (s *stage) clearedByRecords() {
	s.t.Helper()
	rows, err := s.store.DB().Query("SELECT kind, subject, why FROM notice WHERE state = 'cleared'")
	s.must(err)
	defer rows.Close()
	for rows.Next() {
		var kind, subject, why string
		s.must(rows.Scan(&kind, &subject, &why))
		if !unneeded[why] && !byRecord.MatchString(why) {
			s.t.Errorf("%s/%s is cleared by %q, which names no record", kind, subject, why)
		}
	}
	s.must(rows.Err())
}
