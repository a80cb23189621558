//go:build !failpoints

// Package failpoint names the places at which the crash tests kill the
// process. Without the build tag `failpoints` nothing of it is left in the
// program.
package failpoint

// Here marks a place.
func Here(string) {}
