package roster

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The library reads merged cells only by building the whole sheet in memory,
// every blank cell of it, which a small hostile file can blow up to gigabytes.
// So the one element that lists them is read here.

// box is a merged area; columns from 0, rows as Excel numbers them.
type box struct{ left, top, right, bottom int }

type merges []box

// maxFilled bounds how many cells are filled from merged areas: every cell of
// the largest sheet that is read.
const maxFilled = maxRows * maxColumns

// sheetPaths tells in which part of the workbook each worksheet lies.
func sheetPaths(f *excelize.File) map[string]string {
	var links struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var sheets struct {
		List []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	decodePart(f, "xl/_rels/workbook.xml.rels", &links)
	decodePart(f, "xl/workbook.xml", &sheets)
	target := make(map[string]string, len(links.List))
	for _, l := range links.List {
		if strings.HasPrefix(l.Target, "/") {
			target[l.ID] = strings.TrimPrefix(l.Target, "/")
			continue
		}
		target[l.ID] = path.Join("xl", l.Target)
	}
	places := make(map[string]string, len(sheets.List))
	for _, s := range sheets.List {
		places[s.Name] = target[s.ID]
	}
	return places
}

// decodePart decodes a part of the workbook; one that is absent or broken
// leaves to as it is, and the sheet is read without its merged cells.
func decodePart(f *excelize.File, name string, to any) {
	raw, ok := f.Pkg.Load(name)
	if !ok {
		return
	}
	if data, ok := raw.([]byte); ok {
		_ = xml.Unmarshal(data, to)
	}
}

// readMerges reads the merged areas of a worksheet's XML.
func readMerges(raw []byte) merges {
	from := bytes.LastIndex(raw, []byte("<mergeCells"))
	if from < 0 {
		return nil
	}
	var list struct {
		Cells []struct {
			Ref string `xml:"ref,attr"`
		} `xml:"mergeCell"`
	}
	if err := xml.NewDecoder(bytes.NewReader(raw[from:])).Decode(&list); err != nil {
		return nil
	}
	var m merges
	for _, c := range list.Cells {
		if b, ok := parseBox(c.Ref); ok {
			m = append(m, b)
		}
		if len(m) == maxRows {
			break
		}
	}
	return m
}

// parseBox reads an area such as B3:B9.
func parseBox(ref string) (box, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return box{}, false
	}
	left, top, err := excelize.CellNameToCoordinates(from)
	if err != nil {
		return box{}, false
	}
	right, bottom, err := excelize.CellNameToCoordinates(to)
	if err != nil || right < left || bottom < top {
		return box{}, false
	}
	return box{left - 1, top, min(right-1, maxColumns), bottom}, true
}

// fill writes the value of each merged area into all its cells, in lines that
// hold something anyway.
func (m merges) fill(lines []line) {
	index := make(map[int]int, len(lines))
	for i, l := range lines {
		index[l.no] = i
	}
	filled := 0
	for _, b := range m {
		first, ok := index[b.top]
		if !ok || lines[first].at(b.left) == "" {
			continue
		}
		value := lines[first].at(b.left)
		for i := first; i < len(lines) && lines[i].no <= b.bottom; i++ {
			filled += b.right - b.left + 1
			if filled > maxFilled {
				return
			}
			lines[i].cells = stretch(lines[i].cells, b.left, b.right, value)
		}
	}
}

// stretch writes value into the columns left to right of a line.
func stretch(cells []string, left, right int, value string) []string {
	for len(cells) <= right {
		cells = append(cells, "")
	}
	for c := left; c <= right; c++ {
		cells[c] = value
	}
	return cells
}

// repeats tells in which lines the cell of a column only repeats the one above
// it in a merged area.
func (m merges) repeats(col int) map[int]bool {
	seen := make(map[int]bool)
	for _, b := range m {
		if col < b.left || b.right < col {
			continue
		}
		for no := b.top + 1; no <= b.bottom && len(seen) < maxRows; no++ {
			seen[no] = true
		}
	}
	return seen
}
