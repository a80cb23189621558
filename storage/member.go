package storage

import (
	"fmt"
	"slices"
)

// The roles a person can have in a village; the words offices use.
const (
	Secretary  = "秘书长"
	Chair      = "会长"
	Accountant = "会计"
	Supervisor = "监督"
	Leader     = "组长"
	Doctor     = "村医"
	ChildCare  = "儿童主任"
	Women      = "妇联主任"
	Cook       = "炊事员"
	Helper     = "志愿者"
	County     = "县干部" // sees numbers only

	// Of the county's office, for a year each.
	CountyDuty = "县值班"
	Protection = "县未保"
)

// Role is what a person is in the village. A Leader's Group says of which.
type Role struct {
	Village int64  `db:"village"`
	Person  int64  `db:"person"`
	Role    string `db:"role"`
	Group   int    `db:"group_no"`
	How     string `db:"how"` // "import", "invite" or "chat"
	Since   Moment `db:"since"`
}

func (Role) table() string { return "role" }

// AddRole gives a role; giving it twice changes nothing.
func (v In) AddRole(r Role) error {
	r.Village, r.Since = v.ID, At(v.tx.now)
	n, err := v.tx.number("SELECT COUNT(*) FROM role WHERE village = ? AND person = ? AND role = ? AND group_no = ?",
		v.ID, r.Person, r.Role, r.Group)
	if err != nil || n > 0 {
		return err
	}
	return insert(v.tx, &r)
}

// Roles lists all roles of the village that have not ended.
func (v In) Roles() ([]Role, error) {
	return list[Role](v.tx, `WHERE village = ? AND NOT EXISTS (SELECT 1 FROM tenure WHERE tenure.village = role.village AND
		tenure.person = role.person AND tenure.role = role.role AND tenure.group_no = role.group_no AND tenure.until_day < ?)
		ORDER BY role, group_no, person`, v.ID, Day(v.tx.now))
}

// EndRole takes a role away.
func (v In) EndRole(person int64, role string) error {
	if err := v.tx.change("DELETE FROM role WHERE village = ? AND person = ? AND role = ?", v.ID, person, role); err != nil {
		return err
	}
	return v.Changed()
}

