package storage

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stage is one store with clocks and a village of the test's own.
type stage struct {
	*Store
	*hands
	village int64
	open    opener
}

// conform is what both databases must do. Every part gets a village of its own.
func conform(t *testing.T, open opener) {
	for _, part := range []struct {
		name string
		test func(*testing.T, *stage)
	}{
		{"village", conformVillage},
		{"settings", conformSettings},
		{"roster", conformRoster},
		{"words", conformWords},
		{"widths", conformWidths},
		{"members", conformMembers},
		{"OpenIDs", conformOpenIDs},
		{"invitation", conformInvitation},
		{"roles", conformRoles},
		{"proxies", conformProxies},
		{"consent", conformConsent},
		{"without consent", conformRefused},
		{"withdrawn", conformForget},
		{"traits", conformTraits},
		{"behalf", conformBehalf},
		{"vouching", conformVouching},
		{"county", conformCounty},
		{"help", conformHelp},
		{"help lists", conformHelpLists},
		{"help holders", conformHolders},
		{"help numbers", conformNumbers},
		{"fifty new helps", conformFiftyHelps},
		{"fifty takers", conformFiftyTakers},
		{"asks", conformAsks},
		{"ladders", conformLadders},
		{"late helps", conformLate},
		{"reach", conformReach},
		{"substitutes", conformSubstitutes},
		{"listening", conformListening},
		{"handover", conformHandover},
		{"plans", conformPlans},
		{"advance", conformAdvance},
		{"visits", conformVisits},
		{"visit lists", conformVisitLists},
		{"count visits", conformCount},
		{"services", conformServices},
		{"findings", conformFindings},
		{"alerts", conformAlerts},
		{"alert log", conformAlertLog},
		{"absences", conformAbsences},
		{"proposals", conformProposals},
		{"status", conformStatus},
		{"slips", conformSlips},
		{"taught words", conformTaught},
		{"puzzles", conformPuzzles},
		{"measures", conformMeasures},
		{"doors", conformDoors},
		{"media", conformMedia},
		{"leaving", conformLeaving},
		{"tagging", conformTagging},
		{"doors at once", conformDoorsAtOnce},
		{"no doors left", conformDoorsFull},
		{"owe", conformOwe},
		{"carry", conformCarry},
		{"claim", conformClaim},
		{"fifty claims", conformFiftyClaims},
		{"notice lists", conformNoticeLists},
		{"brief", conformBrief},
		{"subscription", conformSubscription},
		{"heard", conformHeard},
		{"watermark", conformWatermark},
		{"county settings", conformCountySettings},
		{"rules", conformRules},
		{"reminders", conformReminders},
		{"courtesy", conformCourtesy},
		{"rollback", conformRollback},
		{"frozen now", conformNow},
		{"views", conformViews},
		{"another village", conformTenants},
		{"nothing written", conformNothing},
		{"left", conformLeft},
	} {
		t.Run(part.name, func(t *testing.T) {
			h := newHands()
			s := &stage{Store: open(t, h.clocks()), hands: h, open: open}
			s.village = s.newVillage(t, "村")
			part.test(t, s)
		})
	}
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	a := sqliteAddress(t).migrated(t)
	conformAndExplain(t, a)
	t.Run("errors are not retried", func(t *testing.T) { testNotRetried(t, a) })
	t.Run("ended before commit", func(t *testing.T) { testEndedBeforeCommit(t, a) })
}

func TestMariaDB(t *testing.T) {
	t.Parallel()
	a := mariaAddress(t).migrated(t)
	conformAndExplain(t, a)
	t.Run("one schema", func(t *testing.T) { testOneSchema(t, a) })
	t.Run("errors are not retried", func(t *testing.T) { testNotRetried(t, a) })
	t.Run("deadlock runs again", func(t *testing.T) { testDeadlock(t, a) })
	t.Run("deadlock ignored", func(t *testing.T) { testDeadlockIgnored(t, a) })
	t.Run("ended before commit", func(t *testing.T) { testEndedBeforeCommit(t, a) })
	t.Run("round trips", func(t *testing.T) { testRoundTrips(t, a) })
	t.Run("one of several fails", func(t *testing.T) { testOneOfSeveralFails(t, a) })
	t.Run("a failed batch leaves nothing", func(t *testing.T) { testFailedBatch(t, a) })
	t.Run("commit unanswered", func(t *testing.T) { testCommitUnanswered(t, a) })
	t.Run("commit refused", func(t *testing.T) { testCommitRefused(t, a) })
}

// write runs f in a transaction of the stage's village that must succeed.
func (s *stage) write(t testing.TB, f func(In) error) {
	t.Helper()
	s.must(t, func(tx *Tx) error { return f(tx.In(s.village)) })
}

// in gives a view of the stage's village.
func (s *stage) in(t testing.TB) (v In) {
	t.Helper()
	s.see(t, func(tx *Tx) error { v = tx.In(s.village); return nil })
	return v
}

// same fails unless got is want.
func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// got fails on an error and returns the value.
func got[T any](t testing.TB) func(T, error) T {
	t.Helper()
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		return value
	}
}

// found is got for a row that must be there.
func found[T any](t testing.TB) func(T, bool, error) T {
	t.Helper()
	return func(value T, there bool, err error) T {
		t.Helper()
		if err != nil || !there {
			t.Errorf("%T there: %v, %v", value, there, err)
		}
		return value
	}
}

// missing fails unless there is no such row.
func missing[T any](t testing.TB) func(T, bool, error) {
	t.Helper()
	return func(value T, there bool, err error) {
		t.Helper()
		if err != nil || there {
			t.Errorf("%T there: %v, %v", value, there, err)
		}
	}
}

// fifty runs f fifty times at once, each time in a transaction.
func (s *stage) fifty(t testing.TB, f func(v In, i int64) error) {
	t.Helper()
	var all sync.WaitGroup
	for i := range int64(50) {
		all.Go(func() {
			err := s.Update(context.Background(), func(tx *Tx) error { return f(tx.In(s.village), i) })
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	all.Wait()
}

// key is a source key of the test's own.
func key(t testing.TB, n int) string {
	name := strings.ReplaceAll(t.Name(), "/", " ")
	return fmt.Sprint(name[max(0, len(name)-50):], " ", n)
}

// ids are the numbers by which a test recognises rows.
func ids[T any](rows []T, id func(T) int64) []int64 {
	var all []int64
	for _, r := range rows {
		all = append(all, id(r))
	}
	return all
}
