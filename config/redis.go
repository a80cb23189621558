package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

var errRedis = errors.New("write redis://user:password@host:port/number, rediss:// for TLS, redis+sentinel://h1,h2/master or redis+cluster://h1,h2")

// checkRedis tells whether text is an address of MISHU_REDIS. Its error says
// what to write, without the value.
func checkRedis(text string) error {
	a, err := parseAddress(text)
	if err != nil {
		return fmt.Errorf("MISHU_REDIS cannot be understood, %w: %w", err, errRedis)
	}
	if slices.ContainsFunc(a.hosts, func(h string) bool { return !isHost(h) }) {
		return fmt.Errorf("MISHU_REDIS names no host, or a port that is none: %w", errRedis)
	}
	switch a.scheme {
	case "redis", "rediss":
		return checkSingle(a)
	case "redis+sentinel":
		if a.path == "" {
			return fmt.Errorf("MISHU_REDIS names Sentinels but no master: %w", errRedis)
		}
	case "redis+cluster":
		if a.path != "" {
			return fmt.Errorf("MISHU_REDIS has something after the cluster's hosts, which knows no numbers: %w", errRedis)
		}
	default:
		return fmt.Errorf("MISHU_REDIS is of no known kind: %w", errRedis)
	}
	return nil
}

func checkSingle(a address) error {
	if len(a.hosts) != 1 {
		return fmt.Errorf("MISHU_REDIS names several hosts: %w", errRedis)
	}
	if _, err := strconv.ParseUint(a.path, 10, 31); a.path != "" && err != nil {
		return fmt.Errorf("MISHU_REDIS has something after its host that is not a database's number: %w", errRedis)
	}
	return nil
}
