package book

import (
	"context"
	"slices"
	"strconv"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"mishu/storage"
)

// shelfSize bounds the books in memory: a county's 400 villages and as many
// again fit; a province's replicas hold those whose people write now.
const shelfSize = 1000

// Shelf keeps the books that were read lately.
type Shelf struct {
	store *storage.Store
	books *lru.Cache[int64, *Book]
	one   singleflight.Group
	mu    sync.Mutex
}

// NewShelf makes an empty shelf.
func NewShelf(store *storage.Store) *Shelf {
	books, err := lru.New[int64, *Book](shelfSize)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	return &Shelf{store: store, books: books}
}

// Kept is the newest book this process has read of a village today, without
// asking the records whether it is the newest there is; nil if none.
func (s *Shelf) Kept(village int64) *Book {
	b, _ := s.books.Get(village)
	if b == nil || b.day != s.store.Today() {
		return nil
	}
	return b
}

// Drop forgets a book that turned out to be old.
func (s *Shelf) Drop(village int64) { s.books.Remove(village) }

// versionsAtOnce bounds one look at the versions of the kept books.
const versionsAtOnce = 200

// Refresh forgets the books whose villages have changed. It runs every few
// seconds, so that what is only looked up is never judged by a book that is
// older; what is stored is checked against the version as it is stored.
func (s *Shelf) Refresh(ctx context.Context) error {
	for ids := range slices.Chunk(s.books.Keys(), versionsAtOnce) {
		var versions map[int64]int64
		err := s.store.View(ctx, func(tx *storage.Tx) (err error) {
			versions, err = tx.Versions(ids)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range ids {
			if b, ok := s.books.Peek(id); ok && b.Village.Version != versions[id] {
				s.Drop(id)
			}
		}
	}
	return nil
}

// Book is the village's book in its present version; the version is read from
// the given transaction, so that a message is judged by what it will be stored
// beside.
func (s *Shelf) Book(v storage.In) (*Book, error) {
	version, err := v.Version()
	if err != nil {
		return nil, err
	}
	if b := s.Kept(v.ID); b != nil && b.Village.Version == version {
		return b, nil
	}
	b, err := Load(v)
	if err != nil {
		return nil, err
	}
	s.keep(b)
	return b, nil
}

// keep puts a book on the shelf unless a newer one stands there.
func (s *Shelf) keep(b *Book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.Kept(b.Village.ID); old != nil && old.Village.Version > b.Village.Version {
		return
	}
	s.books.Add(b.Village.ID, b)
}

// Read loads a village's book outside any transaction; many callers at once
// share one reading.
func (s *Shelf) Read(ctx context.Context, village int64) (*Book, error) {
	if b := s.Kept(village); b != nil {
		return b, nil
	}
	key := strconv.FormatInt(village, 10)
	got, err, _ := s.one.Do(key, func() (any, error) {
		var b *Book
		err := s.store.View(context.WithoutCancel(ctx), func(tx *storage.Tx) (err error) {
			b, err = s.Book(tx.In(village))
			return err
		})
		return b, err
	})
	if err != nil {
		return nil, err
	}
	return got.(*Book), nil
}
