package wechat

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"mishu/bot/talk"
	"mishu/handlers/wechat/wire"
)

// TestErrorIsAskedAgain: after an error nothing is kept for the retry.
func TestErrorIsAskedAgain(t *testing.T) {
	var calls atomic.Int64
	s := newStand(t, testAccount, hearFunc(func(context.Context, talk.Message) (talk.Reply, error) {
		if calls.Add(1) < 3 {
			return talk.Reply{}, errors.New("redis is away")
		}
		return talk.Reply{Text: "记了"}, nil
	}), nil, nil)
	message := testWire.Text("o1", "买米", 7, time.Now())
	for _, want := range []string{"Internal Server Error", "Internal Server Error", "记了"} {
		if got := outcome(s.say(t, message)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	s.late.none(t, short)
}

// TestClientGone: the platform hangs up early; the work goes on for the retry.
func TestClientGone(t *testing.T) {
	hear := newHeldHear()
	s := newStand(t, testAccount, hear, nil, nil)
	now := time.Now()
	message := testWire.Text("o1", "买米", 7, now)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for hear.calls.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if _, _, err := testWire.Post(ctx, s.client, s.url, message, now); !errors.Is(err, context.Canceled) {
		t.Fatalf("post: %v", err)
	}
	hear.letGo()
	if got := outcome(s.say(t, message)); got != "记了：买米" || hear.calls.Load() != 1 {
		t.Errorf("%q, heard %d times", got, hear.calls.Load())
	}
}

// TestHalfClosed: a client that stopped sending still reads; it must not read
// a 200, which would end the retries for something that is not noted.
func TestHalfClosed(t *testing.T) {
	hear := newHeldHear()
	s := newStand(t, testAccount, hear, nil, nil)
	defer hear.letGo()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	now := time.Now()
	if err := sealedRequest(t, s, testWire.Text("o1", "买米", 7, now), now).Write(conn); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(conn); len(answer) > 0 {
		t.Errorf("answered %q", answer)
	}
}

// TestWorkIsBounded: the context of the work ends though the client waits no
// more.
func TestWorkIsBounded(t *testing.T) {
	s := newStand(t, testAccount, newHeldHear(), nil, quick)
	s.pace.work = 2 * short
	message := testWire.Text("o1", "买米", 7, time.Now())
	if got := outcome(s.say(t, message)); got != "closed" {
		t.Errorf("first: %q", got)
	}
	if got := outcome(s.say(t, message)); got != "Internal Server Error" && got != "closed" {
		t.Errorf("second: %q", got)
	}
}

// TestKeyTellsMessagesApart: what the official rule would take for one.
func TestKeyTellsMessagesApart(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	other := testWire
	other.AccountID = "gh_other"
	messages := [][]byte{
		testWire.Text("o1", "a", 1, now),
		testWire.Text("o2", "a", 1, now), // one MsgId, two people
		testWire.Text("O1", "a", 1, now), // OpenIDs are case-sensitive
		testWire.Text("o1", "a", 2, now),
		other.Text("o1", "a", 1, now),
		testWire.Event("o1", "subscribe", "qrscene_5", now), // all in one second
		testWire.Event("o1", "SCAN", "5", now),
		testWire.Event("o1", "CLICK", "help", now),
		testWire.Event("o1", "CLICK", "visit", now),
		testWire.Event("o1", "CLICK", "help", now.Add(time.Second)),
		testWire.Message("o1", now, wire.Field{Name: "MsgType", Text: "event"}, wire.Field{Name: "Event", Text: "TEMPLATESENDJOBFINISH"}, wire.Field{Name: "MsgID", Text: "1"}),
		testWire.Message("o1", now, wire.Field{Name: "MsgType", Text: "event"}, wire.Field{Name: "Event", Text: "TEMPLATESENDJOBFINISH"}, wire.Field{Name: "MsgID", Text: "2"}),
	}
	for _, scanned := range []string{"a", "b"} {
		messages = append(messages, []byte(strings.Replace(string(testWire.Event("o1", "scancode_push", "k", now)), "</xml>",
			"<ScanCodeInfo><ScanResult>"+scanned+"</ScanResult></ScanCodeInfo></xml>", 1)))
	}
	for _, template := range []string{"T1", "T2"} {
		messages = append(messages, []byte(strings.Replace(string(testWire.Event("o1", "subscribe_msg_popup_event", "", now)), "</xml>",
			"<SubscribeMsgPopupEvent><List><TemplateId>"+template+"</TemplateId></List></SubscribeMsgPopupEvent></xml>", 1)))
	}
	seen := map[string]int{}
	for i, message := range messages {
		in, err := Parse(string(message))
		if err != nil {
			t.Fatal(err)
		}
		key := in.Key()
		if first, twice := seen[key]; twice || len(key) != 32 {
			t.Errorf("messages %d and %d share key %q", first, i, key)
		}
		seen[key] = i
	}
	again, _ := Parse(string(testWire.Text("o1", "a", 1, now)))
	if seen[again.Key()] != 0 {
		t.Error("the same message has another key")
	}
}

// TestClose waits for the work in flight and the reply it owes, and leaves
// nothing running.
func TestClose(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) }) // runs last, after the server is shut
	hear := newHeldHear()
	s := newStand(t, testAccount, hear, nil, quick)
	message := testWire.Text("o1", "买米", 7, time.Now().Add(-10*time.Second)) // the third: a promise
	if got := outcome(s.say(t, message)); got != defaultHonest {
		t.Fatalf("%q", got)
	}
	soon, cancel := context.WithTimeout(context.Background(), short/2)
	defer cancel()
	if err := s.Close(soon); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Close with work in flight: %v", err)
	}
	if got := outcome(s.say(t, testWire.Text("o1", "买油", 8, time.Now()))); got != "Service Unavailable" {
		t.Errorf("while closing: %q", got)
	}
	hear.letGo()
	if err := s.Close(context.Background()); err != nil {
		t.Errorf("Close: %v", err)
	}
	s.late.mu.Lock()
	defer s.late.mu.Unlock()
	if len(s.late.said) != 1 {
		t.Errorf("owed one reply, sent %v", s.late.said)
	}
	s.client.CloseIdleConnections()
}

// TestDoneIsForgotten: finished flights are bounded in time and number.
func TestDoneIsForgotten(t *testing.T) {
	fs := newFlights(10)
	now := time.Unix(1_790_000_000, 0)
	for i := range maxDone + 500 {
		m := talk.Message{Key: string(rune(i + 1))}
		f, fresh, _ := fs.join(&m, 1, now)
		if !fresh {
			t.Fatal("not fresh")
		}
		fs.land(f, m.Key, talk.Reply{}, nil, now)
		fs.release()
	}
	if n := len(fs.byKey); n > maxDone+1 {
		t.Errorf("%d kept", n)
	}
	_, _, _ = fs.join(&talk.Message{Key: "x"}, 1, now.Add(keepDone+time.Second))
	if n := len(fs.byKey); n != 1 {
		t.Errorf("%d kept after a minute", n)
	}
}
