package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mishu/bot/read"
)

// readCommand reads lines as the conversation would and tells what it
// understood, so that a county can test the reader on its own material.
type readCommand struct {
	Roster      string `help:"Roster as JSON: {\"elders\":[...],\"volunteers\":[...],\"families\":[...]}." type:"existingfile" placeholder:"FILE"`
	Now         string `help:"Reference time of lines that bring none; default is the clock." placeholder:"TIME"`
	Why         bool   `help:"Add what each piece was read as, and by which rule."`
	Expressions bool   `help:"Read bare expressions: {\"id\",\"type\",\"text\",\"ref\"} in, {\"id\",\"value\"} out."`
}

// maxLine is longer than any line that the platform delivers, in JSON and with
// everything around it.
const maxLine = 1 << 20

func (c *readCommand) Run(w world) error {
	now := time.Now()
	if c.Now != "" {
		t, ok := read.ParseTime(c.Now)
		if !ok {
			return fmt.Errorf("--now %q is no time such as 2026-11-24T10:12:00+08:00", c.Now)
		}
		now = t
	}
	village, err := c.village(now)
	if err != nil {
		return err
	}
	one := func(line []byte) (any, error) { return readMessage(line, village, now, c.Why) }
	if c.Expressions {
		one = func(line []byte) (any, error) { return readExpression(line, now) }
	}
	return eachLine(w.stdin, w.stdout, one)
}

// village is the roster; without a file nobody is known.
func (c *readCommand) village(now time.Time) (*read.Village, error) {
	if c.Roster == "" {
		return read.ReadVillage(strings.NewReader("{}"), now)
	}
	file, err := os.Open(c.Roster)
	if err != nil {
		return nil, fmt.Errorf("open the roster: %w", err)
	}
	defer file.Close()
	return read.ReadVillage(file, now)
}

func readMessage(line []byte, village *read.Village, now time.Time, why bool) (any, error) {
	var m read.Message
	if err := unmarshal(line, &m, `{"id":"1","text":"看了桂花婶"}`); err != nil {
		return nil, err
	}
	return village.Read(m, now, why), nil
}

// A value is what was read of an expression; null if nothing was.
type value struct {
	ID    string  `json:"id"`
	Value *string `json:"value"`
}

func readExpression(line []byte, now time.Time) (any, error) {
	var e read.Expression
	if err := unmarshal(line, &e, `{"id":"1","type":"date","text":"大后天"}`); err != nil {
		return nil, err
	}
	out := value{ID: e.ID}
	if v, ok := e.Read(now); ok {
		out.Value = &v
	}
	return out, nil
}

// unmarshal reads one line of JSON; what is wrong with it is said in plain words.
func unmarshal(line []byte, to any, such string) error {
	err := json.Unmarshal(line, to)
	if err != nil {
		return errors.New(read.PlainJSON(err, "this is no line such as "+such))
	}
	return nil
}

// eachLine writes one JSON line for each that comes in; empty ones are skipped.
// A line that is no JSON ends it, named by its number.
func eachLine(in io.Reader, out io.Writer, one func([]byte) (any, error)) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	w := bufio.NewWriter(out)
	to := json.NewEncoder(w)
	to.SetEscapeHTML(false)
	var failed error
	for n := 1; failed == nil && lines.Scan(); n++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		answer, err := one(lines.Bytes())
		if err == nil {
			err = to.Encode(answer)
		}
		if err != nil {
			failed = fmt.Errorf("line %d: %w", n, err)
		}
	}
	return errors.Join(failed, lines.Err(), w.Flush())
}
