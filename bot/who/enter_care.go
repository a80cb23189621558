package who

import (
	"cmp"

	"mishu/bot/roster"
	"mishu/storage"
)

// care writes what is to be known of a person who agreed to it: whom to ring, who
// sees him daily, who has the key, how he hears.
func (e *entry) care(i int, r roster.Row) error {
	if err := e.contacts(i, storage.Kin, r.Kin); err != nil {
		return err
	}
	if err := e.contacts(i, storage.Watch, r.Watch); err != nil {
		return err
	}
	for _, t := range []storage.Trait{{Kind: storage.Hearing, Value: r.Hearing}, {Kind: storage.KeyWith, Value: r.KeyWith}} {
		if t.Value == "" {
			continue
		}
		t.Person, t.Owner, t.Source = e.ids[i], "村部", "花名册"
		if err := e.v.AddTrait(t, e.bases[i]); err != nil {
			return err
		}
	}
	return nil
}

func (e *entry) contacts(i int, kind string, kin []roster.Kin) error {
	for _, k := range kin {
		c := storage.Contact{Person: e.ids[i], Kind: kind, Name: clip(k.Name, 60), Relation: clip(k.Relation, 20), Phone: k.Phone}
		if err := e.v.AddContact(c, e.bases[i]); err != nil {
			return err
		}
	}
	return nil
}

// speaker is who may ask for whom, as rows of the sheet.
type speaker struct {
	person, elder int
	relation      string
}

// proxies finds the children who may ask for an elder by name, the nearest group
// first. A name that fits nobody or several is a problem of the sheet.
func proxies(rows []roster.Row) ([]speaker, []roster.Problem) {
	byName := map[string][]int{}
	for i, r := range rows {
		byName[r.Name] = append(byName[r.Name], i)
	}
	var all []speaker
	var problems []roster.Problem
	for i, r := range rows {
		for _, k := range r.Proxy {
			found := closest(rows, without(byName[k.Name], i), r.Group)
			if len(found) != 1 {
				problems = append(problems, roster.Problem{Line: r.Line, Column: "代办人", Reason: reason(k.Name, found)})
				continue
			}
			all = append(all, speaker{found[0], i, k.Relation})
		}
	}
	return all, problems
}

// proxies lets them ask for a year. They hear nothing until a visitor has asked
// the elder (settled.md 26).
func (e *entry) proxies(all []speaker) error {
	until := storage.Day(e.v.Now().AddDate(1, 0, 0))
	for _, s := range all {
		err := e.v.AddProxy(storage.Proxy{
			Person: e.ids[s.person], Elder: e.ids[s.elder], Relation: cmp.Or(clip(s.relation, 20), "家属"), Until: until, How: "花名册",
		})
		if err != nil {
			return err
		}
	}
	return nil
}
