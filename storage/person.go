package storage

import "fmt"

// The states a person lives in.
const (
	Home  = "在村"
	Away  = "外出"
	WithC = "随子女"
	Inst  = "机构"
	Dead  = "去世"
)

// Person is somebody on the roster.
type Person struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Name      string `db:"name"`
	Sex       string `db:"sex"`  // "M", "F", ""
	Born      string `db:"born"` // "1943-05-02", "1943" or ""
	Group     int    `db:"group_no"`
	Household int64  `db:"household"`
	Head      bool   `db:"head"`
	Phone     string `db:"phone"`
	Status    string `db:"status"`
	Town      string `db:"town"` // where an absent person works
	Door      string `db:"door"` // how to find the door: 桥头第三家
	Note      string `db:"note"`
	Touched   int64  `db:"touched"` // a counter that serves as the person's lock
	CreatedAt Moment `db:"created_at"`
}

func (Person) table() string { return "person" }

// AddPerson puts somebody on the roster with what may be kept of everybody. Where
// he lives, how to ring him and the day of his birth need a basis: see AddKnown.
// The caller calls Changed once.
func (v In) AddPerson(p *Person) error {
	if *p != p.bare() {
		return fmt.Errorf("details of %w", ErrNoConsent)
	}
	p.Village, p.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, p)
}

// AddKnown is AddPerson with everything that is known of somebody; why is what
// allows it, such as [In.LegalDuty].
func (v In) AddKnown(p *Person, why func(person int64) Basis) error {
	if err := why(p.ID).covers(v, p.ID, NeedBasic, "details"); err != nil {
		return err
	}
	p.Village, p.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, p)
}

// AddAgreed is AddKnown for somebody who has agreed, on paper as a rule; it gives
// the basis for whatever else the same paper allows.
func (v In) AddAgreed(p *Person, c Consent) (Basis, error) {
	p.Village, p.CreatedAt = v.ID, At(v.tx.now)
	if err := insert(v.tx, p); err != nil {
		return Basis{}, err
	}
	c.Village, c.Person, c.Answer, c.At = v.ID, p.ID, Given, At(v.tx.now)
	if c.ToldBy == 0 {
		c.ToldBy = p.ID
	}
	err := insert(v.tx, &c)
	return Basis{}.with(v, c), err
}

// bare is what may be kept of a person without his consent.
func (p Person) bare() Person {
	p.Phone, p.Town, p.Door, p.Note = "", "", "", ""
	p.Born = clip(p.Born, len("1943"))
	return p
}

// KeepDetails writes what is known of a person beside the roster.
func (v In) KeepDetails(p Person, why Basis) error {
	if p == p.bare() {
		return nil
	}
	if err := why.covers(v, p.ID, NeedBasic, "details"); err != nil {
		return err
	}
	return v.tx.change("UPDATE person SET phone = ?, town = ?, door = ?, note = ?, born = ? WHERE village = ? AND id = ?",
		p.Phone, p.Town, p.Door, p.Note, p.Born, v.ID, p.ID)
}

