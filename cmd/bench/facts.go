package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"mishu/storage"
)

// facts are what the numbers were measured on.
type facts struct {
	date, command, processor, goVersion, mariadb, redis string
	cores                                               int
}

func machine(ctx context.Context, h *house, args []string) (f facts, err error) {
	f.date = time.Now().In(storage.Shanghai).Format(time.DateOnly)
	f.command = strings.TrimSpace("go run ./cmd/bench " + strings.Join(args, " "))
	f.goVersion, f.cores, f.processor = runtime.Version(), runtime.NumCPU(), processor()
	if err = h.asks.QueryRowContext(ctx, "SELECT VERSION()").Scan(&f.mariadb); err != nil {
		return f, fmt.Errorf("ask MariaDB its version: %w", err)
	}
	f.redis, err = h.redisSays(ctx, "redis_version")
	return f, err
}

// processor is the name of its make, "" where the system does not tell.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func (f facts) markdown() string {
	processor := ""
	if f.processor != "" {
		processor = " (" + f.processor + ")"
	}
	return fmt.Sprintf("Measured on %s by `%s` on %d cores%s, shared by mishu, the floor, MariaDB, Redis and the load; %s, MariaDB %s, Redis %s.",
		f.date, f.command, f.cores, processor, f.goVersion, f.mariadb, f.redis)
}
