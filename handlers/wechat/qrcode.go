package wechat

import (
	"context"
	"errors"
	"fmt"
)

type codeRequest struct {
	Action string   `json:"action_name"`
	Info   codeInfo `json:"action_info"`
}

type codeInfo struct {
	Scene codeScene `json:"scene"`
}

type codeScene struct {
	ID int `json:"scene_id"`
}

// DoorCode makes the permanent code of a scene, 1 to 100,000, and returns what
// its picture says. Making it again gives the same code.
func (a *API) DoorCode(ctx context.Context, scene int) (string, error) {
	var res struct {
		URL string `json:"url"`
	}
	req := codeRequest{Action: "QR_LIMIT_SCENE", Info: codeInfo{codeScene{scene}}}
	if err := a.send(ctx, "/cgi-bin/qrcode/create", req, &res); err != nil {
		return "", fmt.Errorf("make code %d: %w", scene, err)
	}
	if res.URL == "" {
		return "", fmt.Errorf("make code %d: %w", scene, errors.New("the platform tells no address"))
	}
	return res.URL, nil
}
