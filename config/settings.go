package config

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// prefix begins the name of every setting; what begins with testPrefix steers
// tests and may stand in the environment of a tested process.
const (
	prefix     = "MISHU_"
	testPrefix = "MISHU_TEST_"
)

// settings holds the raw value of each setting made. A secret whose file could
// not be read is there with an empty value: given, but not known.
type settings map[string]string

// gather reads the file and the environment and follows each NAME_FILE.
func gather(environ []string, file string) (settings, []error) {
	raw, mistakes := readFile(file)
	env := readEnviron(environ)
	for name := range env { // X and X_FILE are one setting: the environment's way of making it wins
		base := strings.TrimSuffix(name, fileSuffix)
		delete(raw, base)
		delete(raw, base+fileSuffix)
	}
	maps.Copy(raw, env)
	s := settings{}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		if err := s.add(name, raw); err != nil {
			mistakes = append(mistakes, err)
		}
	}
	return s, mistakes
}

// add takes one setting over, by its value or by the file that it names.
func (s settings) add(name string, raw map[string]string) error {
	k, ok := known(name)
	switch {
	case !ok:
		return unknown(name)
	case name == k.name:
		s[name] = raw[name]
		return nil
	case raw[k.name] != "":
		return fmt.Errorf("%s and %s are both set: keep one of them", k.name, name)
	}
	value, err := readSecret(name, raw[name])
	s[k.name] = value
	return err
}

// unknown is the mistake of a name that is no setting. Its value is not shown:
// it may be a secret under a misspelt name.
func unknown(name string) error {
	if near := nearest(name); near != "" {
		return fmt.Errorf("%s is not a setting: did you mean %s?", name, near)
	}
	return fmt.Errorf("%s is not a setting: take it out, or see mishu serve --help for those there are", name)
}

// readEnviron picks our settings from the environment. An empty one counts as
// not made, as in files for containers.
func readEnviron(environ []string) map[string]string {
	m := map[string]string{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		value = strings.TrimSpace(value)
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, testPrefix) && value != "" {
			m[name] = value
		}
	}
	return m
}

// readFile reads KEY=value lines; "#" begins a comment line. Mistakes name the
// line by its number: its text may hold a secret.
func readFile(file string) (map[string]string, []error) {
	m := map[string]string{}
	if file == "" {
		return m, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return m, []error{fmt.Errorf("the settings file cannot be read: %w", err)}
	}
	return m, readLines(strings.TrimPrefix(string(text), "\ufeff"), m)
}

func readLines(text string, into map[string]string) []error {
	var mistakes []error
	seen := map[string]int{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		switch before := seen[name]; {
		case !ok || strings.ContainsAny(name, " \t\"'"):
			mistakes = append(mistakes, fmt.Errorf("line %d of the settings file is not a setting: write KEY=value", n))
		case before != 0:
			mistakes = append(mistakes, fmt.Errorf("%s stands twice in the settings file, in lines %d and %d: keep one", name, before, n))
		default:
			seen[name] = n
			if value = unquote(strings.TrimSpace(value)); value != "" {
				into[name] = value
			}
		}
	}
	return mistakes
}

// unquote takes away the quotes that shells and systemd want around a value.
func unquote(value string) string {
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		return value[1 : n-1]
	}
	return value
}
