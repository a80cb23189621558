package bot

import (
	"context"
	"slices"

	"mishu/storage"
	"mishu/storage/session"
)

// facts are what is known of an OpenID before it says anything: whom it is
// bound to, whether something waits to be carried to it, and whether it has taken
// a request. They are kept in memory under the version that the session store
// gives with each message.
type facts struct {
	version string
	members []storage.Member
	carries bool
	holds   bool
}

// carryBound is how many notices ride on one reply at most (settled.md 20 and
// design.md: at most two).
const carryBound = 2

// know gives the facts about who speaks. version "" means that they may be
// changing right now: they are read, and not kept.
func (b *Bot) know(ctx context.Context, who session.Who, version string) (facts, error) {
	if version == awayVersion {
		version = ""
	}
	if f, ok := b.facts.Get(who); ok && version != "" && f.version == version && !f.carries {
		return f, nil
	}
	f := facts{version: version}
	err := b.store.View(ctx, func(tx *storage.Tx) (err error) {
		if f.members, err = tx.Members(who.Account, who.OpenID); err != nil {
			return err
		}
		for _, m := range f.members {
			if m.State != storage.Active {
				continue
			}
			waiting, err := tx.In(m.Village).CarriedFor(m.Person, 1)
			if err != nil {
				return err
			}
			holds, err := tx.In(m.Village).Holds(m.Person)
			if err != nil {
				return err
			}
			f.carries, f.holds = f.carries || len(waiting) > 0, f.holds || holds
		}
		return nil
	})
	if err != nil {
		return facts{}, err
	}
	if version != "" {
		b.facts.Add(who, f)
	}
	return f, nil
}

// speaker is the binding a message is heard under: the village of the open
// question, else the one used last, else the first (settled.md 47).
func (f facts) speaker(village int64) (storage.Member, bool) {
	var first *storage.Member
	for i, m := range f.members {
		if m.State != storage.Active {
			continue
		}
		if m.Village == village {
			return m, true
		}
		if first == nil {
			first = &f.members[i]
		}
	}
	if first == nil {
		return storage.Member{}, false
	}
	return *first, true
}

// unreached reports whether somebody who is bound was taken for gone.
func (f facts) unreached() bool {
	return slices.ContainsFunc(f.members, func(m storage.Member) bool { return m.State == storage.Active && !m.Followed })
}

// pendingVillage is the village that an OpenID has asked to be bound in.
func (f facts) pendingVillage() int64 {
	for _, m := range f.members {
		if m.State == storage.Pending {
			return m.Village
		}
	}
	return 0
}
