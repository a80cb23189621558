// Package dialog fills in a form by talking. The answers are the whole state:
// the open question is the first field that is still missing. So a correction
// is an answer taken back, an optional branch is a condition in Missing, and a
// form survives a restart with nothing but its answers.
package dialog

// Field is one thing a form needs. A is the form's answers, R what was read of
// a line.
type Field[A, R any] struct {
	Name string
	// Missing reports whether the field applies and has no answer yet.
	Missing func(A) bool
	// Ask is the question, one bubble long.
	Ask func(A) string
	// Take fills the field from what was read; false if the line says nothing
	// about it.
	Take func(*A, R) bool
}

// Form is a list of fields in the order in which they are asked.
type Form[A, R any] []Field[A, R]

// Open is the field to ask about; false if nothing is missing.
func (f Form[A, R]) Open(a A) (Field[A, R], bool) {
	for _, field := range f {
		if field.Missing(a) {
			return field, true
		}
	}
	return Field[A, R]{}, false
}

// Fill takes from one line whatever it says about the missing fields, and
// returns the names of those that it filled. One sentence may fill several.
func (f Form[A, R]) Fill(a *A, r R) []string {
	var filled []string
	for _, field := range f {
		if field.Missing(*a) && field.Take(a, r) {
			filled = append(filled, field.Name)
		}
	}
	return filled
}
