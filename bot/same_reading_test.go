package bot_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mishu/bot/read"
	"mishu/bot/roster"
	"mishu/bot/talk"
	"mishu/storage"
)

const corpus = "read/testdata/corpus/"

// corpusVillage is the village of the corpus, as `mishu read` has it and as rows of
// a sheet: elders, volunteers and families in one order, so that both give the same
// ids; behind them those who write without being in the file.
func corpusVillage(t *testing.T) (*read.Village, []roster.Row, map[string]string) {
	t.Helper()
	raw, err := os.ReadFile(corpus + "roster.json")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, storage.Shanghai)
	village, err := read.ReadVillage(bytes.NewReader(raw), now)
	if err != nil {
		t.Fatal(err)
	}
	type person struct {
		ID, Name, Sex, Group string
		Age                  int
		Aliases              []string
		Bound                []string `json:"bound_elders"`
	}
	var file struct{ Elders, Volunteers, Families []person }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	var rows []roster.Row
	names := map[string]string{} // by id: as the stage names people
	add := func(p person, row roster.Row) {
		row.Name, row.Age, row.Aliases = p.Name, p.Age, p.Aliases
		row.Sex = map[string]string{"男": "M", "女": "F"}[p.Sex]
		row.Group = strings.Index("零一二三四五六七八九", strings.TrimSuffix(p.Group, "组")) / len("一")
		rows = append(rows, row)
	}
	for _, p := range file.Elders {
		add(p, roster.Row{Listed: true, Tier: roster.Normal})
	}
	for _, p := range file.Volunteers {
		add(p, roster.Row{Roles: []string{storage.Helper}})
	}
	for _, p := range file.Families {
		add(p, roster.Row{})
	}
	for _, p := range []struct{ id, name, role string }{{"S", "鄢翥翀", storage.Secretary}, {"D", "亓龘", storage.Doctor}, {"N", "逄甯嬿", ""}} {
		row := roster.Row{Name: p.name, Group: 9}
		if p.role != "" {
			row.Roles = []string{p.role}
		}
		rows = append(rows, row)
		names[p.id] = p.name
	}
	return village, rows, names
}

// speaksFor makes the families of the corpus the proxies that the file says.
func (s *stage) speaksFor(raw []byte, id map[string]int64) {
	s.t.Helper()
	var file struct {
		Families []struct {
			ID    string
			Bound []string `json:"bound_elders"`
		}
	}
	s.must(json.Unmarshal(raw, &file))
	s.must(s.store.Update(s.t.Context(), func(tx *storage.Tx) error {
		for _, f := range file.Families {
			for _, e := range f.Bound {
				err := tx.In(s.village).AddProxy(storage.Proxy{Person: id[f.ID], Elder: id[e], Relation: "家人", Until: "2027-12-31", How: "当面"})
				if err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// What `mishu read` tells a county of its lines is what the conversation makes of
// them: one function, and the same facts about who speaks.
func TestReadsAsTheConversation(t *testing.T) {
	village, rows, more := corpusVillage(t)
	s := newStageOf(t, stores[0], rows)
	raw, err := os.ReadFile(corpus + "roster.json")
	s.must(err)
	ids := village.IDs()
	s.speaksFor(raw, ids)
	lines, err := os.ReadFile(corpus + "develop.jsonl")
	s.must(err)
	n := 0
	for line := range bytes.Lines(lines) {
		var m read.Message
		s.must(json.Unmarshal(line, &m))
		at, ok := read.ParseTime(m.Time)
		if !ok {
			t.Fatalf("%s: no time", m.ID)
		}
		s.clock.add(at.Sub(s.clock.Now()))
		person, known := ids[m.Sender.ID]
		switch name := more[m.Sender.ID[:1]]; {
		case known:
		case name != "":
			person = s.person(name)
		default:
			person = -1
		}
		got, err := s.bot.Understand(t.Context(), talk.Message{Account: account, OpenID: s.openID(person), Key: "k", Kind: talk.Text, Text: m.Text, At: at})
		s.must(err)
		want := read.Read(m.Text, village.Context(m, at))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %q of a %s (-mishu read, +conversation):\n%s", m.ID, m.Text, m.Sender.Role, diff)
		}
		n++
	}
	if n < 280 {
		t.Errorf("only %d lines were compared", n)
	}
}
