package absence

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// before is what an absence changed, to be put back.
type before struct {
	Status    string `json:"status,omitempty"`
	Plan      bool   `json:"plan,omitempty"` // he was on the list
	Volunteer bool   `json:"volunteer,omitempty"`
	Members   bool   `json:"members,omitempty"`
}

// confirm carries an absence out: no list and no reminder names him meanwhile.
func confirm(t *line.Turn, a *storage.Absence) error {
	if err := t.In.LockPerson(a.Person); err != nil {
		return err
	}
	was, err := stop(t, *a)
	if err != nil {
		return err
	}
	data, err := json.Marshal(was)
	if err != nil {
		return fmt.Errorf("keep what was before: %w", err)
	}
	a.Before, a.State, a.ConfirmedBy = string(data), storage.AbsenceOn, t.Me
	if err := keep(t, a); err != nil {
		return err
	}
	if err := t.Publish(line.Fact{Kind: line.Stopped, Person: a.Person, Words: a.Kind}); err != nil {
		return err
	}
	if err := proposeForHome(t, *a); err != nil {
		return err
	}
	return t.In.Changed()
}

// keep stores an absence that is new or was said before.
func keep(t *line.Turn, a *storage.Absence) error {
	if a.ID != 0 {
		return t.In.SaveAbsence(*a)
	}
	if old, found, err := running(t.In, a.Person); err != nil {
		return err
	} else if found { // what was said before gives way to what is known now
		if old.State == storage.AbsenceOn {
			a.Before = old.Before
		}
		old.State = storage.AbsenceEnded
		if err := t.In.SaveAbsence(old); err != nil {
			return err
		}
	}
	return t.In.AddAbsence(a)
}

// stop changes the roster and the visit list, and returns what there was.
func stop(t *line.Turn, a storage.Absence) (before, error) {
	var was before
	p, listed, err := t.In.Plan(a.Person)
	if err != nil {
		return was, err
	}
	if was.Plan = listed && p.State == storage.PlanOn; was.Plan {
		if err := t.In.SetPlan(a.Person, storage.PlanOff, a.Until); err != nil {
			return was, err
		}
	}
	was.Status = t.Book.Person(a.Person).Status
	switch a.Kind {
	case storage.Moved:
		return was, t.In.SetStatus(a.Person, storage.WithC)
	case storage.Died:
		return was, stopDead(t, a.Person, &was)
	}
	return was, nil
}

// stopDead takes a dead person out of what he did, and his telephone out of what
// it was told.
func stopDead(t *line.Turn, person int64, was *before) error {
	if err := t.In.SetStatus(person, storage.Dead); err != nil {
		return err
	}
	serving, err := t.In.Volunteers()
	if err != nil {
		return err
	}
	if was.Volunteer = slices.ContainsFunc(serving, func(r storage.Volunteer) bool { return r.Person == person }); was.Volunteer {
		if err := t.In.SetVolunteer(person, storage.Left); err != nil {
			return err
		}
	}
	was.Members, err = switchMembers(t, person, storage.Active, storage.Stopped)
	return err
}

func switchMembers(t *line.Turn, person int64, from, to string) (bool, error) {
	members, err := t.In.MembersOfState(person, from)
	if err != nil {
		return false, err
	}
	for _, m := range members {
		m.State = to
		if err := t.In.SaveMember(m); err != nil {
			return false, err
		}
		t.Touch(m.Account, m.OpenID)
	}
	return len(members) > 0, nil
}

// end puts back what an absence changed. Only what falls due from now on is
// reminded of; what was missed is not made up for.
func end(t *line.Turn, a storage.Absence, state string) error {
	confirmed := a.State == storage.AbsenceOn
	a.State, a.EndedBy, a.EndedAt, a.AskAt = state, t.Me, storage.At(t.Now()), 0
	if err := t.In.SaveAbsence(a); err != nil || !confirmed {
		return err
	}
	var was before
	if err := json.Unmarshal([]byte(a.Before), &was); err != nil {
		return fmt.Errorf("read what was before: %w", err)
	}
	if was.Plan {
		if err := t.In.SetPlan(a.Person, storage.PlanOn, ""); err != nil {
			return err
		}
	}
	if a.Kind == storage.Died || a.Kind == storage.Moved {
		if err := t.In.SetStatus(a.Person, was.Status); err != nil {
			return err
		}
	}
	if was.Volunteer {
		if err := t.In.SetVolunteer(a.Person, storage.Serving); err != nil {
			return err
		}
	}
	if was.Members {
		if _, err := switchMembers(t, a.Person, storage.Stopped, storage.Active); err != nil {
			return err
		}
	}
	err := t.Publish(line.Fact{Kind: line.Resumed, Person: a.Person, Words: a.Kind})
	return errors.Join(err, t.In.Changed())
}

// oldAge is from when on somebody left alone in a house is proposed for closer
// visits (village practice E1).
const oldAge = 60

// alone is who of a house is left by himself in it, old or on the list, once
// somebody is gone; 0 for nobody.
func alone(b *book.Book, gone int64) int64 {
	home := slices.DeleteFunc(b.Home(b.Person(gone).Household), func(id int64) bool { return id == gone })
	if len(home) != 1 {
		return 0
	}
	now := dayOf(b)
	if _, listed := b.Plan(home[0]); listed || b.Age(home[0], now) >= oldAge {
		return home[0]
	}
	return 0
}

// proposeForHome proposes 高 for whoever is left alone (village practice E1): a
// person decides.
func proposeForHome(t *line.Turn, a storage.Absence) error {
	left := alone(t.Book, a.Person)
	if left == 0 || a.Kind != storage.Died && a.Kind != storage.Moved {
		return nil
	}
	why := t.Book.Name(a.Person) + a.Kind + "，一个人在屋"
	days := 0
	if a.Kind == storage.Died {
		days = widowDays
	}
	return propose(t, left, days, why)
}

// widowDays is how long somebody who was widowed is 高 (village practice E1).
const widowDays = 90
