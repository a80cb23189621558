package main

import (
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"mishu/handlers/wechat/wire"
)

// fetch gets a page and its status.
func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: soon}
	res, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// post brings a message once, as the platform does, and returns the reply's
// text, "" for success.
func post(t *testing.T, url string, message []byte) (string, int, error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: soon}
	body, status, err := official.Post(context.Background(), client, url+"/wechat", message, time.Now())
	if err != nil || status != http.StatusOK || string(body) == wire.Success {
		return "", status, err
	}
	var reply struct{ Content string }
	err = xml.Unmarshal(body, &reply)
	return reply.Content, status, err
}

// ids numbers the messages; the platform's are unique for an account.
var ids = func() func() int64 {
	var mu sync.Mutex
	n := time.Now().UnixNano()
	return func() int64 {
		mu.Lock()
		defer mu.Unlock()
		n++
		return n
	}
}()

// hears lets somebody type a line and returns the reply.
func hears(t *testing.T, url, from, text string) string {
	t.Helper()
	reply, status, err := post(t, url, official.Text(from, text, ids(), time.Now()))
	if err != nil || status != http.StatusOK {
		t.Fatalf("%q: status %d, %v", text, status, err)
	}
	return reply
}
