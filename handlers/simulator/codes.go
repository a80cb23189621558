package simulator

import (
	"crypto/rand"
	"encoding/hex"
)

// The errcodes that this platform answers, by what they mean.
const (
	codeBusy          = -1
	codeTokenWrong    = 40001
	codeGrantType     = 40002
	codeOpenID        = 40003
	codeMedia         = 40007
	codeMessageType   = 40008
	codeAppID         = 40013
	codeButtonCount   = 40016
	codeButtonType    = 40017
	codeButtonName    = 40018
	codeButtonKey     = 40019
	codeSubButtons    = 40023
	codeBatch         = 40032
	codeTemplateID    = 40037
	codeSecret        = 40125
	codeTokenMissing  = 41001
	codeSecretMissing = 41004
	codeTokenExpired  = 42001
	codeNeedGet       = 43001
	codeNeedPost      = 43002
	codeUnfollowed    = 43004
	codeNoConsent     = 43101
	codeEmptyBody     = 44002
	codeEmptyText     = 44004
	codeTooLong       = 45002
	codeArticles      = 45008
	codeQuota         = 45009
	codeTooFast       = 45011
	codeWindowClosed  = 45015
	codeCountUsed     = 45047
	codeTagsFull      = 45059
	codeTagName       = 45157
	codeTagLong       = 45158
	codeTagID         = 45159
	codeNoMenu        = 46003
	codeForeign       = 49003
	codeNoClears      = 48006
	codeBadJSON       = 47001
	codeBadValue      = 47003
	codeScene         = 40053
	codeLogin         = 40029
	codeArguments     = 40097
	codeLoginUsed     = 40163
	codeNoRoleMenu    = 65301
	codeNoUser        = 65302
	codeNoDefaultMenu = 65303
	codeNoRule        = 65304
	codeMenuHosts     = 65316
	codeOldRule       = 65320
)

// codeTexts are the words that come with a code.
var codeTexts = map[int]string{
	codeBusy:          "system error",
	codeTokenWrong:    "invalid credential, access_token is invalid or not latest",
	codeGrantType:     "invalid grant_type",
	codeOpenID:        "invalid openid",
	codeMedia:         "invalid media_id",
	codeMessageType:   "invalid message type",
	codeAppID:         "invalid appid",
	codeButtonCount:   "invalid button size",
	codeButtonType:    "invalid button type",
	codeButtonName:    "invalid button name size",
	codeButtonKey:     "invalid button key size",
	codeSubButtons:    "invalid sub button size",
	codeBatch:         "invalid openid list size",
	codeTemplateID:    "invalid template_id",
	codeSecret:        "invalid appsecret",
	codeTokenMissing:  "access_token missing",
	codeSecretMissing: "appsecret missing",
	codeTokenExpired:  "access_token expired",
	codeNeedGet:       "require GET method",
	codeNeedPost:      "require POST method",
	codeUnfollowed:    "require subscribe",
	codeNoConsent:     "user refuse to accept the msg",
	codeEmptyBody:     "empty post data",
	codeEmptyText:     "empty content",
	codeTooLong:       "content size out of limit",
	codeArticles:      "article count out of limit",
	codeQuota:         "reach max api daily quota limit",
	codeTooFast:       "api minute-quota reach limit, must slower, retry next minute",
	codeWindowClosed:  "response out of time limit or subscription is canceled",
	codeCountUsed:     "out of response count limit",
	codeTagsFull:      "user has too many tags",
	codeTagName:       "invalid tag name",
	codeTagLong:       "tag name too long",
	codeTagID:         "invalid tag id",
	codeNoMenu:        "menu no exist",
	codeForeign:       "the given openid does not belong to this AppID",
	codeNoClears:      "forbid to clear quota because of reaching the limit",
	codeBadJSON:       "data format error",
	codeBadValue:      "argument invalid!",
	codeScene:         "invalid action info",
	codeLogin:         "invalid code",
	codeArguments:     "invalid args",
	codeLoginUsed:     "code been used",
	codeNoRoleMenu:    "not exist conditional menuid",
	codeNoUser:        "there is no such user",
	codeNoDefaultMenu: "there is no default menu",
	codeNoRule:        "the match rule is empty",
	codeMenuHosts:     "too many domains in the menu's links",
	codeOldRule:       "the match rule holds a field that is no more",
}

// refusal is an answer with an errcode.
type refusal struct {
	Code int    `json:"errcode"`
	Text string `json:"errmsg"`
}

// refuse makes the answer for a code; detail follows the platform's own words,
// and a request id follows both.
func refuse(code int, detail string) *refusal {
	var random [9]byte
	_, _ = rand.Read(random[:]) // never fails: see crypto/rand
	text := codeTexts[code]
	if detail != "" {
		text += " " + detail
	}
	return &refusal{code, text + " rid: " + hex.EncodeToString(random[:])}
}
