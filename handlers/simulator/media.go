package simulator

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	// mediaLife is how long temporary media can be fetched.
	mediaLife = 3 * 24 * time.Hour
	// maxVoice is the longest voice message the app records, in seconds.
	maxVoice = 60
)

// samples are the pictures that can be sent: drawn in pictures/*.svg, rendered
// at 480x360 into page/pictures.
var samples = []sample{
	{"roof", "屋漏水"},
	{"meter", "血压计"},
	{"medicine", "药盒"},
	{"yard", "院子扫干净了"},
	{"lamp", "电灯不亮"},
	{"lunch", "食堂中饭"},
}

type sample struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

func isSample(name string) bool {
	for _, s := range samples {
		if s.Name == name {
			return true
		}
	}
	return false
}

// medium is what a MediaId stands for. The id carries all of it, so that it
// can be fetched after a restart as well.
type medium struct {
	kind string // "p" picture, "v" voice, "w" the same voice at 16 kHz
	what string // the sample's name, or the seconds
	at   time.Time
}

func (m medium) id(msgID int64) string {
	parts := []string{m.kind, m.what, strconv.FormatInt(m.at.Unix(), 36), strconv.FormatInt(msgID, 36)}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, ".")))
}

// readMedium takes a MediaId apart; ok is false for one that was never given.
func readMedium(id string) (m medium, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(id)
	parts := strings.Split(string(raw), ".")
	if err != nil || len(parts) != 4 {
		return medium{}, false
	}
	at, err := strconv.ParseInt(parts[2], 36, 64)
	m = medium{parts[0], parts[1], time.Unix(at, 0)}
	return m, err == nil && (m.kind == "v" || m.kind == "w" || m.kind == "p" && isSample(m.what))
}

// content is the file itself and its type.
func (m medium) content() ([]byte, string, error) {
	if m.kind == "p" {
		data, err := pageFiles.ReadFile("page/pictures/" + m.what + ".png")
		if err != nil {
			return nil, "", fmt.Errorf("read sample picture: %w", err)
		}
		return data, "image/png", nil
	}
	seconds, err := strconv.Atoi(m.what)
	if err != nil || seconds < 1 || seconds > maxVoice {
		return nil, "", fmt.Errorf("voice of %q seconds", m.what)
	}
	return silence(seconds), "audio/amr", nil
}

// silence is an AMR file of that many seconds in which nothing is said: 50
// frames a second, each a header for the lowest rate (0x04) and 12 bytes.
func silence(seconds int) []byte {
	frame := append([]byte{0x04}, make([]byte, 12)...)
	return append([]byte("#!AMR\n"), bytes.Repeat(frame, 50*seconds)...)
}
