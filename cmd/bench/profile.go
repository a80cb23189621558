package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// profiled runs one more slice of a side under the CPU profiler, and counts it
// nowhere.
func (b *runner) profiled(ctx context.Context, s *side, name string) error {
	if b.profile == "" {
		return nil
	}
	if err := os.MkdirAll(b.profile, 0o755); err != nil {
		return fmt.Errorf("make folder of profiles: %w", err)
	}
	seconds := max(1, int(b.sizes.slice.Seconds()))
	done := make(chan error, 1)
	go func() {
		url := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", s.proc.admin, seconds)
		done <- fetch(ctx, url, filepath.Join(b.profile, name+".cpu.pprof"))
	}()
	_, _, err := b.shoot(ctx, s, b.sizes.slice)
	err = errors.Join(err, <-done)
	return errors.Join(err, fetch(ctx, "http://"+s.proc.admin+"/debug/pprof/allocs", filepath.Join(b.profile, name+".allocs.pprof")))
}

func fetch(ctx context.Context, url, file string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("read profile: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("read profile: %s", res.Status)
	}
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("write profile: %w", err)
	}
	_, err = io.Copy(out, res.Body)
	return errors.Join(err, out.Close())
}
