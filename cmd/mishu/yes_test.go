package main

import (
	"io"
	"net/http"
)

// tagsToo lets a pretend platform of a test keep tags, as the clock asks every
// platform to.
func tagsToo(mux *http.ServeMux) {
	for path, said := range map[string]string{
		"GET /cgi-bin/tags/get":                     `{"tags":[{"id":100,"name":"村部"},{"id":101,"name":"志愿者"}]}`,
		"POST /cgi-bin/tags/members/batchtagging":   `{"errcode":0,"errmsg":"ok"}`,
		"POST /cgi-bin/tags/members/batchuntagging": `{"errcode":0,"errmsg":"ok"}`,
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, said) })
	}
}
