// Package lifeline keeps a small copy of whom to text when somebody is in danger
// while the records are away: telephones, no names (settled.md 8).
package lifeline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"mishu/storage"
)

// Copy is what is known without the records.
type Copy struct {
	Villages []Village        `json:"villages"`
	Members  map[string]int64 `json:"members"` // mark of an OpenID -> village
	County   []string         `json:"county"`  // the county's telephones, for who is of no village
}

// Village is whom to text in one village.
type Village struct {
	ID     int64    `json:"id"`
	Name   string   `json:"name"`
	Duties []Duty   `json:"duties"`
	Office []string `json:"office"` // secretary-general and chair
}

// Duty is a telephone and the minutes of the day in which it is answered.
type Duty struct {
	Phone string `json:"phone"`
	From  int    `json:"from"`
	To    int    `json:"to"`
}

// phonesBound is how many telephones of a village one danger rings.
const phonesBound = 4

// phones are whom to text about somebody at a time: who is on duty, then the
// office; for somebody of no village the county.
func (c *Copy) phones(mark string, now time.Time) (village string, phones []string) {
	v, found := c.village(mark)
	if !found {
		return "", c.County[:min(len(c.County), phonesBound)]
	}
	now = now.In(storage.Shanghai)
	for _, d := range v.Duties {
		if (storage.Duty{From: d.From, To: d.To}).Covers(now.Hour()*60 + now.Minute()) {
			phones = append(phones, d.Phone)
		}
	}
	phones = distinct(append(phones, v.Office...))
	return v.Name, phones[:min(len(phones), phonesBound)]
}

// village is the one of a member, or the only one there is.
func (c *Copy) village(mark string) (Village, bool) {
	if len(c.Villages) == 1 {
		return c.Villages[0], true
	}
	i := slices.IndexFunc(c.Villages, func(v Village) bool { return v.ID == c.Members[mark] })
	if i < 0 {
		return Village{}, false
	}
	return c.Villages[i], true
}

func distinct(phones []string) []string {
	var out []string
	for _, p := range phones {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// mark stands for an OpenID in the file: without the account's token nobody can
// tell whose it is.
func mark(key, account, openid string) string {
	mac := hmac.New(sha256.New, []byte("lifeline "+key))
	mac.Write([]byte(account + "\x00" + openid))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

// read reads a copy; none was written yet where there is no file.
func read(path string) (Copy, error) {
	var c Copy
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		return Copy{}, fmt.Errorf("read the copy of the duty list: %w", err)
	}
	return c, nil
}

// write replaces the file in one step, readable for nobody else.
func (c *Copy) write(path string) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write the copy of the duty list: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".duty-*") // made with 0600
	if err != nil {
		return fmt.Errorf("write the copy of the duty list: %w", err)
	}
	_, err = f.Write(raw)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write the copy of the duty list: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
