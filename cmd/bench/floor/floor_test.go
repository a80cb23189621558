package main

import (
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mishu/handlers/wechat/wire"
)

var platform = wire.Wire{Token: "floortoken", AESKey: strings.Repeat("Ab1", 14) + "A", AppID: "wxfloor0floor", AccountID: "gh_floor"}

// serve runs a floor over a keeper and says one line to it.
func serve(t *testing.T, p wire.Wire, keep keeper) (string, int) {
	t.Helper()
	f, err := newFloor(platform.Token, platform.AESKey, platform.AppID, keep)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(f)
	defer s.Close()
	now := time.Now()
	reply, status, err := p.Post(t.Context(), s.Client(), s.URL+"/wechat", p.Text("oHer", "帮助", 7, now), now)
	if err != nil {
		t.Fatal(err)
	}
	var m message
	if status == http.StatusOK {
		if err := xml.Unmarshal(reply, &m); err != nil {
			t.Fatal(err)
		}
	}
	return m.Content, status
}

func TestEchoesWhatWasKept(t *testing.T) {
	var kept message
	text, status := serve(t, platform, func(_ context.Context, m message) error {
		kept = m
		return nil
	})
	if text != "帮助" || status != http.StatusOK {
		t.Errorf("%q, %d", text, status)
	}
	if kept.FromUserName != "oHer" || kept.MsgId != "7" {
		t.Errorf("kept %+v", kept)
	}
}

func TestRefusesAWrongSignature(t *testing.T) {
	other := platform
	other.Token = "othertoken"
	_, status := serve(t, other, func(context.Context, message) error { return nil })
	if status != http.StatusForbidden {
		t.Errorf("status %d", status)
	}
}

func TestAStoreAwayIsAnError(t *testing.T) {
	_, status := serve(t, platform, func(context.Context, message) error { return errors.New("away") })
	if status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"plain"}, {"paper", "127.0.0.1:0"}} {
		if err := run(t.Context(), args, func(string) string { return "" }); !errors.Is(err, errUsage) {
			t.Errorf("%v: %v", args, err)
		}
	}
}