// HoldersOf are the people who do the work of one of the roles now, each once,
// in id order: whoever is away and has named somebody to stand in is left out.
func (v In) HoldersOf(roles ...string) ([]int64, error) {
	rows, err := v.Roles()
	if err != nil {
		return nil, err
	}
	away, err := v.Substitutes()
	var ids []int64
	for _, r := range rows {
		stoodIn := func(s Substitute) bool { return s.Person == r.Person && s.Role == r.Role }
		if slices.Contains(roles, r.Role) && !slices.ContainsFunc(away, stoodIn) {
			ids = append(ids, r.Person)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// The states of a Member.
const (
	Pending = "pending" // asked to be bound, nobody has vouched yet
	Active  = "active"
	Refused = "refused"
	Stopped = "stopped"
)

// Member is one OpenID bound to a person, vouched for by someone who knows the
// face. Before that, Person is whom the village's book finds under the name
// that was given, or 0: this is never told to the one who asks.
type Member struct {
	ID         int64  `db:"id"`
	Account    string `db:"account"`
	OpenID     string `db:"openid"`
	Village    int64  `db:"village"`
	Person     int64  `db:"person"`
	State      string `db:"state"`
	AskedName  string `db:"asked_name" clip:"60"`
	AskedGroup int    `db:"asked_group"`
	VouchedBy  int64  `db:"vouched_by"`
	Followed   bool   `db:"followed"`
	CreatedAt  Moment `db:"created_at"`
}

func (Member) table() string { return "member" }

// Members are the bindings of an OpenID, in all villages.
func (tx *Tx) Members(account, openid string) ([]Member, error) {
	return list[Member](tx, "WHERE account = ? AND openid = ? ORDER BY id LIMIT 20", account, openid)
}

// Follow remembers whether an OpenID follows the account.
func (tx *Tx) Follow(account, openid string, follows bool) error {
	return tx.change("UPDATE member SET followed = ? WHERE account = ? AND openid = ?", follows, account, openid)
}

// AddMember binds, or asks to.
func (v In) AddMember(m *Member) error {
	m.Village, m.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, m)
}

// Member reads one binding.
func (v In) Member(id int64) (Member, bool, error) {
	return one[Member](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// SaveMember writes a binding that was read in this transaction.
func (v In) SaveMember(m Member) error { return save(v, m) }

// MembersOf are the OpenIDs through which a person can be reached.
func (v In) MembersOf(person int64) ([]Member, error) {
	return list[Member](v.tx, "WHERE village = ? AND person = ? AND state = ? AND followed = 1 ORDER BY id LIMIT 10", v.ID, person, Active)
}

// MembersOfState are a person's bindings of one state.
func (v In) MembersOfState(person int64, state string) ([]Member, error) {
	return list[Member](v.tx, "WHERE village = ? AND person = ? AND state = ? ORDER BY id LIMIT 10", v.ID, person, state)
}

// MembersOfAll are the OpenIDs of several people, a few hundred at a time.
func (v In) MembersOfAll(people []int64) ([]Member, error) {
	if len(people) == 0 {
		return nil, nil
	}
	args := make([]any, 0, len(people)+2)
	args = append(args, v.ID)
	for _, p := range people {
		args = append(args, p)
	}
	return list[Member](v.tx, "WHERE village = ? AND person IN ("+marks(len(people))+") AND state = ? AND followed = 1", append(args, Active)...)
}

// MembersIn lists the bindings of one state, oldest first.
func (v In) MembersIn(state string, n int) ([]Member, error) {
	return list[Member](v.tx, "WHERE village = ? AND state = ? ORDER BY id LIMIT ?", v.ID, state, n)
}

// BoundPeople lists the people that have a following, active member.
func (v In) BoundPeople() ([]Member, error) {
	return list[Member](v.tx, "WHERE village = ? AND state = ? AND followed = 1 ORDER BY person", v.ID, Active)
}

// SettleMember decides about a pending binding; false if it was decided before.
func (v In) SettleMember(id, person int64, state string, by int64) (bool, error) {
	n, err := v.tx.exec("UPDATE member SET state = ?, person = ?, vouched_by = ? WHERE village = ? AND id = ? AND state = ?",
		state, person, by, v.ID, id, Pending)
	return n == 1, err
}

// Proxy is somebody who may speak for an elder. There are two gates (settled.md
// 26): somebody who knows the face says who he is, the elder says what he may
// hear.
type Proxy struct {
	Village  int64  `db:"village"`
	Person   int64  `db:"person"`
	Elder    int64  `db:"elder"`
	Relation string `db:"relation"`
	MayHear  bool   `db:"may_hear"`
	Until    string `db:"until_day"` // ends hearing, never asking
	How      string `db:"how"`
}

func (Proxy) table() string { return "proxy" }

// Claimed is how a proxy came about who only says so himself: he may ask, as
// everybody may, and the elder is not asked before somebody knows his face.
const Claimed = "自报"

// AddProxy lets somebody ask for an elder, or renews until when. He hears nothing
// until the elder has agreed: see Agree.
func (v In) AddProxy(p Proxy) error {
	if p.MayHear {
		return fmt.Errorf("proxy of person %d: %w", p.Elder, ErrNoConsent)
	}
	p.Village = v.ID
	n, err := v.tx.exec("UPDATE proxy SET relation = ?, until_day = ?, how = ? WHERE village = ? AND person = ? AND elder = ?",
		p.Relation, p.Until, p.How, v.ID, p.Person, p.Elder)
	if err != nil || n > 0 {
		return err
	}
	return insert(v.tx, &p)
}

// EndProxy ends that somebody speaks for an elder.
func (v In) EndProxy(person, elder int64) error {
	if err := v.tx.change("DELETE FROM proxy WHERE village = ? AND person = ? AND elder = ?", v.ID, person, elder); err != nil {
		return err
	}
	return v.Changed()
}

// Proxies lists all proxies of the village.
func (v In) Proxies() ([]Proxy, error) {
	return list[Proxy](v.tx, "WHERE village = ? ORDER BY elder, person", v.ID)
}

// Invitation is a one-time code that makes its sender a person with a role.
// Only the code's hash is kept.
type Invitation struct {
	CodeHash  string `db:"code_hash"`
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`
	Role      string `db:"role"`
	ExpiresAt Moment `db:"expires_at"`
	UsedAt    Moment `db:"used_at"`
	CreatedAt Moment `db:"created_at"`
}

func (Invitation) table() string { return "invitation" }

// AddInvitation stores an invitation.
func (v In) AddInvitation(i Invitation) error {
	i.Village, i.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, &i)
}

// UseInvitation takes an invitation by its code's hash; false if there is none
// that is unused and in time.
func (tx *Tx) UseInvitation(hash string) (Invitation, bool, error) {
	n, err := tx.exec("UPDATE invitation SET used_at = ? WHERE code_hash = ? AND used_at = 0 AND expires_at > ?", At(tx.wall), hash, At(tx.wall))
	if err != nil || n == 0 {
		return Invitation{}, false, err
	}
	return one[Invitation](tx, "WHERE code_hash = ?", hash)
}
