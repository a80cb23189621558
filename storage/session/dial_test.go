package session

import (
	"crypto/tls"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]address{
		"redis://localhost":                     {scheme: "redis", hosts: []string{"localhost:6379"}},
		"redis://localhost/":                    {scheme: "redis", hosts: []string{"localhost:6379"}},
		"redis://10.0.0.1:6380/3":               {scheme: "redis", hosts: []string{"10.0.0.1:6380"}, db: 3},
		"redis://:geheim@r":                     {scheme: "redis", hosts: []string{"r:6379"}, password: "geheim"},
		"redis://mishu:a%40b%2Fc%25@r/1":        {scheme: "redis", hosts: []string{"r:6379"}, user: "mishu", password: "a@b/c%", db: 1},
		"redis://mishu:a@b/c?:#@r":              {scheme: "redis", hosts: []string{"r:6379"}, user: "mishu", password: "a@b/c?:#"},
		"redis://[::1]":                         {scheme: "redis", hosts: []string{"[::1]:6379"}},
		"redis://[::1]:6380":                    {scheme: "redis", hosts: []string{"[::1]:6380"}},
		"rediss://u:p@r.example/2":              {scheme: "rediss", hosts: []string{"r.example:6379"}, user: "u", password: "p", db: 2},
		"redis+sentinel://a,b:26380,c/mymaster": {scheme: "redis+sentinel", hosts: []string{"a:26379", "b:26380", "c:26379"}, master: "mymaster"},
		"redis+sentinel://u:p@a/mymaster/4":     {scheme: "redis+sentinel", hosts: []string{"a:26379"}, user: "u", password: "p", master: "mymaster", db: 4},
		"redis+cluster://a:7000,b":              {scheme: "redis+cluster", hosts: []string{"a:7000", "b:6379"}},
		"redis+cluster://u:p@a/":                {scheme: "redis+cluster", hosts: []string{"a:6379"}, user: "u", password: "p"},
	} {
		got, err := parseAddress(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(address{})); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", in, diff)
		}
	}
}

func TestDialRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                               "must begin with",
		"localhost:6379":                 "must begin with",
		"mysql://geheim@r":               "must begin with",
		"geheim://r":                     "must begin with",
		"redis://":                       "a host is missing",
		"redis://:geheim@":               "a host is missing",
		"redis://:6379":                  "a host is missing",
		"redis+cluster://a,,b":           "a host is missing",
		"redis://r:0":                    "from 1 to 65535",
		"redis://r:70000":                "from 1 to 65535",
		"redis://r:port":                 "from 1 to 65535",
		"redis://a:b:c":                  "HOST:PORT",
		"redis://a,b":                    "several hosts need",
		"rediss://geheim@a,b":            "several hosts need",
		"redis://:geheim@r/x":            "number of a database",
		"redis://r/-1":                   "number of a database",
		"redis://r/1/2":                  "number of a database",
		"redis://r/99999":                "number of a database",
		"redis://:geheim@r?db=1":         "no settings after ?",
		"redis://r/0#x":                  "no settings after ?",
		"redis+sentinel://:geheim@a,b":   "master's name is missing",
		"redis+sentinel://a/mymaster/x":  "number of a database",
		"redis+cluster://:geheim@a,b/1":  "no numbered databases",
		"redis://mishu:geheim%zz@r":      "written %25",
		"redis+cluster://u:geheim%@a,b ": "written %25",
	} {
		client, err := Dial(in)
		if err == nil {
			_ = client.Close()
			t.Errorf("%s: no error", in)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %q does not say %q, or says too much", in, err, want)
		}
	}
}

func TestDialOptions(t *testing.T) {
	t.Parallel()
	for in, check := range map[string]func(redis.UniversalClient) bool{
		"redis://u:p@r/3": func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.Addr == "r:6379" && o.DB == 3 && o.Username == "u" && o.Password == "p" && o.TLSConfig == nil
		},
		"rediss://r.example:6380": func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.TLSConfig.ServerName == "r.example" && o.TLSConfig.MinVersion == tls.VersionTLS12
		},
		"redis+sentinel://u:p@a,b/mymaster/3": func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.Addr == "FailoverClient" && o.DB == 3 && o.Password == "p"
		},
		"redis+cluster://u:p@a,b": func(c redis.UniversalClient) bool {
			o := c.(*redis.ClusterClient).Options()
			return len(o.Addrs) == 2 && o.Password == "p" && o.MaxRedirects == 2
		},
	} {
		client, err := Dial(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if !check(client) {
			t.Errorf("%s: wrong options", in)
		}
		_ = client.Close()
	}
}

// Whatever an operator types, the answer is a client or a sentence, and the
// sentence never holds what stands before the @.
func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"redis://:%s@r:6379/0", "redis+sentinel://u:%s@a,b:1/m/2", "redis+cluster://%s@[::1],b", "%s@r", "redis://%s@"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := parseAddress(strings.ReplaceAll(s, "%s", "geheim"))
		if err != nil {
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("%q: %q", s, err)
			}
			return
		}
		if len(a.hosts) == 0 || a.db < 0 || (a.scheme == "redis+sentinel") != (a.master != "") {
			t.Errorf("%q was understood as %+v", s, a)
		}
	})
}
