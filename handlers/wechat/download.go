package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// A File is what the platform gives back for a MediaId.
type File struct {
	Kind string // its type, "audio/amr"
	Data []byte
}

// ErrTooLarge means that a file is larger than it may be.
var ErrTooLarge = errors.New("the file is too large")

// Media fetches a voice or a picture that somebody sent, at most most bytes of
// it. The platform answers errors as JSON with status 200, and a video with the
// address of another server, which is not followed: both are errors here.
func (a *API) Media(ctx context.Context, mediaID string, most int64) (File, error) {
	f, err := a.download(ctx, "/cgi-bin/media/get", "&media_id="+url.QueryEscape(mediaID), most)
	if err != nil {
		return File{}, fmt.Errorf("get media: %w", err)
	}
	return f, nil
}

// download gets a file; a token that the platform refuses is renewed once.
func (a *API) download(ctx context.Context, path, query string, most int64) (f File, err error) {
	err = a.withToken(ctx, path, func(ctx context.Context, token string) error {
		kind, raw, err := a.to.bytes(ctx, path, token, query, most)
		if err == nil {
			f, err = a.to.fileOf(path, token, kind, raw)
		}
		return err
	})
	return f, err
}

// bytes gets what a path answers; no error shows the query.
func (t *transport) bytes(ctx context.Context, path, token, query string, most int64) (kind string, raw []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.base+path+"?access_token="+url.QueryEscape(token)+query, nil)
	if err != nil {
		return "", nil, t.fail(path, notSent, "the base address is no address")
	}
	res, err := t.client.Do(req)
	if err != nil {
		return "", nil, t.fail(path, noAnswer, reason(err))
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return "", nil, t.fail(path, noAnswer, fmt.Sprintf("status %d", res.StatusCode))
	}
	raw, err = io.ReadAll(io.LimitReader(res.Body, most+1))
	switch {
	case err != nil:
		return "", nil, t.fail(path, noAnswer, "the answer breaks off")
	case int64(len(raw)) > most:
		return "", nil, ErrTooLarge
	}
	return res.Header.Get("Content-Type"), raw, nil
}

func (t *transport) fileOf(path, token, contentType string, raw []byte) (File, error) {
	kind, _, err := mime.ParseMediaType(contentType)
	var st status
	if isJSON := kind == "application/json" || kind == "text/plain"; isJSON || err != nil || len(raw) == 0 {
		if json.Unmarshal(raw, &st) == nil && st.ErrCode != 0 {
			return File{}, &APIError{Path: path, Code: st.ErrCode, Message: redact(st.ErrMsg, append([]string{token}, t.hide...)...)}
		}
		return File{}, t.fail(path, noAnswer, "the answer is no file")
	}
	return File{Kind: kind, Data: raw}, nil
}
