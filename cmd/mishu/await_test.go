package main

import (
	"net/http"
	"strings"
	"testing"

	"mishu/storage/private"
)

// late is a village whose database went away before the server starts.
type late struct {
	t       *testing.T
	db      *private.Server
	environ []string
	code    string // of the secretary's invitation
}

func newLate(t *testing.T) *late {
	t.Helper()
	db, err := private.StartMariaDB(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Stop() })
	if err := db.Create(t.Context(), "mishu"); err != nil {
		t.Fatal(err)
	}
	l := &late{t: t, db: db.Server}
	l.environ = append(account(nobody), "MISHU_DATABASE="+db.URL("mishu"), "MISHU_REDIS="+private.Redis(t))
	mustDo(t, l.environ, "migrate")
	mustDo(t, l.environ, "import", workbook(t, goodRoster), "--village", "青坪村")
	l.code = mustDo(t, l.environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")[:8]
	return l
}

func (l *late) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// A server starts without its database: it lives, is not ready, answers danger and
// says honestly that it notes nothing. When the database comes it goes on by
// itself, and does its timed work.
func TestServeBeforeItsDatabase(t *testing.T) {
	t.Parallel()
	l := newLate(t)
	l.must(l.db.Kill())
	s := serves(t, l.environ)
	if status, _ := fetch(t, s.url+"/healthz"); status != http.StatusOK {
		t.Errorf("healthz: %d", status)
	}
	if status, body := fetch(t, s.admin+"/readyz"); status != http.StatusServiceUnavailable || strings.Contains(body, "database: ok") {
		t.Errorf("readyz: %d %s", status, body)
	}
	if reply := hears(t, s.url, "oNobody", "我娘喊不应了"); !strings.Contains(reply, "120") {
		t.Errorf("danger: %s", reply)
	}
	if reply := hears(t, s.url, "oSecretary", l.code); !strings.Contains(reply, "没有记") {
		t.Errorf("an invitation: %s", reply)
	}
	l.must(l.db.Restart())
	waitFor(t, "readiness", func() bool {
		status, _ := fetch(t, s.admin+"/readyz")
		return status == http.StatusOK
	})
	if reply := hears(t, s.url, "oSecretary", l.code); !strings.Contains(reply, "向春兰") {
		t.Errorf("the same invitation: %s", reply)
	}
	store := records(t, l.environ)
	waitFor(t, "the clock's first watermark", func() bool { return rows(t, store, "watermark") > 0 })
	if code := s.stop(); code != exitOK {
		t.Errorf("it ended with %d", code)
	}
	showsNoSecret(t, s.out.String()+s.err.String())
}

// A database that comes with another schema ends the server, as it would have
// kept it from starting; one that refuses the user does at once.
func TestServeEndsAtAnotherSchema(t *testing.T) {
	t.Parallel()
	l := newLate(t)
	records(t, l.environ).DB().MustExec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	l.must(l.db.Kill())
	s := serves(t, l.environ)
	l.must(l.db.Restart())
	waitFor(t, "the end", func() bool {
		select {
		case <-s.ended:
			return true
		default:
			return false
		}
	})
	if s.code != exitFailed || !strings.Contains(s.err.String(), "newer than this program") {
		t.Errorf("%d %s", s.code, s.err.String())
	}
	wrong := append([]string{}, l.environ...)
	for i, e := range wrong {
		if strings.HasPrefix(e, "MISHU_DATABASE=") {
			wrong[i] = e + "x"
		}
	}
	if code, _, err := does(t, wrong, "serve"); code != exitFailed || !strings.Contains(err, "nknown database") {
		t.Errorf("no such database: %d %s", code, err)
	}
}
