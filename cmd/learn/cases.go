package main

import (
	"path/filepath"
	"strings"

	"mishu/bot/read"
)

// ReadCases reads the cases that stand beside the rules, in the forms of their tests:
// danger.txt, families-*.txt, intents*.txt and lines-*.txt.
func ReadCases(folder string) (out []Example, err error) {
	for _, kind := range []struct {
		files string
		of    func(fields []string, n int) (Example, bool)
	}{{"danger.txt", dangerCase}, {"families-*.txt", dangerCase}, {"intents*.txt", intentCase}, {"lines-*.txt", lineCase}} {
		err := eachLine(filepath.Join(folder, kind.files), func(file, s string, n int) error {
			if e, ok := kind.of(strings.Split(s, "|"), n); ok {
				e.Author, e.Known = file, true
				out = append(out, e)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// dangerCase is "strong life|喊不应"; calm is no alarm and may be a question, serious
// is at least one.
func dangerCase(f []string, n int) (e Example, ok bool) {
	if len(f) != 2 {
		return e, false
	}
	e.Message = message("family", f[1], n)
	level, class, _ := strings.Cut(f[0], " ")
	e.Class = read.Class(class)
	switch level {
	case "calm":
		e.Calm = true
	case "serious":
		e.Danger = read.Ask
	default:
		e.Danger = read.Level(level)
	}
	return e, true
}

// intentCase is "elder|request_help|yi|眼睛起雾看不清".
func intentCase(f []string, n int) (e Example, ok bool) {
	if len(f) != 4 {
		return e, false
	}
	e.Message, e.Intent = message(f[0], f[3], n), read.Intent(f[1])
	if f[2] != "" && e.Intent == read.RequestHelp {
		for s := range strings.SplitSeq(f[2], ",") {
			e.Services = append(e.Services, read.Service(s))
		}
	}
	return e, true
}

// lineCase is "villager|接13|claim tickets=[13]", with the finer intents of a conversation.
func lineCase(f []string, n int) (e Example, ok bool) {
	if len(f) < 3 {
		return e, false
	}
	role := f[0]
	switch role {
	case "villager", "neighbour":
		role = "elder"
	case "son", "daughter":
		role = "family"
	}
	intent, _, _ := strings.Cut(f[2], " ")
	if intent == string(read.Unknown) {
		return e, false // to a conversation: it may be an answer
	}
	e.Message, e.Intent = message(role, f[1], n), read.Contract(read.Intent(intent))
	if role == "secretary" && (e.Intent == read.Query || e.Intent == read.Register) {
		return e, false // an order to `mishu read`
	}
	if e.Intent == read.Emergency {
		e.Danger = read.Strong
	}
	if _, said, ok := strings.Cut(f[2], "services=["); ok && e.Intent == read.RequestHelp {
		said, _, _ = strings.Cut(said, "]")
		e.Services = sevenOf(strings.Fields(said))
	}
	return e, true
}

// sevenOf counts comfort among the seven; what is none of them leaves the kinds unknown.
func sevenOf(said []string) (out []read.Service) {
	for _, s := range said {
		switch read.Service(s) {
		case read.Comfort:
			s = string(read.Fu)
		case read.Other:
			return nil
		}
		out = append(out, read.Service(s))
	}
	return out
}
