// Floor is the bare server that mishu's speed is compared with: it does for a
// message what no account can leave out (check the signature, decrypt, decode,
// one trip to a store, encrypt, answer) and nothing else. It is written the
// plain way on purpose, with what the standard library has.
//
//	floor plain|redis|mysql HOST:PORT
//
// The secrets come as FLOOR_TOKEN, FLOOR_AESKEY and FLOOR_APPID, the store as
// FLOOR_REDIS (host:port) or FLOOR_MYSQL (the driver's own form of address).
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: floor plain|redis|mysql HOST:PORT")

// run serves until ctx ends.
func run(ctx context.Context, args []string, getenv func(string) string) error {
	if len(args) != 2 {
		return errUsage
	}
	keep, err := openKeeper(ctx, args[0], getenv)
	if err != nil {
		return err
	}
	f, err := newFloor(getenv("FLOOR_TOKEN"), getenv("FLOOR_AESKEY"), getenv("FLOOR_APPID"), keep)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/wechat", f)
	server := &http.Server{Addr: args[1], Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
