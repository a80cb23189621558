package main

import (
	"context"
	"image"
	"image/color"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	qr "github.com/piglig/go-qr"

	"mishu/storage"
)

// codesAPI makes codes as the platform does, until it is told to stop.
type codesAPI struct {
	asked []string
	stop  int // after so many; 0 never
}

func (a *codesAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/cgi-bin/qrcode/create" {
		_, _ = w.Write([]byte(`{"access_token":"` + officialAccess + `","expires_in":7200}`))
		return
	}
	body, _ := io.ReadAll(r.Body)
	scene := regexp.MustCompile(`"scene_id":(\d+)`).FindStringSubmatch(string(body))
	if a.stop != 0 && len(a.asked) >= a.stop || scene == nil || !strings.Contains(string(body), "QR_LIMIT_SCENE") {
		_, _ = w.Write([]byte(`{"errcode":45009,"errmsg":"reach max api daily quota limit"}`))
		return
	}
	a.asked = append(a.asked, scene[1])
	_, _ = w.Write([]byte(`{"ticket":"gQ` + scene[1] + `","url":"http://weixin.qq.com/q/0` + scene[1] + `"}`))
}

func TestDoors(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		api := &codesAPI{stop: 2}
		platform := httptest.NewServer(api)
		t.Cleanup(platform.Close)
		environ := append(account(platform.URL), fresh(t)...)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, playedVillage), "--village", "青坪村")
		file := filepath.Join(t.TempDir(), "doors.html")
		do := []string{"doors", "--village", "青坪村", "-o", file}
		if code, _, err := does(t, environ, do...); code != exitFailed || !strings.Contains(err, "run it again") {
			t.Fatalf("the platform stops after two, and it ends with %d: %s", code, err)
		}
		api.stop = 0
		if out := mustDo(t, environ, do...); !strings.Contains(out, "青坪村：5张门牌码") {
			t.Errorf("it says %q", out)
		}
		mustDo(t, environ, do...)
		if len(api.asked) != 5 {
			t.Errorf("the platform was asked for %v, want each of five once", api.asked)
		}
		first := sheetsIn(t, file)
		for _, words := range []string{"2组21户", "贴给：刘满生", "3组31户", "急病先打"} {
			if !strings.Contains(first, words) {
				t.Errorf("the sheets do not say %s", words)
			}
		}
		for i, scene := range scenesOn(first) {
			if got := readCode(t, first, i); got != "http://weixin.qq.com/q/0"+scene {
				t.Errorf("the picture of %s says %q", scene, got)
			}
		}
		mustDo(t, environ, append(do, "--group", "3")...)
		if got := scenesOn(sheetsIn(t, file)); len(got) != 3 {
			t.Errorf("group 3 has the codes %v", got)
		}
		// Who is not visited any more gives his number back.
		store := records(t, environ)
		err := store.Update(context.Background(), func(tx *storage.Tx) error {
			v := tx.In(1)
			plans, err := v.Plans()
			if err != nil {
				return err
			}
			if err := v.SetPlan(plans[0].Person, storage.PlanOff, ""); err != nil {
				return err
			}
			return v.Changed()
		})
		if err != nil {
			t.Fatal(err)
		}
		if out := mustDo(t, environ, do...); !strings.Contains(out, "4张") || len(api.asked) != 5 {
			t.Errorf("after one left: %q, asked %v", out, api.asked)
		}
	})
}

func sheetsIn(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var (
	sceneOn   = regexp.MustCompile(`码(\d+)<`)
	pictureOn = regexp.MustCompile(`viewBox="0 0 (\d+) \d+"[^>]*><path d="([^"]+)"`)
	moduleOn  = regexp.MustCompile(`M(\d+) (\d+)h1v1h-1z`)
)

func scenesOn(sheets string) (scenes []string) {
	for _, m := range sceneOn.FindAllStringSubmatch(sheets, -1) {
		scenes = append(scenes, m[1])
	}
	return scenes
}

// readCode reads the n-th picture as a camera would.
func readCode(t *testing.T, sheets string, n int) string {
	t.Helper()
	m := pictureOn.FindAllStringSubmatch(sheets, -1)[n]
	side, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	const scale = 6
	img := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for _, module := range moduleOn.FindAllStringSubmatch(m[2], -1) {
		x, _ := strconv.Atoi(module[1])
		y, _ := strconv.Atoi(module[2])
		for dy := range scale {
			for dx := range scale {
				img.SetGray(x*scale+dx, y*scale+dy, color.Gray{})
			}
		}
	}
	text, err := qr.Decode(img)
	if err != nil {
		t.Fatalf("picture %d cannot be read: %v", n, err)
	}
	return text
}
