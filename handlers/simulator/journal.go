package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// compactOver is the size from which the journal is rewritten at the start
// with only what is still shown: some thousand messages.
const compactOver = 8 << 20

// entry is one line of the journal: one thing that changed. Reading them in
// order gives the same chats again.
type entry struct {
	Phone    *Person         `json:"phone,omitempty"` // a phone came into being or its owner's details changed
	Bubble   *bubble         `json:"bubble,omitempty"`
	Trace    *trace          `json:"trace,omitempty"`
	Follow   *followChange   `json:"follow,omitempty"`
	Consent  *consentChange  `json:"consent,omitempty"`
	Menu     json.RawMessage `json:"menu,omitempty"` // null: deleted, and every conditional one
	RoleMenu *roleMenu       `json:"role_menu,omitempty"`
	Tag      *tagChange      `json:"tag,omitempty"`
}

type followChange struct {
	Person string    `json:"person"`
	On     bool      `json:"on"`
	At     time.Time `json:"at"`
}

type consentChange struct {
	Person   string `json:"person"`
	Template string `json:"template"`
	Add      int    `json:"add"` // messages allowed, refused, longTerm or spent
}

// journal appends entries to a file. The zero journal keeps nothing.
type journal struct {
	file *os.File
}

// openJournal reads every whole line of the file and opens it for more. A last
// line that a crash cut short is dropped.
func openJournal(path string, read func(entry) error) (*journal, error) {
	if path == "" {
		return &journal{}, nil
	}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	whole := bytes.LastIndexByte(old, '\n') + 1
	if err := replay(old[:whole], read); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	err = file.Truncate(int64(whole))
	if err == nil {
		_, err = file.Seek(int64(whole), 0)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("cut the torn end of %s: %w", filepath.Base(path), err), file.Close())
	}
	return &journal{file: file}, nil
}

func replay(lines []byte, read func(entry) error) error {
	n := 0
	for line := range bytes.Lines(lines) {
		n++
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if err := read(e); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

// write appends entries in one call, so that they stand together or not at all
// unless the machine itself dies.
func (j *journal) write(entries []entry) error {
	if j.file == nil {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("encode journal entry: %w", err)
		}
	}
	if _, err := j.file.Write(b.Bytes()); err != nil {
		return fmt.Errorf("append to the journal: %w", err)
	}
	return nil
}

func (j *journal) large() bool {
	if j.file == nil {
		return false
	}
	info, err := j.file.Stat()
	return err == nil && info.Size() > compactOver
}

// rewrite replaces the whole file by entries: written beside it, then renamed.
func (j *journal) rewrite(entries []entry) error {
	path := j.file.Name()
	file, err := os.CreateTemp(filepath.Dir(path), ".journal-*")
	if err != nil {
		return fmt.Errorf("rewrite the journal: %w", err)
	}
	fresh := &journal{file: file}
	if err = fresh.write(entries); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("rewrite the journal: %w", err), file.Close(), os.Remove(file.Name()))
	}
	old := j.file
	j.file = file
	return old.Close()
}

func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}
