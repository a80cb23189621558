package wechat

// Mode is how the platform sends messages, as chosen in its console. The mode
// comes from our configuration alone: what a caller writes in the query never
// lowers it.
type Mode string

// The three modes. Compatible sends plain fields beside the encrypted ones; we
// read only the encrypted ones, so it is as safe as Safe.
const (
	Safe       Mode = "safe"
	Compatible Mode = "compatible"
	Plain      Mode = "plain"
)

func (m Mode) orSafe() Mode {
	if m == "" {
		return Safe
	}
	return m
}

func (m Mode) known() bool { return m == Safe || m == Compatible || m == Plain }

func (m Mode) sealed() bool { return m == Safe || m == Compatible }
