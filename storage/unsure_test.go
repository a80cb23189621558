package storage

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// bridge stands between a store and its server, and does something else with
// the first COMMIT than to pass it on.
type bridge struct {
	listener net.Listener
	server   string
	once     sync.Once
	commit   func(client, server net.Conn, packet []byte)
}

func newBridge(t *testing.T, a address, commit func(client, server net.Conn, packet []byte)) address {
	t.Helper()
	cfg, err := mysql.ParseDSN(a.dsn)
	must(t, err)
	b := &bridge{server: cfg.Addr, commit: commit}
	b.listener, err = net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, b.listener.Close()) })
	go b.accept()
	cfg.Addr = b.listener.Addr().String()
	return address{MySQL, cfg.FormatDSN()}
}

func (b *bridge) accept() {
	for {
		client, err := b.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", b.server)
		if err != nil {
			client.Close()
			return
		}
		go func() {
			_, _ = io.Copy(client, server)
			client.Close()
		}()
		go b.pass(client, server)
	}
}

// pass hands on what the client sends; it sends a COMMIT alone and in one piece.
func (b *bridge) pass(client, server net.Conn) {
	defer client.Close()
	defer server.Close()
	packet := make([]byte, 64<<10)
	for {
		n, err := client.Read(packet)
		if err != nil {
			return
		}
		if bytes.HasSuffix(packet[:n], []byte("\x03COMMIT")) {
			first := false
			b.once.Do(func() { first = true })
			if first {
				b.commit(client, server, packet[:n])
				continue
			}
		}
		if _, err := server.Write(packet[:n]); err != nil {
			return
		}
	}
}

func testCommitUnanswered(t *testing.T, a address) {
	for name, c := range map[string]struct {
		commit func(client, server net.Conn, packet []byte)
		stored bool
	}{
		"done, and the answer is lost": {func(client, server net.Conn, packet []byte) {
			client.Close()
			_, _ = server.Write(packet)
		}, true},
		"lost on its way": {func(client, _ net.Conn, _ []byte) { client.Close() }, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newBridge(t, a, c.commit).open(t, newHands().clocks())
			runs := 0
			err := s.Update(t.Context(), func(tx *Tx) error {
				runs++
				return tx.AddHeard("gh", key(t, 1), "记了")
			})
			if !errors.Is(err, ErrUnsure) || runs != 1 {
				t.Errorf("after %d runs: %v", runs, err)
			}
			direct := a.open(t, newHands().clocks())
			direct.must(t, func(tx *Tx) error { // a write waits for whatever is still on its way
				err := tx.AddHeard("gh", key(t, 1), "again")
				if IsDuplicate(err) != c.stored {
					t.Errorf("stored: %v", err)
				}
				return nil
			})
		})
	}
}

// A server that answers that it has rolled back is believed, and asked again.
// It is not believed to have ended the transaction: the next one would commit
// what was left on that connection, and then find its own key taken.
func testCommitRefused(t *testing.T, a address) {
	refuse := func(client, _ net.Conn, _ []byte) {
		_, _ = client.Write(append([]byte{byte(len(deadlockAnswer)), 0, 0, 1}, deadlockAnswer...))
	}
	s := newBridge(t, a, refuse).open(t, newHands().clocks())
	runs := 0
	err := s.Update(t.Context(), func(tx *Tx) error {
		runs++
		return tx.AddHeard("gh", key(t, 1), "记了")
	})
	if err != nil || runs != 2 {
		t.Errorf("after %d runs: %v", runs, err)
	}
}

// deadlockAnswer is an error packet of the server: 1213, state 40001.
const deadlockAnswer = "\xff\xbd\x04#40001Deadlock found"

// What COMMIT's error means is read strictly: whatever is not known to be a
// refusal may have happened.
func TestCommitErrors(t *testing.T) {
	t.Parallel()
	code := func(n uint16) error { return fmt.Errorf("commit: %w", &mysql.MySQLError{Number: n}) }
	for name, c := range map[string]struct {
		err      error
		definite bool
	}{
		"deadlock":                {code(1213), true},
		"lock wait":               {code(1205), true},
		"a plug-in rolled back":   {code(3101), true},
		"nothing left":            {driver.ErrBadConn, true},
		"rolled back before":      {sql.ErrTxDone, true},
		"the context ended first": {context.DeadlineExceeded, true},
		"interrupted":             {code(1317), false},
		"shutdown":                {code(1053), false},
		"undetermined in TiDB":    {code(8501), false},
		"connection lost":         {mysql.ErrInvalidConn, false},
		"end of file":             {io.ErrUnexpectedEOF, false},
	} {
		if definite := unsent(c.err) || refused(c.err); definite != c.definite {
			t.Errorf("%s: definite %v", name, definite)
		}
	}
}

// A deadline that passes before COMMIT leaves nothing, and says so.
func testEndedBeforeCommit(t *testing.T, a address) {
	s := a.open(t, newHands().clocks())
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Update(ctx, func(tx *Tx) error {
		defer cancel()
		return tx.AddHeard("gh", key(t, 1), "记了")
	})
	if err == nil || errors.Is(err, ErrUnsure) {
		t.Errorf("got %v", err)
	}
	s.see(t, func(tx *Tx) error {
		missing[Heard](t)(tx.Heard("gh", key(t, 1)))
		return nil
	})
}
