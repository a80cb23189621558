package access_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// The check adds no query to any message: it is given a village's book, which is
// in memory, and nothing through which records could be asked.
func TestAccessAsksNoRecord(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v %v", files, err)
	}
	looked := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			looked++
			from, ok := s.X.(*ast.Ident)
			if ok && from.Name == "storage" && (s.Sel.Name == "In" || s.Sel.Name == "Tx" || s.Sel.Name == "Store") {
				t.Errorf("%s reaches for storage.%s", name, s.Sel.Name)
			}
			return true
		})
	}
	if looked < 50 {
		t.Errorf("only %d names were looked at", looked)
	}
}
