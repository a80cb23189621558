package private

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// find returns the path of a server's binary. Debian keeps mariadbd in
// /usr/sbin, which is not in everybody's PATH.
func find(binary string) (string, error) {
	path, err := exec.LookPath(binary)
	if err == nil {
		return path, nil
	}
	for _, dir := range []string{"/usr/sbin", "/usr/local/sbin", "/usr/local/bin"} {
		if path, err := exec.LookPath(filepath.Join(dir, binary)); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("find %s: %w", binary, err)
}
