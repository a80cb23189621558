package wechat

import (
	"context"
	"sync"
	"time"
)

// A TokenStore is where the processes of one deployment share a token. A ttl
// is always positive. Keys are whole: the store adds nothing to them.
type TokenStore interface {
	Get(ctx context.Context, key string) (value string, found bool, err error)
	Set(ctx context.Context, key, value string, ttl time.Duration) error
	// CompareAndDelete removes key only while it holds value: a token that was
	// renewed meanwhile stays.
	CompareAndDelete(ctx context.Context, key, value string) error
	// Lock sets key to owner if it is not set; CompareAndDelete unlocks.
	Lock(ctx context.Context, key, owner string, ttl time.Duration) (got bool, err error)
	// Count adds one to a counter that lives ttl from its first use.
	Count(ctx context.Context, key string, ttl time.Duration) (int64, error)
}

// MemoryTokens is a TokenStore for a single process.
type MemoryTokens struct {
	now func() time.Time
	mu  sync.Mutex
	all map[string]memoryToken
}

type memoryToken struct {
	value string
	count int64
	until time.Time
}

// NewMemoryTokens makes an empty store.
func NewMemoryTokens(now func() time.Time) *MemoryTokens {
	return &MemoryTokens{now: now, all: map[string]memoryToken{}}
}

// Get implements TokenStore.
func (s *MemoryTokens) Get(_ context.Context, key string) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, found := s.live(key)
	return t.value, found, nil
}

// Set implements TokenStore.
func (s *MemoryTokens) Set(_ context.Context, key, value string, ttl time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all[key] = memoryToken{value: value, until: s.now().Add(ttl)}
	return nil
}

// CompareAndDelete implements TokenStore.
func (s *MemoryTokens) CompareAndDelete(_ context.Context, key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, found := s.live(key); found && t.value == value {
		delete(s.all, key)
	}
	return nil
}

// Lock implements TokenStore.
func (s *MemoryTokens) Lock(_ context.Context, key, owner string, ttl time.Duration) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, taken := s.live(key); taken {
		return false, nil
	}
	s.all[key] = memoryToken{value: owner, until: s.now().Add(ttl)}
	return true, nil
}

// Count implements TokenStore.
func (s *MemoryTokens) Count(_ context.Context, key string, ttl time.Duration) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, found := s.live(key)
	if !found {
		t = memoryToken{until: s.now().Add(ttl)}
	}
	t.count++
	s.all[key] = t
	return t.count, nil
}

// live finds what has not expired; mu is held.
func (s *MemoryTokens) live(key string) (memoryToken, bool) {
	t, found := s.all[key]
	if found && !s.now().Before(t.until) {
		delete(s.all, key)
		return memoryToken{}, false
	}
	return t, found
}
