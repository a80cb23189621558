package storage

import (
	"errors"
	"fmt"
)

// ErrNoConsent means that a record was not stored because the person it is about
// has not agreed that such a thing is kept.
var ErrNoConsent = errors.New("not agreed to be kept")

// Basis is why the store may keep something about one person. The zero Basis
// covers what may be kept of everybody (settled.md 25): name, group, year of
// birth, whether on the visit list, and of a visit its day, who, and whether
// met. Only this package makes others, so that nobody keeps more by mistake.
type Basis struct {
	village, person int64
	basic, health   bool
	why             string // consent, own, told, rescue, duty
	tie             string // told: what the speaker is to the person
}

// Basic reports whether address, telephone, family and words may be kept.
func (b Basis) Basic() bool { return b.basic }

// Health reports whether findings and readings may be kept.
func (b Basis) Health() bool { return b.health }

// covers refuses what the basis does not reach.
func (b Basis) covers(v In, person int64, need Need, what string) error {
	mine := b.village == v.ID && b.person == person
	switch {
	case need == NeedNothing,
		mine && need == NeedRequest && b.why != "",
		mine && need == NeedBasic && b.basic,
		mine && need == NeedHealth && b.health:
		return nil
	}
	return fmt.Errorf("%s of person %d: %w", what, person, ErrNoConsent)
}

// Need is how much a record needs.
type Need int

// The needs.
const (
	NeedNothing Need = iota
	NeedRequest      // a request for help: any basis, good for that one
	NeedBasic
	NeedHealth
)

// Own is the basis of what a person says of himself and asks for himself.
func (v In) Own(person int64) Basis {
	return Basis{village: v.ID, person: person, why: "own"}
}

// Told is the basis of one request that another passes on 口头转述; tie is what he
// is to the person: 儿子, 邻居.
func (v In) Told(person int64, tie string) Basis {
	return Basis{village: v.ID, person: person, why: "told", tie: tie}
}

// Rescue is the basis of what is kept to protect a life (PIPL 13, 4): it asks
// for nobody's consent.
func (v In) Rescue(person int64) Basis {
	return Basis{village: v.ID, person: person, basic: true, health: true, why: "rescue"}
}

// LegalDuty is the basis of what a law obliges the village to keep: the file of
// a child (未成年人保护法 43), and how to reach whoever holds an office.
func (v In) LegalDuty(person int64) Basis {
	return Basis{village: v.ID, person: person, basic: true, why: "duty"}
}

// Bases are the answers that stand in a village, and the bases that they give by
// person.
func (v In) Bases() (map[int64]Basis, []Consent, error) {
	rows, err := v.Consents()
	if err != nil {
		return nil, nil, err
	}
	all := map[int64]Basis{}
	for _, c := range rows {
		if c.Answer != Given {
			continue
		}
		all[c.Person] = all[c.Person].with(v, c)
	}
	return all, rows, nil
}

// with is the basis widened by one more consent that stands. Whoever agrees to
// more agrees to less; what is agreed about a proxy is no basis for a record.
func (b Basis) with(v In, c Consent) Basis {
	health := c.Kind == ToHealth
	if health || c.Kind == ToBasic {
		b.village, b.person, b.why = v.ID, c.Person, "consent"
	}
	b.basic, b.health = b.basic || health || c.Kind == ToBasic, b.health || health
	return b
}

// As is the basis for passing on a request of somebody who has agreed to be
// known: the tie is recorded, the consent stays what it is.
func (b Basis) As(tie string) Basis {
	b.tie = tie
	return b
}
