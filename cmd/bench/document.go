package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// The measured part of the document stands between these lines; the rest of it
// is written by people.
const (
	begins = "<!-- measured by make bench: begin -->"
	ends   = "<!-- measured by make bench: end -->"
)

// publish replaces the measured part of a document, or starts one.
func publish(file, text string) error {
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read document: %w", err)
	}
	changed, err := replaced(string(old), text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

var errMarkers = errors.New("the lines between which the measured part stands are not there once each, in order")

func replaced(document, text string) (string, error) {
	block := begins + "\n" + text + "\n" + ends
	if document == "" {
		return "# Speed\n\n" + block + "\n", nil
	}
	from, to := strings.Index(document, begins), strings.Index(document, ends)
	if from < 0 || to < from || strings.Count(document, begins) != 1 || strings.Count(document, ends) != 1 {
		return "", errMarkers
	}
	return document[:from] + block + document[to+len(ends):], nil
}
