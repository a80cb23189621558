package roster

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is a workbook with its cells taken out.
type book struct {
	grids    []grid
	date1904 bool // dates count from 1904, as old Macs do
}

// grid is one worksheet: the lines that are not blank.
type grid struct {
	name  string
	lines []line
	full  bool   // more than maxRows lines; the rest was not read
	below merges // cells that repeat the one above or left of them
}

// line is one row of a worksheet.
type line struct {
	no    int // as Excel numbers it
	cells []string
}

// at is the cell in a column, counted from 0; "" beyond the end.
func (l line) at(col int) string {
	if col < len(l.cells) {
		return l.cells[col]
	}
	return ""
}

// isOldFormat tells the container of .xls files and of encrypted workbooks.
func isOldFormat(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1})
}

// load unpacks a workbook. The library that does it is written for files that
// mean well, so a panic in it counts as "no workbook".
func load(data []byte) (b *book, problem string, err error) {
	defer func() {
		if recover() != nil {
			b, problem, err = nil, "", fmt.Errorf("open roster: %w", ErrNoWorkbook)
		}
	}()
	// Both limits are the same so that nothing is ever unpacked to a file: a
	// roster does not belong in a temporary folder.
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil && strings.Contains(err.Error(), "unzip size exceeds") {
		return nil, "表格展开后太大，收不下。请只留名单这一张表再发", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("open roster: %w (%w)", ErrNoWorkbook, err)
	}
	defer f.Close()
	b, err = unpack(f)
	return b, "", err
}

// unpack takes the cells out of all visible worksheets.
func unpack(f *excelize.File) (*book, error) {
	b := &book{}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		b.date1904 = *props.Date1904
	}
	places := sheetPaths(f)
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		g, err := readGrid(f, name)
		if err != nil {
			continue // a chart sheet has no cells
		}
		if raw, ok := f.Pkg.Load(places[name]); ok {
			g.below = readMerges(raw.([]byte))
			g.below.fill(g.lines)
		}
		b.grids = append(b.grids, g)
	}
	if len(b.grids) == 0 {
		return nil, fmt.Errorf("open roster: %w: no worksheet", ErrNoWorkbook)
	}
	return b, nil
}

// readGrid reads the lines of one worksheet that hold anything.
func readGrid(f *excelize.File, name string) (grid, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return grid{}, fmt.Errorf("read worksheet: %w", err)
	}
	defer rows.Close()
	g := grid{name: name}
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			return grid{}, fmt.Errorf("read worksheet row %d: %w", no, err)
		}
		if blank(cells) {
			continue
		}
		if len(g.lines) == maxRows+headingRows {
			g.full = true
			break
		}
		g.lines = append(g.lines, line{no, trimmed(cells)})
	}
	return g, rows.Error()
}

// trimmed keeps the columns that are read, each cell at its bounded length, and
// drops empty cells at the end.
func trimmed(cells []string) []string {
	cells = cells[:min(len(cells), maxColumns+1)]
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	kept := make([]string, len(cells))
	for i, c := range cells {
		kept[i] = short(c)
	}
	return kept
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
