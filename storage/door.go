package storage

import (
	"errors"
	"fmt"
)

// Door is the code that hangs in a household: a number of the county's plan and
// what its picture says.
type Door struct {
	Scene     int    `db:"scene"`
	Village   int64  `db:"village"`
	Household *int64 `db:"household"` // nil: the number is free again
	Account   string `db:"account"`   // the AppID whose code it is
	URL       string `db:"url"`       // what the picture says; "" until the platform told it
	GivenAt   Moment `db:"given_at"`
	FreedAt   Moment `db:"freed_at"` // 0 while it is given
}

func (Door) table() string { return "door" }

// DoorsBound is how many permanent codes the platform allows an account.
const DoorsBound = 100_000

// ErrNoDoors means that the county has given out every number.
var ErrNoDoors = errors.New("all 100,000 numbers of door codes are given out: free those of households that are not visited any more")

// GiveDoor gives a household a number, or finds the one it has. New numbers
// come first, then those that were freed longest ago: an old sheet may hang on
// in a kitchen.
func (v In) GiveDoor(household int64, account string) (Door, error) {
	d, found, err := one[Door](v.tx, "WHERE household = ?", household)
	if err != nil || found {
		return d, err
	}
	last, err := v.tx.number("SELECT MAX(scene) FROM door")
	if err != nil {
		return Door{}, err
	}
	if last >= DoorsBound {
		return v.giveAgain(household, account)
	}
	d = Door{Scene: int(last) + 1, Village: v.ID, Household: &household, Account: account, GivenAt: At(v.tx.now)}
	if err := insert(v.tx, &d); err != nil {
		return Door{}, fmt.Errorf("give door number %d: %w", d.Scene, err)
	}
	return d, nil
}

// giveAgain takes the number that was freed longest ago.
func (v In) giveAgain(household int64, account string) (Door, error) {
	free, found, err := one[Door](v.tx, "WHERE freed_at > 0 ORDER BY freed_at, scene LIMIT 1")
	switch {
	case err != nil:
		return Door{}, err
	case !found:
		return Door{}, ErrNoDoors
	}
	d := Door{Scene: free.Scene, Village: v.ID, Household: &household, Account: account, GivenAt: At(v.tx.now)}
	n, err := v.tx.exec("UPDATE door SET village = ?, household = ?, account = ?, url = '', given_at = ?, freed_at = 0 WHERE scene = ? AND household IS NULL",
		d.Village, household, account, d.GivenAt, d.Scene)
	if err == nil && n == 0 {
		err = fmt.Errorf("give door number %d: somebody else took it", d.Scene)
	}
	return d, err
}

// SayDoor stores what the picture of a number says, and whose code it is.
func (v In) SayDoor(scene int, account, url string) error {
	return v.tx.change("UPDATE door SET account = ?, url = ? WHERE scene = ? AND village = ?", account, url, scene, v.ID)
}

// FreeDoor takes a number back: its code means nothing from now on.
func (v In) FreeDoor(scene int) error {
	return v.tx.change("UPDATE door SET household = NULL, url = '', freed_at = ? WHERE scene = ? AND village = ? AND household IS NOT NULL",
		At(v.tx.now), scene, v.ID)
}

// Doors are the numbers that the village's households have, in order.
func (v In) Doors() ([]Door, error) {
	return list[Door](v.tx, "WHERE village = ? AND household IS NOT NULL ORDER BY scene", v.ID)
}

// Door finds what a code means; false for a number that nobody has.
func (tx *Tx) Door(scene int) (Door, bool, error) {
	d, found, err := one[Door](tx, "WHERE scene = ?", scene)
	return d, found && d.Household != nil, err
}

// DoorCounts are how many numbers are given, and how many were ever used: each
// of these is a permanent code of the platform.
func (tx *Tx) DoorCounts() (given, used int64, err error) {
	if used, err = tx.number("SELECT COUNT(*) FROM door"); err != nil {
		return 0, 0, err
	}
	given, err = tx.number("SELECT COUNT(household) FROM door")
	return given, used, err
}
