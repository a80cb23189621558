package config

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// listen is an address to listen on: host:port, :port for all interfaces, port
// 0 for any free one.
func (r *reader) listen(name string) string {
	text := r.text(name)
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil || (host != "" && !hostName.MatchString(host) && net.ParseIP(host) == nil) {
		r.wrong("%s is %q: write host:port with a port from 0 to 65535, such as %s", name, text, byName[name].usual)
		return ""
	}
	return text
}

// public is where phones reach the pages: http is for a test on this machine.
func (r *reader) public() string {
	text := strings.TrimRight(r.text("MISHU_PUBLIC"), "/")
	u, err := url.Parse(text)
	if text != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "") {
		r.wrong("MISHU_PUBLIC is no address: write https://host, without a path")
		return ""
	}
	return text
}

// overlap reports whether two listeners cannot both be had.
func overlap(a, b string) bool {
	hostA, portA, errA := net.SplitHostPort(a)
	hostB, portB, errB := net.SplitHostPort(b)
	if errA != nil || errB != nil || portA != portB || portA == "0" {
		return false
	}
	return hostA == hostB || everywhere(hostA) || everywhere(hostB)
}

func everywhere(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || ip != nil && ip.IsUnspecified()
}
