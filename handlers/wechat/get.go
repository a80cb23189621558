package wechat

import (
	"context"
	"encoding/json"
)

// get reads the JSON of a path; query begins with "&".
func (a *API) get(ctx context.Context, path, query string, res any) error {
	return a.withToken(ctx, path, func(ctx context.Context, token string) error {
		_, raw, err := a.to.bytes(ctx, path, token, query, maxAnswer)
		if err != nil {
			return err
		}
		var st status
		if json.Unmarshal(raw, &st) != nil || json.Unmarshal(raw, res) != nil {
			return a.to.fail(path, noAnswer, "the answer is no JSON")
		}
		if st.ErrCode != 0 {
			return &APIError{Path: path, Code: st.ErrCode, Message: redact(st.ErrMsg, append([]string{token}, a.to.hide...)...)}
		}
		return nil
	})
}
