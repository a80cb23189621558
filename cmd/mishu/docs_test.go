package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"mishu/config"
)

// top is the top of the repository, seen from this package.
const top = "../.."

// page reads one page of the documentation.
func page(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// matches returns what the first group of an expression matches in a text, sorted
// and each once.
func matches(expression, text string) []string {
	var all []string
	for _, m := range regexp.MustCompile(expression).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestReadmeExplainsEverySetting(t *testing.T) {
	readme := page(t, "README.md")
	have := matches("(?m)^\\| `(MISHU_\\w+)` \\|", readme)
	want := matches(`(?m)^(MISHU_\w+) `, config.Help())
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("the README's table of settings (-code +README):\n%s", diff)
	}
	for _, usual := range regexp.MustCompile(`(?m)^(MISHU_\w+) .*\(default (\S+)\)$`).FindAllStringSubmatch(config.Help(), -1) {
		if row := "| `" + usual[1] + "` | `" + usual[2] + "` |"; !strings.Contains(readme, row) {
			t.Errorf("the README does not say: %s", row)
		}
	}
}

// What is set in an example must be a setting, or the file of a secret one.
func TestSettingsInExamplesExist(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings")
	for _, name := range matches(`\b(MISHU_[A-Z_]+)=`, page(t, "README.md")) {
		if err := os.WriteFile(file, []byte(name+"="+file+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := config.Load(nil, file, config.Schema); err != nil && strings.Contains(err.Error(), "is not a setting") {
			t.Errorf("README: %v", err)
		}
	}
}

// invocation is a line of code that calls mishu: the command, and what follows
// it.
var invocation = regexp.MustCompile(`(?m)^(?:go run \./cmd/mishu|mishu) ([a-z]+)(.*)$`)

// codeOf returns what stands between code marks in a page, a line each.
func codeOf(text string) string {
	parts := regexp.MustCompile("(?s)```.*?```|`[^`\n]+`").FindAllString(text, -1)
	return strings.ReplaceAll(strings.Join(parts, "\n"), "`", "")
}

func TestCommandsInDocsExist(t *testing.T) {
	flags := flagsOfCommands(t)
	for command := range flags {
		if !strings.Contains(page(t, "README.md"), "mishu "+command) {
			t.Errorf("the README does not name mishu %s", command)
		}
	}
	for _, name := range []string{"README.md", "docs/architecture.md", "docs/handbook.zh.md"} {
		for _, call := range invocation.FindAllStringSubmatch(codeOf(page(t, name)), -1) {
			known, ok := flags[call[1]]
			if !ok {
				t.Errorf("%s: there is no mishu %s", name, call[1])
			}
			for _, flag := range matches(`--([a-z]+)`, call[2]) {
				if !slices.Contains(known, flag) {
					t.Errorf("%s: mishu %s has no --%s", name, call[1], flag)
				}
			}
		}
	}
}

// flagsOfCommands are the names of the flags that each command takes.
func flagsOfCommands(t *testing.T) map[string][]string {
	t.Helper()
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	flags := map[string][]string{}
	for _, c := range parser.Model.Children {
		flags[c.Name] = nil
		for _, f := range c.Flags {
			flags[c.Name] = append(flags[c.Name], f.Name)
		}
	}
	return flags
}

func TestMakeTargetsInReadmeExist(t *testing.T) {
	targets := matches(`(?m)^([a-z-]+):.*## `, page(t, "Makefile"))
	for _, target := range matches("(?m)(?:^|`)make ([a-z-]+)", page(t, "README.md")) {
		if !slices.Contains(targets, target) {
			t.Errorf("README: there is no make %s", target)
		}
	}
}

func TestArchitectureNamesEveryLibrary(t *testing.T) {
	architecture, versions := page(t, "docs/architecture.md"), map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+\.\S+) (v\S+)`).FindAllStringSubmatch(page(t, "go.mod"), -1) {
		versions[m[1]] = m[2]
	}
	for _, module := range direct(t, versions) {
		if row := "| `" + module + "` " + versions[module] + " |"; !strings.Contains(architecture, row) {
			t.Errorf("docs/architecture.md has no row %s", row)
		}
	}
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\S+)` (v\\S+) \\|").FindAllStringSubmatch(architecture, -1) {
		if versions[row[1]] != row[2] {
			t.Errorf("docs/architecture.md: %s is %q in go.mod, not %s", row[1], versions[row[1]], row[2])
		}
	}
}

// direct are the modules that some package or test of ours imports, under
// whatever build tag, and those of the tools.
func direct(t *testing.T, versions map[string]string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-tags", "browser failpoints", "-f",
		`{{range .Imports}}{{.}} {{end}}{{range .TestImports}}{{.}} {{end}}{{range .XTestImports}}{{.}} {{end}}`, "mishu/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	used := append(strings.Fields(string(out)), matches(`(?m)^\t([^\s(]+/[^\s]+)$`, page(t, "go.mod"))...)
	var modules []string
	for module := range versions {
		if slices.ContainsFunc(used, func(path string) bool { return under(path, module) }) {
			modules = append(modules, module)
		}
	}
	const fewest = 10 // sqlx, goose, the drivers, ...: fewer means that this test no longer sees them
	if len(modules) < fewest {
		t.Fatalf("only %v are imported", modules)
	}
	slices.Sort(modules)
	return modules
}

// A path in code marks that holds a slash is one of the repository: its end is
// a file or a folder's slash.
func TestPathsInDocsExist(t *testing.T) {
	for _, name := range []string{"README.md", "docs/architecture.md"} {
		paths := matches("`((?:bot|cmd|config|docs|handlers|storage)/[\\w./-]*)`", page(t, name))
		paths = append(paths, matches(`\]\(([\w./-]+)[#)]`, strings.ReplaceAll(page(t, name), "](performance", "](docs/performance"))...)
		for _, path := range paths {
			if _, err := os.Stat(filepath.Join(top, path)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// The picture is shown at the top of the README: it must load at once.
func TestPictureIsSmall(t *testing.T) {
	info, err := os.Stat(filepath.Join(top, "docs/demo.png"))
	if err != nil {
		t.Fatal(err)
	}
	if most := int64(300_000); info.Size() > most {
		t.Errorf("docs/demo.png has %d bytes, more than %d", info.Size(), most)
	}
}
