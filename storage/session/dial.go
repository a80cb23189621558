package session

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Dial makes a client of one of the addresses
//
//	redis://[user:password@]host[:6379][/number]        rediss:// the same over TLS
//	redis+sentinel://[user:password@]host[:26379],.../master[/number]
//	redis+cluster://[user:password@]host[:6379],...
//
// User and password are those of the data servers; what is special in them may
// be written with %. Nothing is connected yet: a server that is away shows at
// the first use. The error is a sentence for the operator and never holds the
// password.
func Dial(address string) (redis.UniversalClient, error) {
	a, err := parseAddress(address)
	if err != nil {
		return nil, fmt.Errorf("redis address: %w", err)
	}
	opt := a.options()
	switch a.scheme {
	case "redis+cluster":
		// Here a redirection is a try as well: three in all.
		opt.MaxRetries, opt.MaxRedirects = -1, 2
		return redis.NewClusterClient(opt.Cluster()), nil
	case "redis+sentinel":
		return redis.NewFailoverClient(opt.Failover()), nil
	}
	return redis.NewClient(opt.Simple()), nil
}

// CheckAddress tells what is wrong with an address, nil where nothing is. The
// error is a sentence for the operator and never holds the password.
func CheckAddress(address string) error {
	_, err := parseAddress(address)
	return err
}

// address is what Dial understood.
type address struct {
	scheme         string
	user, password string
	hosts          []string // host:port
	master         string   // Sentinel's name of the data server
	db             int
}

// An address is cut by hand: the standard parser takes no list of hosts, and
// its errors repeat the whole address, password and all.
func parseAddress(s string) (address, error) {
	scheme, rest, _ := strings.Cut(s, "://")
	a := address{scheme: scheme}
	port := map[string]string{"redis": "6379", "rediss": "6379", "redis+sentinel": "26379", "redis+cluster": "6379"}[scheme]
	if port == "" {
		return a, errors.New("it must begin with redis://, rediss://, redis+sentinel:// or redis+cluster://")
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		if err := a.setUser(rest[:i]); err != nil {
			return a, err
		}
		rest = rest[i+1:]
	}
	hosts, path, _ := strings.Cut(rest, "/")
	if strings.ContainsAny(rest, "?#") {
		return a, errors.New("it takes no settings after ? or #")
	}
	if err := a.setHosts(hosts, port); err != nil {
		return a, err
	}
	return a, a.setPath(path)
}

func (a *address) setUser(s string) error {
	user, password, _ := strings.Cut(s, ":")
	var err, err2 error
	a.user, err = url.PathUnescape(user)
	a.password, err2 = url.PathUnescape(password)
	if err != nil || err2 != nil {
		return errors.New("a % in user or password must be written %25")
	}
	return nil
}

func (a *address) setHosts(s, port string) error {
	for h := range strings.SplitSeq(s, ",") {
		host, err := hostPort(h, port)
		if err != nil {
			return err
		}
		a.hosts = append(a.hosts, host)
	}
	if len(a.hosts) > 1 && !slices.Contains([]string{"redis+sentinel", "redis+cluster"}, a.scheme) {
		return errors.New("several hosts need redis+sentinel:// or redis+cluster://")
	}
	return nil
}

func hostPort(s, port string) (string, error) {
	if h, p, err := net.SplitHostPort(s); err == nil {
		s, port = h, p
	} else {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	}
	if s == "" {
		return "", errors.New("a host is missing: write HOST or HOST:PORT")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", errors.New("a port must be a number from 1 to 65535")
	}
	if strings.Contains(s, ":") && net.ParseIP(s) == nil {
		return "", errors.New("a host must be written HOST or HOST:PORT")
	}
	return net.JoinHostPort(s, port), nil
}

func (a *address) setPath(path string) error {
	if a.scheme == "redis+sentinel" {
		a.master, path, _ = strings.Cut(path, "/")
		if a.master == "" {
			return errors.New("the master's name is missing: write redis+sentinel://HOST,HOST/NAME")
		}
	}
	path = strings.TrimSuffix(path, "/")
	if path == "" {
		return nil
	}
	if a.scheme == "redis+cluster" {
		return errors.New("a cluster has no numbered databases: nothing may follow the hosts")
	}
	n, err := strconv.ParseUint(path, 10, 16)
	if err != nil {
		return errors.New("what follows the host must be the number of a database, such as /0")
	}
	a.db = int(n)
	return nil
}

// options are sized for 2 to 64 connections: a replica answers some tens of
// messages at once and each holds a connection for a fraction of a
// millisecond. Time-outs leave room for the answer within the handler's 4.5 s
// when Redis hangs: two tries of 1 s.
func (a *address) options() *redis.UniversalOptions {
	opt := &redis.UniversalOptions{
		Addrs: a.hosts, MasterName: a.master, DB: a.db,
		Username: a.user, Password: a.password,
		DialTimeout: time.Second, DialerRetries: 1,
		ReadTimeout: time.Second, WriteTimeout: time.Second, ContextTimeoutEnabled: true,
		PoolSize: 64, MinIdleConns: 2, PoolTimeout: time.Second, ConnMaxIdleTime: 5 * time.Minute,
		MaxRetries: 1, MinRetryBackoff: 8 * time.Millisecond, MaxRetryBackoff: 100 * time.Millisecond,
		DisableIdentity: true,
		// A hand-shake that only one vendor's servers know.
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if a.scheme == "rediss" {
		host, _, _ := net.SplitHostPort(a.hosts[0])
		opt.TLSConfig = &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	}
	return opt
}
