package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// conn is one kept-alive connection of the platform's. It writes requests that
// were made ready before and reads no more of an answer than it must: what the
// load itself costs is taken from both sides alike and would make them look
// more alike than they are.
type conn struct {
	net.Conn
	in   *bufio.Reader
	body []byte
}

// dial connects for as long as within.
func dial(address string, within time.Duration) (*conn, error) {
	c, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(time.Now().Add(within)); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &conn{Conn: c, in: bufio.NewReader(c)}, nil
}

var errAnswer = errors.New("not an answer to a message")

// post sends a request and returns the body of the answer, which the next post
// overwrites. Everything but 200 with a body is an error.
func (c *conn) post(request []byte) ([]byte, error) {
	if _, err := c.Write(request); err != nil {
		return nil, fmt.Errorf("send message: %w", err)
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
		return nil, fmt.Errorf("%w: %s", errAnswer, bytes.TrimSpace(line))
	}
	n, err := c.length()
	if err != nil {
		return nil, err
	}
	if cap(c.body) < n {
		c.body = make([]byte, n)
	}
	c.body = c.body[:n]
	if _, err := io.ReadFull(c.in, c.body); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if !bytes.HasPrefix(c.body, xmlBegins) { // "success" says nothing to the person
		return nil, fmt.Errorf("%w: %s", errAnswer, c.body[:min(n, 80)])
	}
	return c.body, nil
}

var xmlBegins = []byte("<xml>")

var contentLength = []byte("content-length:")

// length reads the headers and tells how long the body is.
func (c *conn) length() (int, error) {
	n := 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, fmt.Errorf("read answer: %w", err)
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		if k := len(contentLength); len(line) > k && bytes.EqualFold(line[:k], contentLength) {
			if n, err = strconv.Atoi(string(bytes.TrimSpace(line[k:]))); err != nil {
				return 0, fmt.Errorf("%w: %w", errAnswer, err)
			}
		}
	}
	if n <= 0 {
		return 0, fmt.Errorf("%w: it has no body of a stated length", errAnswer)
	}
	return n, nil
}
