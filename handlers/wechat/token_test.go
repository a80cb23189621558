package wechat

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"pgregory.net/rapid"

	"mishu/storage/private"
)

// stores are the two token stores; both must pass.
func stores(t *testing.T, clock *testClock, check func(t *testing.T, store TokenStore)) {
	t.Run("memory", func(t *testing.T) { check(t, NewMemoryTokens(clock.now)) })
	t.Run("redis", func(t *testing.T) {
		opt, err := redis.ParseURL(private.Redis(t))
		if err != nil {
			t.Fatal(err)
		}
		client := redis.NewClient(opt)
		defer client.Close()
		check(t, NewRedisTokens(client))
	})
}

func TestTokenStores(t *testing.T) {
	stores(t, newClock(), func(t *testing.T, store TokenStore) {
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, found, err := store.Get(ctx, "k"); found || err != nil {
			t.Errorf("empty: %v %v", found, err)
		}
		must(store.Set(ctx, "k", "v1", time.Minute))
		must(store.CompareAndDelete(ctx, "k", "v0"))
		if v, found, err := store.Get(ctx, "k"); v != "v1" || !found || err != nil {
			t.Errorf("get: %q %v %v", v, found, err)
		}
		must(store.CompareAndDelete(ctx, "k", "v1"))
		if _, found, _ := store.Get(ctx, "k"); found {
			t.Error("not deleted")
		}
		first, err := store.Lock(ctx, "lock", "me", time.Minute)
		second, err2 := store.Lock(ctx, "lock", "you", time.Minute)
		if !first || second || err != nil || err2 != nil {
			t.Errorf("lock: %v %v %v %v", first, second, err, err2)
		}
		for want := int64(1); want <= 3; want++ {
			if n, err := store.Count(ctx, "n", time.Minute); n != want || err != nil {
				t.Errorf("count: %d %v", n, err)
			}
		}
	})
}

// TestOneFetchForAll: two processes of twenty goroutines each.
func TestOneFetchForAll(t *testing.T) {
	clock := newClock()
	stores(t, clock, func(t *testing.T, store TokenStore) {
		p := newPlatform(t)
		var wg sync.WaitGroup
		for range 2 {
			source := p.source(store, clock)
			for range 20 {
				wg.Go(func() {
					if token, err := source.Token(t.Context()); token != "SECRET-T1" || err != nil {
						t.Errorf("%q %v", token, err)
					}
				})
			}
		}
		wg.Wait()
		if p.tokens != 1 {
			t.Errorf("%d fetches", p.tokens)
		}
	})
}

// TestRefusedByAll: forty goroutines meet a token that the platform dropped.
func TestRefusedByAll(t *testing.T) {
	clock := newClock()
	stores(t, clock, func(t *testing.T, store TokenStore) {
		for name, fixed := range map[string]bool{"a new one is given": false, "the same is given until forced": true} {
			p := newPlatform(t)
			p.fixed = fixed
			var wg sync.WaitGroup
			sources := []*TokenSource{p.source(store, clock), p.source(store, clock)}
			bad, err := sources[0].Token(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for i := range 40 {
				wg.Go(func() {
					if token, err := sources[i%2].Refused(t.Context(), bad); token != "SECRET-T2" || err != nil {
						t.Errorf("%s: %q %v", name, token, err)
					}
				})
			}
			wg.Wait()
			if fixed && p.forced != 1 || !fixed && p.forced != 0 {
				t.Errorf("%s: forced %d times", name, p.forced)
			}
			_ = store.CompareAndDelete(t.Context(), sources[0].key("token"), "SECRET-T2")
			p.checkNoSecrets(t)
		}
	})
}

func TestForceIsGuarded(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	p.fixed = true
	store := NewMemoryTokens(clock.now)
	source := p.source(store, clock)
	token, err := source.Token(t.Context())
	for i := range forceADay + 3 {
		if err != nil {
			t.Fatal(err)
		}
		last := token
		token, err = source.Refused(t.Context(), last)
		if i == 0 { // thirty seconds have not passed
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if _, early := source.Refused(ctx, token); !errors.Is(early, errNoForce) {
				t.Errorf("forced again at once: %v", early)
			}
		}
		if i == forceADay {
			break
		}
		clock.move(forceEvery + time.Second)
	}
	if !errors.Is(err, errNoForce) || p.forced != forceADay {
		t.Errorf("forced %d times, %v", p.forced, err)
	}
}

func TestTokenLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(1, 1<<40).Draw(t, "seconds")
		if ttl := life(seconds); ttl <= 0 || ttl > time.Duration(min(seconds, 24*3600))*time.Second {
			t.Fatalf("life(%d) = %v", seconds, ttl)
		}
	})
	for seconds, want := range map[int64]time.Duration{7200: 115 * time.Minute, 300: time.Minute, 301: time.Minute, 60: 30 * time.Second} {
		if got := life(seconds); got != want {
			t.Errorf("life(%d) = %v", seconds, got)
		}
	}
	p, clock := newPlatform(t), newClock()
	p.seconds = 300
	source := p.source(NewMemoryTokens(clock.now), clock)
	for range 5 {
		if _, err := source.Token(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if p.tokens != 1 {
		t.Errorf("expires_in 300 fetched %d times", p.tokens)
	}
	clock.move(61 * time.Second)
	if token, _ := source.Token(t.Context()); token != "SECRET-T2" {
		t.Errorf("after its life: %q", token)
	}
}

func TestTokenAnswers(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing": "{}", "no token": `{"expires_in":7200}`, "no life": `{"access_token":"SECRET-T1","expires_in":0}`,
		"no JSON": "<html>", "wrong shape": `{"access_token":5}`, "code": `{"errcode":40164,"errmsg":"invalid ip 1.2.3.4, rid: 5"}`,
	} {
		p, clock := newPlatform(t), newClock()
		p.tokenErr = raw
		token, err := p.source(NewMemoryTokens(clock.now), clock).Token(t.Context())
		if token != "" || err == nil {
			t.Errorf("%s: %q %v", name, token, err)
			continue
		}
		p.checkNoSecrets(t, err.Error())
		if name == "code" && codeOf(err) != 40164 {
			t.Errorf("code lost: %v", err)
		}
	}
}

