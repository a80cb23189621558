package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/go-sql-driver/mysql"
)

// FuzzDatabase: what is taken gives a DSN that the driver reads as we do.
func FuzzDatabase(f *testing.F) {
	for _, s := range []string{"mysql://u:p%40@h:1/n", "sqlite:/a?b", "mysql://u:p@[::1]/n", "mysql://u@h,i/n?x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDatabase(text)
		if err != nil || d.Driver != MySQL {
			return
		}
		want, err := parseAddress(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := mysql.ParseDSN(d.DSN.Reveal())
		if err != nil {
			t.Fatalf("%q gives a DSN that the driver refuses: %v", text, err)
		}
		if got.User != want.user || got.Passwd != want.password || got.DBName != want.path {
			t.Errorf("%q is read by the driver as %q %q %q", text, got.User, got.Passwd, got.DBName)
		}
	})
}

// FuzzSecretsInMistakes puts a password into every setting that is a secret or
// an address, in whatever broken surroundings: no mistake repeats it.
func FuzzSecretsInMistakes(f *testing.F) {
	f.Add("mysql://u:", "@h:x/n")
	f.Add("redis+sentinel://u:", "%zz@a,b")
	f.Add(" ", "\t=")
	f.Add("wx", "%")
	f.Fuzz(func(t *testing.T, before, after string) {
		const password = "Xq7hunter2Xq7"
		value := strings.TrimSpace(before + password + after)
		if strings.ContainsFunc(value, unicode.IsControl) {
			return // no environment and no line of a file holds these
		}
		var env []string
		for _, k := range keys {
			if k.secret || strings.HasPrefix(k.name, "MISHU_WECHAT") && k.name != "MISHU_WECHAT_MORE" { // that one names files
				env = append(env, k.name+"="+value)
			}
		}
		if _, err := Load(env, "", Account); err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("mistakes: %v", err)
		}
	})
}

// FuzzFile: any file is read to a configuration or to mistakes, never to a
// crash, and no mistake repeats what stands behind an equals sign of a secret.
func FuzzFile(f *testing.F) {
	f.Add("MISHU_LOG=info\n# x\nMISHU_WECHAT_TOKEN='abc'\n")
	f.Add("\ufeffMISHU_LISTEN = :1\r\nMISHU_LISTEN=:2")
	f.Add("=\n==\nMISHU_DATABASE_FILE=\x00\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(t.TempDir(), "settings")
		if err := os.WriteFile(file, []byte(text+"\nMISHU_WECHAT_TOKEN=Xq7 hunter2 Xq7\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(nil, file, Account)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("mistakes: %v", err)
		}
	})
}
