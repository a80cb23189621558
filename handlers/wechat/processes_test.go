package wechat

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"mishu/storage/private"
)

// asFetcher makes the test binary a process that fetches tokens: "platform redis".
const asFetcher = "MISHU_TEST_FETCHER"

// fetchers is how many ask at once in each process.
const fetchers = 20

// TestMain lets the binary be one of two processes.
func TestMain(m *testing.M) {
	if at := os.Getenv(asFetcher); at != "" {
		base, address, _ := strings.Cut(at, " ")
		fetchAll(base, address)
		return
	}
	os.Exit(m.Run())
}

// fetchAll says that it is ready, waits for a line, and prints what its
// goroutines got: first when they ask, then when the first token is refused.
func fetchAll(base, address string) {
	opt, err := redis.ParseURL(address)
	if err != nil {
		fmt.Println(err)
		return
	}
	client := redis.NewClient(opt)
	defer client.Close()
	source := NewTokens(testAccount, base, NewRedisTokens(client), nil, time.Now, nil)
	in := bufio.NewReader(os.Stdin)
	fmt.Println("ready")
	_, _ = in.ReadString('\n')
	bad := ""
	for range 2 {
		got := make([]string, fetchers)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() {
				token, err := source.Token(context.Background())
				if bad != "" {
					token, err = source.Refused(context.Background(), bad)
				}
				if got[i] = token; err != nil {
					got[i] = err.Error()
				}
			})
		}
		wg.Wait()
		line, _ := json.Marshal(got)
		fmt.Println(string(line))
		bad = got[0]
		_, _ = in.ReadString('\n')
	}
}

// fetcher is one of the processes.
type fetcher struct {
	in  io.WriteCloser
	out *bufio.Scanner
}

func spawnFetcher(t *testing.T, base, address string) *fetcher {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), asFetcher+"="+base+" "+address)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait() // it ends when its input does
	})
	f := &fetcher{in, bufio.NewScanner(out)}
	if f.line(t) != "ready" {
		t.Fatal("the process is not ready")
	}
	return f
}

func (f *fetcher) line(t *testing.T) string {
	t.Helper()
	if !f.out.Scan() {
		t.Fatalf("a process ended: %v", f.out.Err())
	}
	return f.out.Text()
}

func (f *fetcher) begin(t *testing.T) {
	t.Helper()
	if _, err := io.WriteString(f.in, "\n"); err != nil {
		t.Fatal(err)
	}
}

// TestTwoProcessesOneFetch: two processes of twenty goroutines each, one Redis:
// one fetch for all, and one more when all of them meet a token that is refused.
func TestTwoProcessesOneFetch(t *testing.T) {
	p := newPlatform(t)
	address := private.Redis(t)
	both := []*fetcher{spawnFetcher(t, p.URL, address), spawnFetcher(t, p.URL, address)}
	for _, want := range []string{"SECRET-T1", "SECRET-T2"} {
		for _, f := range both {
			f.begin(t)
		}
		for n, f := range both {
			var got []string
			if err := json.Unmarshal([]byte(f.line(t)), &got); err != nil || len(got) != fetchers {
				t.Fatalf("process %d: %d tokens, %v", n, len(got), err)
			}
			for _, token := range got {
				if token != want {
					t.Errorf("process %d got %q, want %s", n, token, want)
				}
			}
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tokens != 2 {
		t.Errorf("%d fetches, want one for all and one after the refusal", p.tokens)
	}
}
