package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// listener is an HTTP server as a part of the service.
type listener struct {
	name    string
	listen  string // host:port; port 0 takes a free one
	handler http.Handler
	// reading is how long a request may take to come in, and with it how long
	// its context lives: 0, no limit, for live pages and profiles.
	reading time.Duration
	log     *slog.Logger

	server *http.Server
	addr   net.Addr // where it listens, once started
}

// part makes the listener one of the service's.
func (l *listener) part() part {
	return part{name: l.name, start: l.start, stop: l.stop}
}

// url is where a browser on this machine finds it, once started.
func (l *listener) url() string { return "http://" + l.addr.String() }

// start binds the address, so that whoever is told of it can connect, and
// serves it.
func (l *listener) start(ctx context.Context, fail func(error)) error {
	var config net.ListenConfig
	bound, err := config.Listen(ctx, "tcp", l.listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	l.addr = bound.Addr()
	l.server = &http.Server{
		Handler:  l.handler,
		ErrorLog: slog.NewLogLogger(l.log.Handler(), slog.LevelDebug), // broken hand-shakes and the like: no news
		// Requests are small; a sender slower than this holds a connection for
		// nothing. How long an answer takes is each handler's own affair.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       l.reading,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	go func() {
		if err := l.server.Serve(bound); !errors.Is(err, http.ErrServerClosed) {
			fail(fmt.Errorf("serve: %w", err))
		}
	}()
	return nil
}

// stop takes no new connection and waits for the requests in hand; those that
// outlast ctx are cut.
func (l *listener) stop(ctx context.Context) error {
	if err := l.server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("requests were cut: %w", err), l.server.Close())
	}
	return nil
}
