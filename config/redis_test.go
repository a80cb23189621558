package config

import (
	"strings"
	"testing"
)

func TestRedisAddresses(t *testing.T) {
	for _, text := range []string{
		"redis://127.0.0.1:6379", "redis://localhost", "redis://r/0", "redis://u:p%40@r:1/15", "redis://:p@r", "rediss://r:6380",
		"redis+sentinel://h1,h2/master", "redis+sentinel://u:p@h1:26379,h2:26379/master", "redis+cluster://h1:1,h2:2", "redis+cluster://h1/",
		"redis://[::1]:6379/1",
	} {
		if err := checkRedis(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestWrongRedisAddresses(t *testing.T) {
	const password = "hunter2"
	for text, want := range map[string]string{
		"127.0.0.1:6379":                      "cannot be understood",
		"http://r":                            "of no known kind",
		"redis://":                            "names no host",
		"redis://a,b":                         "names several hosts",
		"redis://u:" + password + "@r:x/1":    "a port that is none",
		"redis://u:" + password + "@r/one":    "not a database's number",
		"redis://u:" + password + "#@r":       "must be written as %XX",
		"redis+sentinel://h1,h2":              "no master",
		"redis+sentinel://h1,,h2/m":           "names no host",
		"redis+cluster://" + "h1,h2/" + "3":   "knows no numbers",
		"rediss://u:" + password + "%@r:6379": "must be written as %XX",
	} {
		err := checkRedis(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		} else if strings.Contains(err.Error(), password) {
			t.Errorf("the password is shown: %v", err)
		}
	}
}
