package book

import (
	"fmt"
	"strconv"
	"strings"
)

// MarkPrefix begins the names of the settings that say from which values on
// something measured is for the doctor to see: mark.red.bp is 180/110, at or above
// either; mark.red.glucose is 3.9-16.7, at or beyond either. They are the doctor's
// to set, never a diagnosis.
const MarkPrefix = "mark."

// Colour is how soon the doctor must see what was measured.
type Colour string

// The colours.
const (
	Green  Colour = ""
	Yellow Colour = "yellow" // within seven days
	Red    Colour = "red"    // now
)

// marks are the values of a village that has set none (village practice 2:
// national guides for blood pressure and glucose; temperature (unchecked)). From
// 65 years on a blood pressure is yellow at oldPressure.
var marks = map[string]string{
	"red.bp": "180/110", "red.glucose": "3.9-16.7", "red.pulse": "45-150", "red.temperature": "0-39.1",
	"yellow.bp": "140/90", "yellow.glucose": "0-11.1", "yellow.pulse": "0-101", "yellow.temperature": "0-37.3",
}

const (
	oldPressure = "150/90"
	oldFrom     = 65 // years
)

// ColourOf is how soon the doctor must see a value of a kind (bp, glucose, pulse,
// temperature), of a person of an age in years; low is a blood pressure's lower
// value, age 0 is unknown.
func (s Settings) ColourOf(kind string, value, low float64, age int) Colour {
	for _, c := range []Colour{Red, Yellow} {
		name := string(c) + "." + kind
		at := s.Setting(MarkPrefix+name, marks[name])
		if c == Yellow && kind == "bp" && age >= oldFrom && s[MarkPrefix+name] == "" {
			at = oldPressure
		}
		a, b, err := ParseMark(kind, at)
		if err != nil { // nobody is to be missed because of a setting
			a, b, _ = ParseMark(kind, marks[name])
		}
		if kind == "bp" && (value >= a || low >= b) || kind != "bp" && (value <= a || value >= b) {
			return c
		}
	}
	return Green
}

// ParseMark reads 180/110, or 3.9-16.7 for what is no blood pressure.
func ParseMark(kind, text string) (a, b float64, err error) {
	sign := "-"
	if kind == "bp" {
		sign = "/"
	}
	first, second, found := strings.Cut(strings.ReplaceAll(text, " ", ""), sign)
	if !found {
		return 0, 0, fmt.Errorf("mark %q has no %q", text, sign)
	}
	if a, err = strconv.ParseFloat(first, 64); err != nil {
		return 0, 0, fmt.Errorf("mark %q: %w", text, err)
	}
	if b, err = strconv.ParseFloat(second, 64); err != nil {
		return 0, 0, fmt.Errorf("mark %q: %w", text, err)
	}
	if kind == "bp" && b >= a || kind != "bp" && a >= b {
		return 0, 0, fmt.Errorf("mark %q stands on its head", text)
	}
	return a, b, nil
}