// TestTokenWithoutRedis: each process goes on with its own copy.
func TestTokenWithoutRedis(t *testing.T) {
	client := redis.NewClient(&redis.Options{
		Addr: "127.0.0.1:1", MaxRetries: -1, DialTimeout: 50 * time.Millisecond,
		DialerRetries: 1,
	})
	defer client.Close()
	p, clock := newPlatform(t), newClock()
	source := p.source(NewRedisTokens(client), clock)
	for range 3 {
		if token, err := source.Token(t.Context()); token != "SECRET-T1" || err != nil {
			t.Fatalf("%q %v", token, err)
		}
	}
	if token, err := source.Refused(t.Context(), "SECRET-T1"); token != "SECRET-T2" || err != nil {
		t.Errorf("refused: %q %v", token, err)
	}
	clock.move(2 * time.Hour)
	if token, err := source.Token(t.Context()); token != "SECRET-T3" || err != nil {
		t.Errorf("expired: %q %v", token, err)
	}
	p.checkNoSecrets(t)
}

func TestTransportErrorsHideSecrets(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	account := testAccount
	account.Secret = "wrong-secret-in-console"
	_, err := NewTokens(account, p.URL, NewMemoryTokens(clock.now), nil, clock.now, nil).Token(t.Context())
	if err == nil {
		t.Fatal("a wrong secret was taken")
	}
	if codeOf(err) != 40125 {
		t.Errorf("%v", err)
	}
	p.checkNoSecrets(t, err.Error())
	if text := err.Error(); strings.Contains(text, account.Secret) {
		t.Errorf("shows the secret: %s", text)
	}
	a := p.api(clock)
	if _, err := a.tokens.Token(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Close()
	err = a.PublishMenu(t.Context(), []byte("{}"))
	if err == nil {
		t.Fatal("published to a closed server")
	}
	p.checkNoSecrets(t, err.Error())
}

// TestClassicToken: the other way of getting a token, for who needs it; one
// fetch for all, and a new one when the platform takes it no more.
func TestClassicToken(t *testing.T) {
	clock := newClock()
	stores(t, clock, func(t *testing.T, store TokenStore) {
		p := newPlatform(t)
		account := testAccount
		account.ClassicToken = true
		source := NewTokens(account, p.URL, store, p.Client(), clock.now, p.logger())
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if token, err := source.Token(t.Context()); token != "SECRET-T1" || err != nil {
					t.Errorf("%q %v", token, err)
				}
			})
		}
		wg.Wait()
		if token, err := source.Refused(t.Context(), "SECRET-T1"); token != "SECRET-T2" || err != nil {
			t.Errorf("refused: %q %v", token, err)
		}
		p.Close()
		if _, err := source.Refused(t.Context(), "SECRET-T2"); err == nil {
			t.Error("a closed server gave a token")
		} else {
			p.checkNoSecrets(t, err.Error())
		}
	})
}
