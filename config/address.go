package config

import (
	"errors"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// address is scheme://user:password@hosts/path, taken apart. net/url is not
// used whole: it refuses several hosts with ports, and its errors repeat what
// it was given, password and all.
type address struct {
	scheme         string
	user, password string
	hosts          []string
	path           string // without its leading slash
	query          string
}

var (
	errForm     = errors.New("it is not of that form")
	errUserinfo = errors.New("user or password holds a character that must be written as %XX, such as %40 for @ or %2F for /")
)

func parseAddress(text string) (address, error) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || strings.ContainsAny(text, " \t\r\n") {
		return address{}, errForm
	}
	a := address{scheme: strings.ToLower(scheme)}
	rest, a.query, _ = strings.Cut(rest, "?")
	user := ""
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		user, rest = rest[:at], rest[at+1:]
	}
	if err := a.who(user); err != nil {
		return address{}, err
	}
	hosts, path, _ := strings.Cut(rest, "/")
	a.hosts, a.path = strings.Split(hosts, ","), path
	return a, nil
}

// who takes "user:password" apart and undoes its %XX.
func (a *address) who(text string) error {
	if strings.ContainsAny(text, "/?#@") {
		return errUserinfo
	}
	user, password, _ := strings.Cut(text, ":")
	var err1, err2 error
	a.user, err1 = url.PathUnescape(user)
	a.password, err2 = url.PathUnescape(password)
	if err1 != nil || err2 != nil {
		return errUserinfo // the cause would repeat a part of the password
	}
	return nil
}

var hostName = regexp.MustCompile(`^[0-9A-Za-z._-]+$`)

// isHost reports whether text is a host, or host:port.
func isHost(text string) bool {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return hostName.MatchString(text)
	}
	return isPort(port) && (hostName.MatchString(host) || net.ParseIP(host) != nil)
}

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}
