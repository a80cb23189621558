package media

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/talk"
	"mishu/storage"
)

// stillThere is how long the platform's own id of a medium is used: less than
// its three days, so that it lives when the message is opened.
const stillThere = onPlatform - 6*time.Hour

// Attach gives the voice or picture of the slip that a notice is about: by the
// platform's id while it lives, else what was kept of it. Subjects of such
// notices are "slip:ID".
func Attach(v storage.In, _ *book.Book, n storage.Notice) (*talk.Media, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "slip:"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	s, found, err := v.Slip(id)
	kind := talk.Kind(s.Kind)
	if err != nil || !found || s.Media == "" || kind != talk.Voice && kind != talk.Image {
		return nil, err
	}
	m, found, err := v.MediumOf(id)
	if err != nil || !found {
		return nil, err
	}
	age := v.Tx().Wall().Sub(m.CreatedAt.Time())
	switch {
	case age < stillThere && m.State != storage.MediumLost:
		return &talk.Media{Kind: kind, Account: m.Account, ID: m.Media}, nil
	case m.State == storage.MediumKept:
		return &talk.Media{Kind: kind, Data: m.Data}, nil
	}
	return nil, nil
}
