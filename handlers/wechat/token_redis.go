package wechat

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// RedisTokens is a TokenStore for several processes.
type RedisTokens struct{ client redis.UniversalClient }

// NewRedisTokens makes a store over a client whose timeouts are the caller's.
func NewRedisTokens(client redis.UniversalClient) *RedisTokens { return &RedisTokens{client} }

// compareAndDelete is one step on the server: between a GET and a DEL another
// process could put the new token in.
var compareAndDelete = redis.NewScript(`if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`)

// countUp sets the life of a counter together with its first use, so that none
// stays for ever.
var countUp = redis.NewScript(`local n = redis.call("INCR", KEYS[1]) if n == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end return n`)

// Get implements TokenStore.
func (s *RedisTokens) Get(ctx context.Context, key string) (string, bool, error) {
	v, err := s.client.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("get token: %w", err)
	}
	return v, true, nil
}

// Set implements TokenStore.
func (s *RedisTokens) Set(ctx context.Context, key, value string, ttl time.Duration) error {
	if ttl <= 0 {
		return errors.New("set token: a life of zero would be for ever")
	}
	if err := s.client.Set(ctx, key, value, ttl).Err(); err != nil {
		return fmt.Errorf("set token: %w", err)
	}
	return nil
}

// CompareAndDelete implements TokenStore.
func (s *RedisTokens) CompareAndDelete(ctx context.Context, key, value string) error {
	if err := compareAndDelete.Run(ctx, s.client, []string{key}, value).Err(); err != nil {
		return fmt.Errorf("drop token: %w", err)
	}
	return nil
}

// Lock implements TokenStore.
func (s *RedisTokens) Lock(ctx context.Context, key, owner string, ttl time.Duration) (bool, error) {
	got, err := s.client.SetNX(ctx, key, owner, ttl).Result()
	if err != nil {
		return false, fmt.Errorf("lock token: %w", err)
	}
	return got, nil
}

// Count implements TokenStore.
func (s *RedisTokens) Count(ctx context.Context, key string, ttl time.Duration) (int64, error) {
	n, err := countUp.Run(ctx, s.client, []string{key}, ttl.Milliseconds()).Int64()
	if err != nil {
		return 0, fmt.Errorf("count token: %w", err)
	}
	return n, nil
}
