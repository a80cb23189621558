// Package tags keeps the platform's tags in step with the roles: the menus that
// people see go by them.
package tags

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"mishu/bot/book"
	"mishu/storage"
)

// The tags. Who has none sees the menu of everybody.
const (
	Office = "村部"
	Helper = "志愿者"
)

// All are the tags that exist.
var All = []string{Office, Helper}

// Of is the tag of a person, "" for none.
func Of(b *book.Book, person int64) string {
	switch {
	case b.Has(person, storage.Secretary, storage.Chair):
		return Office
	case b.Has(person, storage.Helper, storage.Leader, storage.Doctor, storage.ChildCare, storage.Cook):
		return Helper
	}
	return ""
}

// Platform is the part of the platform's API that tags need. Doing anything
// twice changes nothing.
type Platform interface {
	TagIDs(ctx context.Context, names []string) (map[string]int, error)
	// Tag puts a tag on people or takes it off. ErrRefused: one of them at least
	// cannot be tagged, as he follows no more.
	Tag(ctx context.Context, id int, on bool, openIDs []string) error
}

// ErrRefused is what the platform says of people whom it does not tag.
var ErrRefused = errors.New("the platform does not tag somebody of these")

// Sync brings the tags of one account up to date, a piece at a time. What it has
// done is in the records: it may stop anywhere, and several may run.
type Sync struct {
	Store    *storage.Store
	Books    *book.Shelf
	Account  string
	Platform Platform

	mu    sync.Mutex
	after string // the OpenID up to which this round has come
	ids   map[string]int
}

// atOnce is how many people one run looks at: a county's 5,000 take ten minutes.
const atOnce = 500

// Run looks at the next people and tells the platform what has changed.
func (s *Sync) Run(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	people, last, err := s.changed(ctx)
	if err != nil {
		return err
	}
	if len(people) > 0 {
		if err := s.tell(ctx, people); err != nil {
			return err
		}
	}
	s.after = last
	return nil
}

// change is somebody whose tag is not what it should be.
type change struct {
	openid    string
	have, due string
}

// changed finds the next people with another tag than they should have; last is
// where the next run begins, "" after the end.
func (s *Sync) changed(ctx context.Context) (out []change, last string, err error) {
	var members []storage.Member
	have := map[string]string{}
	err = s.Store.View(ctx, func(tx *storage.Tx) error {
		if members, err = tx.FollowersOf(s.Account, s.after, atOnce); err != nil || len(members) == 0 {
			return err
		}
		known, err := tx.Taggings(s.Account, s.after, members[len(members)-1].OpenID)
		for _, t := range known {
			have[t.OpenID] = t.Tags
		}
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("look at tags: %w", err)
	}
	due := map[string]string{}
	for _, m := range members {
		b, err := s.Books.Read(ctx, m.Village)
		if err != nil {
			return nil, "", err
		}
		due[m.OpenID] = heavier(due[m.OpenID], Of(b, m.Person))
	}
	for openid, tag := range due {
		if tag != have[openid] {
			out = append(out, change{openid, have[openid], tag})
		}
	}
	if len(members) == atOnce {
		last = members[len(members)-1].OpenID
	}
	return out, last, nil
}

// heavier is the tag of somebody who has one in each of two villages.
func heavier(a, b string) string {
	if a == "" || b == Office {
		return b
	}
	return a
}

// tell changes the tags on the platform, then the records: whoever dies between
// the two does it again.
func (s *Sync) tell(ctx context.Context, people []change) (err error) {
	if s.ids == nil {
		if s.ids, err = s.Platform.TagIDs(ctx, All); err != nil {
			return err
		}
	}
	for _, tag := range All {
		var off, on []string
		for _, p := range people {
			if p.have == tag {
				off = append(off, p.openid)
			}
			if p.due == tag {
				on = append(on, p.openid)
			}
		}
		if err := s.put(ctx, s.ids[tag], off, on); err != nil {
			s.ids = nil // somebody may have removed a tag in the console
			return err
		}
	}
	return s.Store.Update(ctx, func(tx *storage.Tx) error {
		for _, p := range people {
			if err := tx.Tagged(storage.Tagging{Account: s.Account, OpenID: p.openid, Tags: p.due}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Sync) put(ctx context.Context, id int, off, on []string) error {
	slices.Sort(off)
	slices.Sort(on)
	return errors.Join(s.each(ctx, id, false, off), s.each(ctx, id, true, on))
}

// each tags people together; where one of them is refused, one by one, so that
// who has left in this moment keeps nobody else from his menu. His own tag is
// noted as done: should he come back, he begins without one.
func (s *Sync) each(ctx context.Context, id int, on bool, people []string) error {
	if len(people) == 0 {
		return nil
	}
	err := s.Platform.Tag(ctx, id, on, people)
	if !errors.Is(err, ErrRefused) {
		return err
	}
	for _, one := range people {
		if err := s.Platform.Tag(ctx, id, on, []string{one}); err != nil && !errors.Is(err, ErrRefused) {
			return err
		}
	}
	return nil
}
