package storage

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing/fstest"
)

// dialect gives the migrations as one database reads them. They are written
// once, so that the two schemas cannot drift apart.
func dialect(driver string) (fs.FS, error) {
	out := fstest.MapFS{}
	err := fs.WalkDir(migrations, "migrations", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		out[path.Base(name)] = &fstest.MapFile{Data: []byte(translate(driver, string(raw)))}
		return nil
	})
	return out, err
}

func translate(driver, text string) string {
	id, table := "INTEGER PRIMARY KEY", ""
	if driver == MySQL {
		id, table = "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY", " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
	}
	text = strings.NewReplacer("{{id}}", id, " {{table}}", table).Replace(text)
	if driver == SQLite {
		text = indexesApart(widths(text))
	}
	return "-- +goose Up\n" + text
}

// textColumn is a column of a bounded text.
var textColumn = regexp.MustCompile(`(?m)^    (\w+) +(?:VAR)?CHAR\((\d+)\) +NOT NULL`)

// widths makes SQLite, which otherwise takes no notice of them, refuse what is
// too long for MySQL: what works in the demo must work in the county.
func widths(text string) string {
	return textColumn.ReplaceAllString(text, "$0 CHECK (length($1) <= $2)")
}

var (
	tableLine = regexp.MustCompile(`CREATE TABLE IF NOT EXISTS (\w+)`)
	keyLine   = regexp.MustCompile(`(?m)^    KEY (\w+) (\([^)]*\)),?\n`) // an index inside CREATE TABLE, as MySQL writes it
	lastComma = regexp.MustCompile(`,\n\)`)
)

// indexesApart turns each KEY line into a CREATE INDEX after its table.
func indexesApart(text string) string {
	statements := strings.SplitAfter(text, ";\n")
	for i, st := range statements {
		name := tableLine.FindStringSubmatch(st)
		if name == nil {
			continue
		}
		keys := keyLine.FindAllStringSubmatch(st, -1)
		st = lastComma.ReplaceAllString(keyLine.ReplaceAllString(st, ""), "\n)")
		for _, k := range keys {
			st += fmt.Sprintf("CREATE INDEX IF NOT EXISTS %s ON %s %s;\n", k[1], name[1], k[2])
		}
		statements[i] = st
	}
	return strings.Join(statements, "")
}
