package simulator

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"testing"
)

// What was uploaded can be sent; a voice shows its length, and no picture is
// taken that the page could not show.
func TestUpload(t *testing.T) {
	b := start(t, echo)
	b.say("p1", "你好")
	sample, err := pageFiles.ReadFile("page/pictures/roof.png")
	if err != nil {
		t.Fatal(err)
	}
	voice := b.upload("voice", silence(9))
	if code := b.call("/cgi-bin/message/custom/send", map[string]any{
		"touser": villagers[0].OpenID, "msgtype": "voice", "voice": map[string]any{"media_id": voice["media_id"]},
	})["errcode"].(float64); code != 0 {
		t.Errorf("send the voice: %v", code)
	}
	seconds := 0
	_ = b.book.look("p1", func(c *chat) { seconds = c.bubbles[len(c.bubbles)-1].Seconds })
	if seconds != 9 {
		t.Errorf("the voice has %d seconds, want 9", seconds)
	}
	if b.upload("image", sample)["media_id"] == nil {
		t.Error("a sample picture is not taken")
	}
	for kind, data := range map[string][]byte{"image": []byte("no picture"), "video": sample, "voice": make([]byte, maxVoiceFile+1)} {
		if b.upload(kind, data)["errcode"] == nil {
			t.Errorf("%s is taken", kind)
		}
	}
	if b.call("/cgi-bin/media/upload?type=voice", map[string]any{})["errcode"].(float64) != codeEmptyBody {
		t.Error("JSON is taken for a file")
	}
}

func (b *bench) upload(kind string, data []byte) (out map[string]any) {
	b.t.Helper()
	b.call("/cgi-bin/menu/get", nil) // has a token
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("media", "x")
	if err == nil {
		_, err = part.Write(data)
	}
	if err != nil || form.Close() != nil {
		b.t.Fatal(err)
	}
	res, err := http.Post(b.api.URL+"/cgi-bin/media/upload?type="+kind+"&access_token="+b.token, form.FormDataContentType(), &body)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		b.t.Fatal(err)
	}
	return out
}
