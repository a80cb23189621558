package config

import (
	"slices"
	"strings"
	"testing"
)

func TestSMSSettings(t *testing.T) {
	good := []string{
		"MISHU_DATABASE=sqlite:x", "MISHU_SMS_URL=https://sms.example/send", `MISHU_SMS_BODY={"m":"{phone}","c":"{text}","k":"{secret}"}`,
		"MISHU_SMS_SECRET=s3cret", "MISHU_SMS_FOR=urgent, brief", "MISHU_SMS_TAKEN=\"code\":0",
	}
	c, err := Load(good, "", Schema)
	if err != nil {
		t.Fatal(err)
	}
	if s := c.SMS; !s.IsSet() || !s.Urgent || !s.Brief || s.Method != "POST" || s.Secret.Reveal() != "s3cret" {
		t.Errorf("%+v", s)
	}
	for _, c := range []struct{ change, want string }{
		{"MISHU_SMS_URL=sms.example", "MISHU_SMS_URL is no address"},
		{`MISHU_SMS_BODY={"c":"{text}"}`, "where the telephone goes"},
		{`MISHU_SMS_BODY={"c":"{phone}"}`, "where the words go"},
		{"MISHU_SMS_SECRET=", "MISHU_SMS_SECRET is missing"},
		{"MISHU_SMS_URL=", "MISHU_SMS_URL is missing"},
		{"MISHU_SMS_METHOD=put", "MISHU_SMS_METHOD is no method"},
		{"MISHU_SMS_FOR=everything", "MISHU_SMS_FOR names something"},
		{"MISHU_SMS_TAKEN=(", "MISHU_SMS_TAKEN is no regular"},
		{"MISHU_SMS_HEADER=Bearer", "MISHU_SMS_HEADER is no header"},
	} {
		name, _, _ := strings.Cut(c.change, "=")
		environ := slices.DeleteFunc(slices.Clone(good), func(s string) bool { return strings.HasPrefix(s, name+"=") })
		_, err := Load(append(environ, c.change), "", Schema)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.change, err, c.want)
		} else if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the secret is shown", c.change)
		}
	}
}
