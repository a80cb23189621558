package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// gauge is what has been used up to a moment.
type gauge struct {
	cpu     map[string]time.Duration // by whom
	queries float64                  // that MariaDB was asked
	mallocs float64                  // of mishu; 0 for the floor
	bytes   float64
}

// gauge reads everything that is counted while p serves.
func (h *house) gauge(ctx context.Context, p *process) (g gauge, err error) {
	g.cpu = map[string]time.Duration{}
	pids := map[string]int{"server": p.cmd.Process.Pid, "load": os.Getpid()}
	for name, pid := range h.pids {
		pids[name] = pid
	}
	for name, pid := range pids {
		if g.cpu[name], err = cpu(pid); err != nil {
			return g, err
		}
	}
	if g.queries, err = h.queries(ctx); err != nil || p.admin == "" {
		return g, err
	}
	m, err := metrics(ctx, p.admin, "go_memstats_mallocs_total", "go_memstats_alloc_bytes_total")
	if err != nil {
		return g, err
	}
	g.mallocs, g.bytes = m[0], m[1]
	return g, nil
}

func (h *house) queries(ctx context.Context) (n float64, err error) {
	var name string
	if err = h.asks.QueryRowContext(ctx, "SHOW GLOBAL STATUS LIKE 'Questions'").Scan(&name, &n); err != nil {
		return 0, fmt.Errorf("ask MariaDB how much it was asked: %w", err)
	}
	return n, nil
}

// metrics reads values of /metrics by their names.
func metrics(ctx context.Context, admin string, names ...string) ([]float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+admin+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	defer res.Body.Close()
	values := make([]float64, len(names))
	found := 0
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		for i, name := range names {
			if rest, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
				if values[i], err = strconv.ParseFloat(rest, 64); err != nil {
					return nil, fmt.Errorf("read metrics: %w", err)
				}
				found++
			}
		}
	}
	if found != len(names) {
		return nil, fmt.Errorf("read metrics: %d of %d are there", found, len(names))
	}
	return values, nil
}

// use is what one message took.
type use struct {
	cpu                     map[string]time.Duration
	queries, mallocs, bytes float64
}

// per divides what was used between two moments by the messages.
func per(before, after gauge, messages int) use {
	n := float64(messages)
	u := use{cpu: map[string]time.Duration{}, queries: (after.queries - before.queries) / n, mallocs: (after.mallocs - before.mallocs) / n, bytes: (after.bytes - before.bytes) / n}
	for name := range after.cpu {
		u.cpu[name] = (after.cpu[name] - before.cpu[name]) / time.Duration(messages)
	}
	return u
}
