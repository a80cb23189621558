package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// platform is a pretend API that says yes to everything: a token for those who
// ask for one, the tags that there are, and to every other call that it is done.
type platform struct {
	address string
	server  *http.Server
}

// saysYes are the answers that hold more than that it is done.
var saysYes = map[string]string{
	"/cgi-bin/stable_token": `{"access_token":"bench","expires_in":7200}`,
	"/cgi-bin/tags/get":     `{"tags":[{"id":100,"name":"村部","count":0},{"id":101,"name":"志愿者","count":0}]}`,
}

func openPlatform() (*platform, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the platform: %w", err)
	}
	p := &platform{address: "http://" + l.Addr().String()}
	p.server = &http.Server{ReadHeaderTimeout: 5 * time.Second, ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said, special := saysYes[r.URL.Path]
		if !special {
			said = `{"errcode":0,"errmsg":"ok","msgid":1}`
		}
		_, _ = io.WriteString(w, said) // mishu went away: nothing to tell
	})}
	go func() { _ = p.server.Serve(l) }() // it ends when it is closed
	return p, nil
}

func (p *platform) close() error { return p.server.Close() }