// Person reads one person; false if the village has nobody of that id.
func (v In) Person(id int64) (Person, bool, error) {
	return one[Person](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// People is the whole roster, for the book in memory.
func (v In) People() ([]Person, error) {
	return list[Person](v.tx, "WHERE village = ? ORDER BY id", v.ID)
}

// LockPerson makes others who look for duplicates about this person wait until
// the transaction ends.
func (v In) LockPerson(id int64) error {
	return v.tx.change("UPDATE person SET touched = touched + 1 WHERE village = ? AND id = ?", v.ID, id)
}

// SetStatus says where somebody lives, or that he died. The caller calls Changed.
func (v In) SetStatus(person int64, status string) error {
	return v.tx.change("UPDATE person SET status = ? WHERE village = ? AND id = ?", status, v.ID, person)
}

// Household is the people of one door.
type Household struct {
	ID      int64  `db:"id"`
	Village int64  `db:"village"`
	No      string `db:"no"`
	Group   int    `db:"group_no"`
}

func (Household) table() string { return "household" }

// AddHousehold adds a household.
func (v In) AddHousehold(h *Household) error {
	h.Village = v.ID
	return insert(v.tx, h)
}

// Households lists the village's households.
func (v In) Households() ([]Household, error) {
	return list[Household](v.tx, "WHERE village = ? ORDER BY id", v.ID)
}

// Alias is another name that people use: 满爷爷, 桂花婶.
type Alias struct {
	Village int64  `db:"village"`
	Person  int64  `db:"person"`
	Alias   string `db:"alias"`
}

func (Alias) table() string { return "alias" }

// AddAlias adds a name for a person.
func (v In) AddAlias(person int64, name string) error {
	return insert(v.tx, &Alias{Village: v.ID, Person: person, Alias: name})
}

// Aliases lists all other names of the village.
func (v In) Aliases() ([]Alias, error) {
	return list[Alias](v.tx, "WHERE village = ? ORDER BY person, alias", v.ID)
}

// The kinds of Contact.
const (
	Kin   = "kin"   // family
	Watch = "watch" // a neighbour who sees the elder daily
)

// Contact is somebody to ring about a person.
type Contact struct {
	ID       int64  `db:"id"`
	Village  int64  `db:"village"`
	Person   int64  `db:"person"`
	Kind     string `db:"kind"`
	Name     string `db:"name"`
	Relation string `db:"relation"`
	Phone    string `db:"phone"`
}

func (Contact) table() string { return "contact" }

// AddContact adds somebody to ring about a person who agreed to it.
func (v In) AddContact(c Contact, why Basis) error {
	if err := why.covers(v, c.Person, NeedBasic, "contact"); err != nil {
		return err
	}
	c.Village = v.ID
	return insert(v.tx, &c)
}

// Contacts lists whom to ring about a person.
func (v In) Contacts(person int64) ([]Contact, error) {
	return list[Contact](v.tx, "WHERE village = ? AND person = ? ORDER BY id LIMIT 10", v.ID, person)
}

// The states of a Volunteer.
const (
	Serving = "在册"
	Paused  = "暂停"
	Left    = "退出"
)

// Volunteer is somebody who can be asked to help.
type Volunteer struct {
	Village int64  `db:"village"`
	Person  int64  `db:"person"`
	Skills  string `db:"skills"` // separated by 、
	Car     bool   `db:"car"`
	State   string `db:"state"`
	AskedAt Moment `db:"asked_at"` // when last asked for anything
}

func (Volunteer) table() string { return "volunteer" }

// AddVolunteer adds a volunteer.
func (v In) AddVolunteer(r Volunteer) error {
	r.Village = v.ID
	return insert(v.tx, &r)
}

// Volunteers lists the serving volunteers, the least recently asked first.
func (v In) Volunteers() ([]Volunteer, error) {
	return list[Volunteer](v.tx, "WHERE village = ? AND state = ? ORDER BY asked_at, person", v.ID, Serving)
}

// AskedVolunteer remembers that somebody was asked now.
func (v In) AskedVolunteer(person int64) error {
	return v.tx.change("UPDATE volunteer SET asked_at = ? WHERE village = ? AND person = ?", At(v.tx.now), v.ID, person)
}

// SetVolunteer changes whether somebody can be asked to help.
func (v In) SetVolunteer(person int64, state string) error {
	return v.tx.change("UPDATE volunteer SET state = ? WHERE village = ? AND person = ?", state, v.ID, person)
}

// EnsureVolunteer makes a person a serving volunteer, if he is not one: for the
// first time, or again after he had left.
func (v In) EnsureVolunteer(person int64) error {
	n, err := v.tx.exec("UPDATE volunteer SET state = ? WHERE village = ? AND person = ?", Serving, v.ID, person)
	if err != nil || n > 0 {
		return err
	}
	return v.AddVolunteer(Volunteer{Person: person, State: Serving})
}
