package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers from the top; an import goes down or stays in its layer.
var layers = []string{"cmd", "handlers", "bot", "storage"}

// leaves import nothing of ours, so that they can be read and tested alone.
// bot/lunar is a table that they may look into.
var leaves = []string{"bot/read", "bot/dialog", "bot/talk", "bot/lunar", "config"}

// notLines are the packages under bot that lines of work share or that stand
// above them. Every other one there is a line, and knows no other line: it
// hears of facts.
var notLines = []string{
	"access", "alert", "book", "brief", "clock", "dialog", "invented", "ladder", "line", "lunar", "read", "roster", "say", "talk", "who",
}

// source is one package as the go command describes it.
type source struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// path is where the package stands below the module.
func (s source) path() string { return ours(s.ImportPath) }

// ours returns an import path below the module, "" for others'.
func ours(imported string) string {
	path, ok := strings.CutPrefix(imported, "mishu/")
	if !ok {
		return ""
	}
	return path
}

// under reports whether path is the folder or stands in it.
func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// wrong says what is wrong with one import, "" when nothing is.
func wrong(from, to string) string {
	top := func(path string) string { return strings.SplitN(path, "/", 2)[0] }
	up := func(path string) int { return slices.Index(layers, top(path)) }
	in := func(path string) bool {
		return slices.ContainsFunc(leaves, func(leaf string) bool { return under(path, leaf) })
	}
	switch {
	case to == "" || from == to:
		return ""
	case top(to) == "config":
		if top(from) != "cmd" {
			return "config is read by cmd alone and handed on as values"
		}
	case in(from) && to == "bot/lunar":
		return ""
	case in(from):
		return from + " imports nothing of ours"
	case up(from) < 0 || up(to) < 0:
		return "that is none of the folders cmd, handlers, bot, storage, config"
	case up(from) > up(to):
		return "imports run cmd -> handlers -> bot -> storage"
	case top(from) == "handlers" && top(to) == "storage":
		return "handlers know bot, never storage"
	case line(from) != "" && line(to) != "" && line(from) != line(to):
		return "lines do not import one another: they publish facts and hear them"
	}
	return ""
}

// line returns the name of the line of work that a package belongs to.
func line(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) < 2 || parts[0] != "bot" || slices.Contains(notLines, parts[1]) {
		return ""
	}
	return parts[1]
}

func TestImportsRunOneWay(t *testing.T) {
	for _, s := range sources(t) {
		for _, imported := range s.Imports {
			if why := wrong(s.path(), ours(imported)); why != "" {
				t.Errorf("%s imports %s: %s", s.ImportPath, imported, why)
			}
		}
	}
}

// A test may use a real server, and configuration as cmd makes it; otherwise
// the edges are tested without the records as well.
func TestHandlersAreTestedWithoutStorage(t *testing.T) {
	for _, s := range sources(t) {
		for _, imported := range slices.Concat(s.TestImports, s.XTestImports) {
			to := ours(imported)
			if under(s.path(), "handlers") && under(to, "storage") && to != "storage/private" {
				t.Errorf("tests of %s import %s", s.ImportPath, imported)
			}
		}
	}
}

// Real servers for tests are no part of what villages run.
func TestServersForTestsStayOutOfProduction(t *testing.T) {
	for _, s := range sources(t) {
		if !under(s.path(), "cmd") && slices.Contains(s.Imports, "mishu/storage/private") {
			t.Errorf("%s imports mishu/storage/private", s.ImportPath)
		}
	}
}

func TestWhatTheArrowsForbid(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"cmd/mishu", "storage", true},
		{"cmd/mishu", "config", true},
		{"handlers/wechat", "bot/talk", true},
		{"handlers/wechat", "handlers/wechat/wire", true},
		{"bot/visit", "bot/line", true},
		{"bot/visit", "bot/visit/slip", true},
		{"bot", "bot/visit", true},
		{"bot/help", "storage", true},
		{"storage", "bot/read", false},
		{"bot", "handlers/wechat", false},
		{"handlers/console", "storage", false},
		{"handlers/console", "storage/session", false},
		{"handlers/wechat", "config", false},
		{"storage", "config", false},
		{"bot/read", "bot/talk", false},
		{"bot/read", "bot/lunar", true},
		{"bot/lunar", "bot/read", false},
		{"bot/read/number", "storage", false},
		{"bot/dialog", "bot/read", false},
		{"config", "storage/session", false},
		{"bot/help", "bot/visit", false},
		{"bot/help", "tools/odd", false},
	} {
		if why := wrong(c.from, c.to); (why == "") != c.ok {
			t.Errorf("%s -> %s: %q", c.from, c.to, why)
		}
	}
}

// sources returns every package of the module.
func sources(t *testing.T) []source {
	t.Helper()
	// -e: a package that does not build shows elsewhere.
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "mishu/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	var all []source
	for {
		var s source
		if err := decoder.Decode(&s); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if len(all) < len(layers) {
		t.Fatalf("the go command knows %d packages of ours only", len(all))
	}
	return all
}
