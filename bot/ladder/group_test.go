package ladder

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/config"
	"mishu/storage"
)

// What goes into the group, over the loudspeaker and onto the wall names neither
// the elder nor the door, for any kind of help; the loudspeaker gets three
// sentences.
func TestPublicTextsNameNobody(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, storage.Shanghai)
	clock := func() time.Time { return now }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		row := storage.Village{Name: "青坪村", Township: "竹溪口镇", County: "溪江县"}
		if err := tx.AddVillage(&row); err != nil {
			return err
		}
		v := tx.In(row.ID)
		elder := storage.Person{Name: "王桂香", Sex: "F", Group: 2, Status: storage.Home}
		if err := v.AddPerson(&elder); err != nil {
			return err
		}
		b, err := book.Load(v)
		if err != nil {
			return err
		}
		for service := range plain {
			h := storage.Help{Number: 13, Elder: elder.ID, Service: service, Detail: "王桂香腰痛，桥头第三家", WishAt: storage.At(now), WishGrain: "day"}
			texts(t, b, h, now)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func texts(t *testing.T, b *book.Book, h storage.Help, now time.Time) {
	var page bytes.Buffer
	if err := SheetOf(b, h, now).Write(&page); err != nil {
		t.Fatal(err)
	}
	loud := Loud(b, h, now)
	if n := strings.Count(loud, "。"); n != 3 {
		t.Errorf("%d sentences over the loudspeaker: %s", n, loud)
	}
	for _, text := range []string{GroupText(b, h, now), loud, page.String(), SheetOf(b, h, now).Text(), Words(b, h, now)} {
		for _, private := range []string{"王桂香", "桂香", "腰痛", "桥头"} {
			if strings.Contains(text, private) {
				t.Errorf("%s says %s: %s", h.Service, private, text)
			}
		}
		if !strings.Contains(text, "2组") {
			t.Errorf("nobody learns where: %s", text)
		}
	}
}
