package dialog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type answers struct{ who, what, why string }

// cutlery asks who, what, and why only where somebody wants knives.
var cutlery = Form[answers, string]{
	field("who", func(a *answers) *string { return &a.who }, func(answers) bool { return true }),
	field("what", func(a *answers) *string { return &a.what }, func(answers) bool { return true }),
	field("why", func(a *answers) *string { return &a.why }, func(a answers) bool { return a.what == "knives" }),
}

func field(name string, at func(*answers) *string, applies func(answers) bool) Field[answers, string] {
	return Field[answers, string]{
		Name:    name,
		Missing: func(a answers) bool { return applies(a) && *at(&a) == "" },
		Ask:     func(answers) string { return name + "?" },
		Take: func(a *answers, said string) bool {
			_, value, ok := strings.Cut(said, name+"=")
			value, _, _ = strings.Cut(value, ";")
			*at(a) = value
			return ok
		},
	}
}

func TestForm(t *testing.T) {
	tests := []struct {
		name   string
		said   []string
		want   answers
		filled [][]string
		open   string
	}{
		{"nothing said", nil, answers{}, nil, "who"},
		{"one by one", []string{"who=Ann", "what=forks"}, answers{who: "Ann", what: "forks"}, [][]string{{"who"}, {"what"}}, ""},
		{"all at once, out of order", []string{"what=forks;who=Ann"}, answers{who: "Ann", what: "forks"}, [][]string{{"who", "what"}}, ""},
		{"a branch opens", []string{"who=Ann;what=knives"}, answers{who: "Ann", what: "knives"}, [][]string{{"who", "what"}}, "why"},
		{"an answered field is left alone", []string{"who=Ann", "who=Bob"}, answers{who: "Ann"}, [][]string{{"who"}, nil}, "what"},
		{"a digression fills nothing", []string{"hello"}, answers{}, [][]string{nil}, "who"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got answers
			var filled [][]string
			for _, s := range tt.said {
				filled = append(filled, cutlery.Fill(&got, s))
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(answers{})); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.filled, filled); diff != "" {
				t.Errorf("filled (-want +got):\n%s", diff)
			}
			open, _ := cutlery.Open(got)
			if open.Name != tt.open {
				t.Errorf("open question %q, want %q", open.Name, tt.open)
			}
		})
	}
}
