package private

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// Memory is a private Redis server.
type Memory struct{ *Server }

// StartRedis runs a server over dir, which is made where it is missing; flags
// are added to its command line and win. It keeps nothing on disk unless flags
// say so. The server dies with this process; dir is the caller's to delete.
func StartRedis(dir string, flags ...string) (*Memory, error) {
	return startRedis(dir, false, flags)
}

func startRedis(dir string, remove bool, flags []string) (*Memory, error) {
	s, err := start(kind{binary: "redis-server", prepare: makeFolder, argv: redisFlags, ready: redisReady}, dir, remove, flags)
	if err != nil {
		return nil, err
	}
	return &Memory{s}, nil
}

// spaces is how many logical databases the server holds; an empty one costs it
// half a kilobyte.
const spaces = 10_000

// URL is where logical database n is, in the form of MISHU_REDIS.
func (m *Memory) URL(n int) string { return fmt.Sprintf("redis://%s/%d", m.Addr, n) }

func redisFlags(dir string, addr *net.TCPAddr) []string {
	return []string{
		"--bind", addr.IP.String(),
		"--port", strconv.Itoa(addr.Port),
		"--dir", dir,
		"--databases", strconv.Itoa(spaces),
		"--save", "",
		"--appendonly", "no",
		"--daemonize", "no",
	}
}

func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder of redis-server: %w", err)
	}
	return nil
}

// redisReady asks the server who it is: another process may have taken the
// port first, and it may be a Redis as well.
func redisReady(addr string, pid int) error {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	if _, err := io.WriteString(conn, "INFO server\r\n"); err != nil {
		return err
	}
	answer := bufio.NewScanner(conn)
	for answer.Scan() {
		if id, ok := strings.CutPrefix(answer.Text(), "process_id:"); ok {
			return sameProcess(id, pid)
		}
	}
	return fmt.Errorf("redis-server does not say who it is: %w", answer.Err())
}

func sameProcess(id string, pid int) error {
	if id != strconv.Itoa(pid) {
		return fmt.Errorf("process %s answers in place of %d", id, pid)
	}
	return nil
}
