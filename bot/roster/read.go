package roster

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The limits of one import. A county's largest village has some 6,000 people;
// these leave room for every sheet a village writes and none for a sheet made
// to fill the memory.
const (
	maxBytes    = 10 << 20
	maxUnzipped = 64 << 20 // 20,000 rows of 30 columns unpack to about 30 MiB
	maxRows     = 20_000
	maxColumns  = 100
	maxProblems = 200
	maxCell     = 400 // runes kept of one cell
	headingRows = 10  // the heading row is among the first ten
)

// ErrNoWorkbook is returned for bytes that are no workbook at all.
var ErrNoWorkbook = errors.New("not an Excel workbook")

// Read reads the roster in a workbook. Everything wrong with the sheet comes
// back as Problems, at most 200, in the order of the sheet; a caller that gets
// any stores nothing. The error is for input that is no workbook (ErrNoWorkbook)
// or that could not be read from r.
func Read(r io.Reader) (Sheet, []Problem, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return Sheet{}, nil, fmt.Errorf("read roster: %w", err)
	}
	if len(data) > maxBytes {
		return whole("文件超过10兆，太大了。请只留名单这一张表再发")
	}
	if isOldFormat(data) {
		return whole("这是老式的 .xls 或加了密码的文件。请打开后“另存为”.xlsx、不加密码，再发")
	}
	book, problem, err := load(data)
	switch {
	case err != nil:
		return Sheet{}, nil, err
	case problem != "":
		return whole(problem)
	}
	return readBook(book)
}

// whole is the answer where the sheet as a whole cannot be taken.
func whole(reason string) (Sheet, []Problem, error) {
	return Sheet{}, []Problem{{Reason: reason}}, nil
}

// readBook reads the one worksheet that holds a roster.
func readBook(b *book) (Sheet, []Problem, error) {
	table, problem := findTable(b)
	if problem != "" {
		return whole(problem)
	}
	p := newParser(table, b.date1904)
	p.run()
	p.checkSame()
	return Sheet{Sheet: table.grid.name, Rows: p.rows, Headings: table.headings}, p.problems.sorted(), nil
}

// short cuts a cell to the length that is kept.
func short(s string) string {
	if utf8.RuneCountInString(s) <= maxCell {
		return s
	}
	return string([]rune(s)[:maxCell])
}
