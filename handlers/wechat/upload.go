package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"mishu/bot/talk"
)

// Upload gives a voice or a picture to the platform for three days and returns
// its id. The file's name says nothing.
func (a *API) Upload(ctx context.Context, kind talk.Kind, data []byte) (string, error) {
	names := map[talk.Kind]string{talk.Voice: "voice.amr", talk.Image: "picture.jpg"}
	if names[kind] == "" {
		return "", errors.New("upload media: neither voice nor picture")
	}
	var res struct {
		ID string `json:"media_id"`
	}
	const path = "/cgi-bin/media/upload"
	err := a.withToken(ctx, path, func(ctx context.Context, token string) error {
		return a.to.upload(ctx, path, token, string(kind), names[kind], data, &res)
	})
	if err == nil && res.ID == "" {
		err = a.to.fail(path, noAnswer, "the answer holds no id")
	}
	if err != nil {
		return "", fmt.Errorf("upload media: %w", err)
	}
	return res.ID, nil
}

func (t *transport) upload(ctx context.Context, path, token, kind, name string, data []byte, res any) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("media", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		return fmt.Errorf("encode upload: %w", err)
	}
	query := url.Values{"access_token": {token}, "type": {kind}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+path+"?"+query.Encode(), &body)
	if err != nil {
		return t.fail(path, notSent, "the base address is no address")
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := t.client.Do(req)
	if err != nil {
		return t.fail(path, noAnswer, reason(err))
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	var st status
	switch {
	case err != nil || answer.StatusCode != http.StatusOK || json.Unmarshal(raw, &st) != nil || json.Unmarshal(raw, res) != nil:
		return t.fail(path, noAnswer, "the answer is no JSON")
	case st.ErrCode != 0:
		return &APIError{Path: path, Code: st.ErrCode, Message: redact(st.ErrMsg, append([]string{token}, t.hide...)...)}
	}
	return nil
}
