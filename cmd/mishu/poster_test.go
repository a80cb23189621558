package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mishu/storage"
)

// A request that runs is written as a page that names nobody; one that does not
// run is refused.
func TestPoster(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		environ := fresh(t)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, playedVillage), "--village", "青坪村")
		file := filepath.Join(t.TempDir(), "poster.html")
		do := []string{"poster", "10", "--village", "青坪村", "-o", file}
		if code, _, err := does(t, environ, do...); code != exitFailed || !strings.Contains(err, "no request 10") {
			t.Fatalf("without a request it ends with %d: %s", code, err)
		}
		var elder string
		err := records(t, environ).Update(t.Context(), func(tx *storage.Tx) error {
			villages, err := tx.VillageNamed("青坪村")
			if err != nil {
				return err
			}
			v := tx.In(villages[0].ID)
			people, err := v.People()
			if err != nil {
				return err
			}
			who := people[len(people)-1] // the first is the secretary-general, whom the poster names
			elder = who.Name
			h := storage.Help{Elder: who.ID, Asker: who.ID, Service: "xi", State: storage.Open, SourceKey: "k", Ordinal: 1}
			return v.AddHelp(&h, v.Own(who.ID))
		})
		if err != nil {
			t.Fatal(err)
		}
		mustDo(t, environ, do...)
		page, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(page), "接10") || !strings.Contains(string(page), "洗衣服被子") || strings.Contains(string(page), elder) {
			t.Errorf("%v: %s", err, page)
		}
	})
}
