package roster

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"
)

// lines is a worksheet as a test writes it, from row 1 and column A.
type lines [][]any

// workbook builds an xlsx with one worksheet; areas are merged cells.
func workbook(t testing.TB, rows lines, areas ...[2]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	put(t, f, "Sheet1", rows)
	for _, a := range areas {
		if err := f.MergeCell("Sheet1", a[0], a[1]); err != nil {
			t.Fatal(err)
		}
	}
	return saved(t, f)
}

func put(t testing.TB, f *excelize.File, sheet string, rows lines) {
	t.Helper()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			t.Fatal(err)
		}
	}
}

func saved(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a workbook that is one.
func read(t testing.TB, data []byte) (Sheet, []string) {
	t.Helper()
	s, problems, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	var said []string
	for _, p := range problems {
		said = append(said, p.String())
	}
	return s, said
}

// clearly reads a workbook that has no problem.
func clearly(t testing.TB, data []byte) Sheet {
	t.Helper()
	s, said := read(t, data)
	if len(said) > 0 {
		t.Fatalf("problems: %q", said)
	}
	return s
}

// repacked writes the parts of a workbook anew with some text replaced.
func repacked(t testing.TB, data []byte, from, to string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(bytes.ReplaceAll(text, []byte(from), []byte(to))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
