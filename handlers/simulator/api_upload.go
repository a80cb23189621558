package simulator

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
)

// maxVoiceFile is the platform's bound for a voice, in bytes.
const maxVoiceFile = 2 << 20

// apiUpload takes a voice, or one of the sample pictures: others this platform
// could not show.
func (s *Simulator) apiUpload(c call) (any, *refusal) {
	data, ok := c.file("media")
	if !ok {
		return nil, refuse(codeEmptyBody, "")
	}
	m := medium{at: s.opt.Now()}
	switch c.query.Get("type") {
	case "voice":
		if len(data) > maxVoiceFile {
			return nil, refuse(codeTooLong, "")
		}
		// 650 bytes a second at the lowest rate of AMR.
		m.kind, m.what = "v", strconv.Itoa(min(maxVoice, max(1, len(data)/650)))
	case "image":
		m.kind, m.what = "p", sampleOf(data)
	}
	if m.what == "" {
		return nil, refuse(codeMedia, "")
	}
	return map[string]any{"type": c.query.Get("type"), "media_id": m.id(s.book.nextMsgID()), "created_at": m.at.Unix()}, nil
}

// file is a part of a form that was posted.
func (c call) file(name string) ([]byte, bool) {
	kind, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return nil, false
	}
	form := multipart.NewReader(bytes.NewReader(c.body), params["boundary"])
	for {
		part, err := form.NextPart()
		if err != nil {
			return nil, false
		}
		if part.FormName() == name && part.FileName() != "" {
			data, err := io.ReadAll(part)
			return data, err == nil && len(data) > 0
		}
	}
}

// sampleOf is the sample that a picture is, "" for none.
func sampleOf(data []byte) string {
	for _, s := range samples {
		if have, err := pageFiles.ReadFile("page/pictures/" + s.Name + ".png"); err == nil && bytes.Equal(have, data) {
			return s.Name
		}
	}
	return ""
}

// secondsOf is how long the voice of an id is, 0 if it is none.
func secondsOf(id string) int {
	m, ok := readMedium(id)
	if !ok || m.kind != "v" && m.kind != "w" {
		return 0
	}
	n, _ := strconv.Atoi(m.what) // readMedium has looked
	return n
}
