package config

import (
	"net"
	"strconv"
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
