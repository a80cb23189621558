package line

import (
	"strings"

	"mishu/storage"
)

// Meant are those whom a line may mean that names nobody: behind 他, 她 and 老人 the
// elders whom the speaker may speak for, and of whoever works far away always
// they. Nobody, where he speaks of himself.
func (t *Turn) Meant() []int64 {
	if len(t.Read.Mentions) > 0 || t.Read.Kin != "" || t.Read.Self {
		return nil
	}
	if !t.SaysThey() && (t.Book.Person(t.Me).Status != storage.Away || strings.Contains(t.Read.Text, "我")) {
		return nil
	}
	var ids []int64
	for _, p := range t.Book.Proxies(t.Me) {
		ids = append(ids, p.Elder)
	}
	return ids
}

// SaysThey reports whether a line speaks of somebody named before.
func (t *Turn) SaysThey() bool {
	return strings.ContainsAny(t.Read.Text, "他她") || strings.Contains(t.Read.Text, "老人")
}
