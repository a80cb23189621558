package bot_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"mishu/bot/line"
	"mishu/storage/session"
)

// never are words that no text to anybody contains (village-practice, design.md
// 7): nobody is ranked, counted in points or made to check in, and nobody's loss
// is written down.
var never = regexp.MustCompile(`排名|打卡|积分|第[0-9一二三四五六七八九十百]+名|失独`)

// textBound is how long a text to anybody may be, in characters: the platform
// takes 2048 bytes, three to a character.
const textBound = 600

// ringable is a telephone, or a name to go to.
var ringable = regexp.MustCompile(`1[0-9]{10}|120|向老师`)

// failures are the beginnings of texts that tell somebody that something did not
// work; each names a person to ring (design.md 10).
var failures = []string{"还是没听明白，", "对不住", "没有记"}

// proper holds for every text that leaves the house, in every test.
func (s *stage) proper(text string) {
	s.t.Helper()
	if word := never.FindString(text); word != "" {
		s.t.Errorf("%s: %s in %q", s.at, word, text)
	}
	if n := utf8.RuneCountInString(text); n > textBound {
		s.t.Errorf("%s: %d characters in one text: %q", s.at, n, text)
	}
	for _, f := range failures {
		if strings.HasPrefix(text, f) && !ringable.MatchString(text) {
			s.t.Errorf("%s: nobody to ring in %q", s.at, text)
		}
	}
}

// asked is the question that is open with somebody, nil if none is.
func (s *stage) asked(name string) *line.Question {
	s.t.Helper()
	raw, err := s.session.Peek(s.t.Context(), session.Who{Account: account, OpenID: s.openID(s.person(name))})
	s.must(err)
	var st line.State
	s.must(st.Unpack(raw))
	return st.Open
}

// readOnly are the files whose words are read in what others write and are shown
// to nobody.
var readOnly = map[string]bool{"../bot/roster/words.go": true}

// Every text that leaves the house in any test is held against the words that
// none may contain (proper, above); here every string that the program could say
// is: in its code, its pages and its printed sheets.
func TestInvariant18NoTextOfTheProgram(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"您得了第3名", "本月排名", "打卡成功", "积分5分", "失独家庭"} {
		if !never.MatchString(bad) {
			t.Errorf("%q passes", bad)
		}
	}
	texts, pages := 0, 0
	for _, folder := range []string{"../bot", "../handlers", "../cmd", "../config", "../storage"} {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || d.IsDir() && d.Name() == "testdata":
				return cmp.Or(err, error(fs.SkipDir))
			case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !readOnly[path]:
				n, err := literals(path, func(said string, line int) {
					if word := never.FindString(said); word != "" {
						t.Errorf("%s:%d says %s", path, line, word)
					}
				})
				texts += n
				return err
			case strings.HasSuffix(path, ".html"), strings.HasSuffix(path, ".js"):
				raw, err := os.ReadFile(path)
				if word := never.Find(raw); word != nil {
					t.Errorf("%s says %s", path, word)
				}
				pages++
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if texts < 3000 || pages < 3 {
		t.Errorf("only %d strings and %d pages were looked at", texts, pages)
	}
}

// literals gives every string of a file of code, and counts them.
func literals(path string, look func(said string, line int)) (n int, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		return 0, err
	}
	ast.Inspect(file, func(node ast.Node) bool {
		lit, ok := node.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		n++
		if said, wrong := strconv.Unquote(lit.Value); wrong == nil {
			look(said, files.Position(lit.Pos()).Line)
		}
		return true
	})
	return n, nil
}
