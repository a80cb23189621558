package wechat

import (
	"strconv"
	"time"

	"mishu/bot/talk"
)

// action is what an errcode asks for.
type action string

// The actions of the platform's error table (wechat-platform 1.14).
const (
	actRetry     action = "retry"     // the platform is busy: again later
	actSent      action = "sent"      // a duplicate within a minute: the first one arrived
	actRefresh   action = "refresh"   // the token: fetch a new one, once again
	actStop      action = "stop"      // the account or the channel is shut: an operator must act
	actTomorrow  action = "tomorrow"  // the day's quota is used up
	actDrop      action = "drop"      // this message will never pass
	actUnfollow  action = "unfollow"  // the person does not follow
	actRefuse    action = "refuse"    // the person refuses messages
	actNoConsent action = "noconsent" // no consent left for this notice
	actWindow    action = "window"    // no window is open: next channel
	actLogin     action = "login"     // OAuth: start the login again, never the code
	actAdmin     action = "admin"     // tags and menus: tell the operator
)

// codes is the error table as data. What is not in it is permanent for the
// message: see actionOf.
var codes = map[int]action{
	-1: actRetry, 45011: actRetry, 43117: actRetry,
	40241: actSent,
	40001: actRefresh, 40014: actRefresh, 42001: actRefresh, 41001: actRefresh,

	40013: actStop, 40125: actStop, 40164: actStop, 61004: actStop,
	89501: actStop, 89503: actStop, 89506: actStop, 89507: actStop,
	40243: actStop, 48001: actStop, 48004: actStop, 48008: actStop, 50002: actStop, 43116: actStop,

	45009: actTomorrow, 48006: actTomorrow,

	40003: actDrop, 40037: actDrop, 40036: actDrop, 40008: actDrop, 40007: actDrop,
	45002: actDrop, 45008: actDrop, 47001: actDrop, 47003: actDrop, 40165: actDrop,
	40249: actDrop, 40250: actDrop, 40251: actDrop, 40252: actDrop, 40032: actDrop,

	43004: actUnfollow, 50005: actUnfollow,
	48002: actRefuse, 43019: actRefuse,
	43101: actNoConsent,
	45015: actWindow, 45047: actWindow,

	40029: actLogin, 40163: actLogin, 42002: actLogin, 42003: actLogin, 42007: actLogin,

	45056: actAdmin, 45057: actAdmin, 45058: actAdmin, 45059: actAdmin,
	45157: actAdmin, 45158: actAdmin, 45159: actAdmin,
	65301: actAdmin, 65303: actAdmin, 65320: actAdmin, 40018: actAdmin, 49003: actAdmin,
}

// channelOnly are the codes that shut one channel and not the whole account.
var channelOnly = map[int]bool{48001: true, 48008: true, 43116: true, 45009: true}

func actionOf(code int) action {
	if act, known := codes[code]; known {
		return act
	}
	return actDrop
}

const (
	afterBusy    = 30 * time.Second
	afterMinute  = time.Minute      // 45011: the minute's quota
	afterStopped = 10 * time.Minute // until an operator may have acted; then one message tries
)

// outcomeOf turns a platform answer to a letter into its outcome at the moment
// now.
func outcomeOf(code int, now time.Time) talk.Outcome {
	out := talk.Outcome{Code: code}
	switch actionOf(code) {
	case actRetry, actRefresh:
		out.Verdict, out.After = talk.Later, afterBusy
		if code == 45011 {
			out.After = afterMinute
		}
	case actSent:
		out.Verdict = talk.Sent
	case actStop:
		out.Verdict, out.After = talk.NoRoom, afterStopped
	case actTomorrow:
		out.Verdict, out.After = talk.NoRoom, untilMidnight(now)
	case actWindow, actNoConsent:
		out.Verdict = talk.NoRoom
	case actUnfollow:
		out.Verdict = talk.Gone
	case actRefuse:
		out.Verdict = talk.Shut
	default:
		out.Verdict = talk.Refused
	}
	return out
}

// untilMidnight is how long the platform's day still lasts.
func untilMidnight(now time.Time) time.Duration {
	y, m, d := now.In(shanghai).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, shanghai).Sub(now)
}

// codeLabel names a code in metrics; unknown ones share a label, so that the
// platform cannot grow our memory.
func codeLabel(code int) string {
	if _, known := codes[code]; known || code == 0 {
		return strconv.Itoa(code)
	}
	return "other"
}
