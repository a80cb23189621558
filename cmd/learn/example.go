package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mishu/bot/read"
)

// An Example is a line and what is right about it.
type Example struct {
	read.Message
	Author string // whoever wrote it: the name of the file
	Known  bool   // the rules were written with the line in view
	Extra  bool   // put together of two, or counted once more: learned from, not measured
	Label
}

// A Label is what is right about a line; what is empty is not known.
type Label struct {
	Intent   read.Intent
	Danger   read.Level
	Calm     bool // it is no alarm; whether a question is asked is open
	Serious  bool // a question is asked at least; whether it is an alarm is open
	Class    read.Class
	Services []read.Service // of a request: all of them
}

// ReadExamples reads the files of a folder. A line has five fields with tabs between:
// intent, who says it, the kinds of help or -, the danger or -, and the text:
//
//	request_help	family	xi	-	我娘的被窝想拆洗一下
//	-	volunteer	-	strong life	喊不应了
//
// Lines that begin with # are remarks. It fails on a line that is none of these.
func ReadExamples(folder string) (out []Example, err error) {
	err = eachLine(filepath.Join(folder, "*.txt"), func(file, s string, _ int) error {
		e, err := exampleOf(s, len(out))
		e.Author = strings.TrimSuffix(file, ".txt")
		out = append(out, e)
		return err
	})
	return out, err
}

// eachLine hands on the lines of the files that are no remarks, with the name of the file
// and the number of the line from 0. An error comes back with its place.
func eachLine(pattern string, of func(file, s string, n int) error) error {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for n, s := range strings.Split(string(raw), "\n") {
			if s == "" || s[0] == '#' {
				continue
			}
			if err := of(filepath.Base(file), s, n); err != nil {
				return fmt.Errorf("%s:%d: %w", file, n+1, err)
			}
		}
	}
	return nil
}

func exampleOf(s string, n int) (e Example, err error) {
	fields := strings.SplitN(s, "\t", 5)
	if len(fields) != 5 || fields[4] == "" {
		return e, fmt.Errorf("want intent, role, services, danger and text with tabs between, have %d fields", len(fields))
	}
	e.Message = message(fields[1], fields[4], n)
	if e.Intent = read.Intent(fields[0]); e.Intent == "-" {
		e.Intent = ""
	} else if !slices.Contains(read.LearnedIntents[:], e.Intent) {
		return e, fmt.Errorf("no intent %s", e.Intent)
	}
	if fields[2] != "-" {
		for _, s := range strings.Split(fields[2], " ") {
			if len(s) < 2 || len(s) > 3 {
				return e, fmt.Errorf("no service %s", s)
			}
			e.Services = append(e.Services, read.Service(s))
		}
	}
	level, class, _ := strings.Cut(fields[3], " ")
	e.Class = read.Class(class)
	if class != "" && !slices.Contains(read.LearnedClasses[:], e.Class) {
		return e, fmt.Errorf("no danger %s", fields[3])
	}
	switch level {
	case "-":
	case "serious":
		e.Serious = true
	case string(read.NoDanger), string(read.Ask), string(read.Strong):
		e.Danger = read.Level(level)
	default:
		return e, fmt.Errorf("no danger %s", fields[3])
	}
	return e, nil
}

// message gives a line a sender of the roster and a time: the examples say neither,
// and no two of them should be learned by the same.
func message(role, text string, n int) read.Message {
	m := read.Message{Text: text, Time: fmt.Sprintf("2026-%02d-%02dT%02d:20:00+08:00", 2+n%11, 1+n%28, 7+n%13)}
	m.Sender.Role = role
	switch role {
	case "family":
		m.Sender.ID = fmt.Sprintf("F%02d", 1+n%16)
	case "elder":
		m.Sender.ID = fmt.Sprintf("E%02d", 1+n%60)
	case "volunteer":
		m.Sender.ID = fmt.Sprintf("V%02d", 1+n%12)
	}
	return m
}

// ReadCorpus reads files of the corpus that rules are written for.
func ReadCorpus(files []string) (out []Example, err error) {
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(bytes.NewReader(raw))
		for lines.Buffer(nil, 1<<20); lines.Scan(); {
			e, err := labelled(lines.Bytes())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			e.Author, e.Known = strings.TrimSuffix(filepath.Base(file), ".jsonl"), true
			out = append(out, e)
		}
	}
	return out, nil
}

func labelled(raw []byte) (e Example, err error) {
	var line struct {
		read.Message
		Want struct {
			Intent  read.Intent
			Service []read.Service
			Danger  struct {
				Level read.Level
				Class read.Class
			}
		}
	}
	if err := json.Unmarshal(raw, &line); err != nil {
		return e, err
	}
	w := line.Want
	return Example{Message: line.Message, Label: Label{Intent: w.Intent, Danger: w.Danger.Level, Class: w.Danger.Class, Services: w.Service}}, nil
}
