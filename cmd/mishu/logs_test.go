package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// ofSomebody matches what no log may hold: words and names, which are Chinese
// where the log is English, the invented telephones and OpenIDs.
var ofSomebody = regexp.MustCompile(`\p{Han}|1990000[0-9]{4}|oDemo`)

func (th *theatre) logsNobody() {
	th.t.Helper()
	log := th.log.String()
	if !strings.Contains(log, "level=DEBUG") {
		th.t.Error("nothing is logged at all")
	}
	for line := range strings.Lines(log) {
		if found := ofSomebody.FindString(line); found != "" {
			th.t.Errorf("%q is in the log: %s", found, line)
		}
	}
	showsNoSecret(th.t, log)
}

// A conversation that goes well, one whose pushes the platform refuses, and one
// that the records refuse, each with the most talkative log: nobody can be told
// from it. Where the database or the platform quotes what it was given, the
// quote is taken out.
func TestLogsNameNobody(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		th := newTheatre(t, fresh(t))
		th.plays("14")
		th.office.refuse.Store(true)
		th.types(th.person("夏满妹"), "桂花婶脚肿，走不得")
		th.office.refuse.Store(false)
		quoting(th.stage[0].app.store)
		for _, words := range []string{"屋漏水，明天来个人帮我看一下", "我娘晕倒了叫不醒"} {
			message := official.Text(openID(th.person("2组王桂香")), words, ids(), time.Now())
			if reply, status, err := post(t, th.stage[0].url, message); status != 200 || err != nil || reply == "" {
				t.Errorf("%q: %q, %d, %v", words, reply, status, err)
			}
		}
		if !strings.Contains(th.log.String(), "level=ERROR") {
			t.Error("the refusal of the records is not logged")
		}
		th.logsNobody()
	})
}

// quoting makes the records refuse every request for help and every alert with
// an error that quotes what they were given, as databases do.
func quoting(store *storage.Store) {
	for _, table := range []string{"help", "alert"} {
		trigger := "CREATE TRIGGER quote_" + table + " BEFORE INSERT ON " + table
		if store.Driver() == storage.MySQL {
			trigger += " FOR EACH ROW BEGIN DECLARE said VARCHAR(128); SET said = CONCAT('no room for ', NEW.openid, ' ', NEW.detail);" +
				" SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = said; END"
		} else {
			trigger += " BEGIN SELECT RAISE(ABORT, 'no room for ' || NEW.openid || ' ' || NEW.detail); END"
		}
		if table == "alert" {
			trigger = strings.ReplaceAll(trigger, "NEW.detail", "NEW.words")
		}
		store.DB().MustExec(trigger)
	}
}
