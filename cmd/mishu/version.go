package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run says what was built, from which revision and by which Go.
func (versionCommand) Run(w world) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	_, err := fmt.Fprintln(w.stdout, describe(info))
	return err
}

// describe is one line; a build from a folder of sources has no version, one
// without version control no revision.
func describe(info *debug.BuildInfo) string {
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	s := fmt.Sprintf("mishu %s %s %s/%s", version, info.GoVersion, runtime.GOOS, runtime.GOARCH)
	set := map[string]string{}
	for _, setting := range info.Settings {
		set[setting.Key] = setting.Value
	}
	if revision := set["vcs.revision"]; revision != "" {
		s += fmt.Sprintf(", revision %.12s of %s", revision, set["vcs.time"])
	}
	if set["vcs.modified"] == "true" {
		s += ", with changes"
	}
	return s
}
