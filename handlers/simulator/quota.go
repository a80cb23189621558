package simulator

import (
	"sync"
	"time"
)

// daily is how often each path may be called in a day of the platform, which
// ends at midnight in Shanghai (wechat-platform 1.8). What is not here is not
// bounded.
var daily = map[string]int{
	"/cgi-bin/token":                             2000,
	"/cgi-bin/stable_token":                      500_000,
	"/cgi-bin/message/custom/send":               500_000,
	"/cgi-bin/message/template/send":             100_000,
	"/cgi-bin/message/subscribe/bizsend":         100_000,
	"/cgi-bin/menu/create":                       1000,
	"/cgi-bin/menu/get":                          10_000,
	"/cgi-bin/menu/delete":                       1000,
	"/cgi-bin/menu/addconditional":               2000,
	"/cgi-bin/menu/delconditional":               2000,
	"/cgi-bin/menu/trymatch":                     20_000,
	"/cgi-bin/qrcode/create":                     100_000,
	"/cgi-bin/user/info":                         5_000_000,
	"/cgi-bin/user/get":                          500,
	"/cgi-bin/media/get":                         200_000,
	"/cgi-bin/template/get_all_private_template": 10_000,
}

const (
	// tokensAMinute bounds stable_token; more is 45011 until the next minute.
	tokensAMinute = 10_000
	clearsAMonth  = 10
	clearPath     = "/cgi-bin/clear_quota"
)

// quotas count the calls of a day, a minute and a month.
type quotas struct {
	now   func() time.Time
	limit map[string]int // of a smaller account, by path

	mu     sync.Mutex
	day    string
	used   map[string]int
	minute int64
	tokens int
	month  string
	clears int
}

func newQuotas(now func() time.Time, limit map[string]int) *quotas {
	return &quotas{now: now, limit: limit, used: map[string]int{}}
}

// take counts one call, or tells the code with which it is refused.
func (q *quotas) take(path string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.now().In(shanghai)
	if day := now.Format(time.DateOnly); day != q.day {
		q.day = day
		clear(q.used)
	}
	most, bounded := q.limit[path]
	if !bounded {
		most, bounded = daily[path], daily[path] > 0
	}
	if bounded && q.used[path] >= most {
		return codeQuota
	}
	if path == "/cgi-bin/stable_token" && !q.tokenInMinute(now) {
		return codeTooFast
	}
	q.used[path]++
	return 0
}

func (q *quotas) tokenInMinute(now time.Time) bool {
	if m := now.Unix() / 60; m != q.minute {
		q.minute, q.tokens = m, 0
	}
	q.tokens++
	return q.tokens <= tokensAMinute
}

// reset begins the day anew, ten times a month.
func (q *quotas) reset() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if month := q.now().In(shanghai).Format("2006-01"); month != q.month {
		q.month, q.clears = month, 0
	}
	if q.clears >= clearsAMonth {
		return codeNoClears
	}
	q.clears++
	clear(q.used)
	return 0
}

func (s *Simulator) apiClearQuota(c call) (any, *refusal) {
	var in struct {
		AppID string `json:"appid"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	if in.AppID != s.opt.Wire.AppID {
		return nil, refuse(codeAppID, "")
	}
	if code := s.quotas.reset(); code != 0 {
		return nil, refuse(code, "")
	}
	return done, nil
}
