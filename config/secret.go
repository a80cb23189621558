package config

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
)

// hidden stands wherever a secret would be printed.
const hidden = "***"

// Secret is a value that is never shown: every way of printing it gives "***".
// The zero Secret is one that is not set. It holds a pointer because printing
// a struct with a Secret in an unexported field calls none of its methods: then
// an address is shown, not the value.
type Secret struct{ value *string }

// NewSecret hides a value; an empty one gives the zero Secret.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{&value}
}

// Reveal returns the value, "" where none is set.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsSet reports whether there is a value.
func (s Secret) IsSet() bool { return s.value != nil }

// Equal reports whether both hold the same value. It is for tests; time is not
// kept constant.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// Format prints "***" for every verb of package fmt.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// String is "***".
func (s Secret) String() string { return hidden }

// MarshalText is "***", in JSON and XML as well.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue is "***".
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// maxSecret is above the longest secret, a database address, and keeps a wrong
// path, to a device or a database file, from being read whole.
const maxSecret = 64 << 10

// readSecret reads the file that the setting name points to. The space around
// its text, a last newline above all, does not belong to the secret.
func readSecret(name, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("%s names a file that cannot be read: %w", name, reason(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	switch value := strings.TrimSpace(string(text)); {
	case err != nil:
		return "", fmt.Errorf("%s names a file that cannot be read: %w", name, reason(err))
	case len(text) > maxSecret:
		return "", fmt.Errorf("%s names a file of more than %d bytes: a secret is short, check the path", name, maxSecret)
	case value == "":
		return "", fmt.Errorf("%s names an empty file: write the secret into it", name)
	default:
		return value, nil
	}
}

// reason leaves the path out of a file error: somebody may have put the secret
// itself where its file's name belongs.
func reason(err error) error {
	if e := (*os.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
