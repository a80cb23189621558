package simulator

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestSMSGateway(t *testing.T) {
	villagers := slices.Clone(villagers)
	villagers[2].Phones = "19900000003 19900000011"
	b := start(t, echo, func(o *Options) {
		o.People = func(context.Context, string, int) ([]Person, error) { return villagers, nil }
	})
	send := func(mobile, content, key string) float64 {
		code, _ := b.raw(gatewayPath, map[string]any{"mobile": mobile, "content": content, "key": key})["errcode"].(float64)
		return code
	}
	for _, c := range []struct {
		mobile, content, key string
		want                 float64
	}{
		{"19900000011", "村里有急事", secret, 0},
		{"19900000099", "村里有急事", secret, 0},
		{"19900000011", "村里有急事", "wrong", codeSecret},
		{"值班", "村里有急事", secret, codeBadValue},
		{"19900000011", "", secret, codeEmptyText},
		{"19900000011", strings.Repeat("急", 501), secret, codeTooLong},
	} {
		if got := send(c.mobile, c.content, c.key); got != c.want {
			t.Errorf("%s %.20s: %v, want %v", c.mobile, c.content, got, c.want)
		}
	}
	if got := b.chat("p3"); !slices.Equal(got, []string{"system: 手机短信：村里有急事"}) {
		t.Errorf("on the phone: %v", got)
	}
	if got := b.Texts(); len(got) != 2 || got[1].Phone != "19900000099" {
		t.Errorf("%v", got)
	}
}
