package who

import (
	"slices"

	"mishu/bot/leaving"
	"mishu/bot/talk"
	"mishu/storage"
)

// Follow hears that an OpenID follows the account, or does not any more. Hearing
// either twice changes nothing. An office holder who goes is told to the chair
// at once (settled.md 9): what is sent to him arrives nowhere.
func Follow(tx *storage.Tx, m talk.Message) error {
	follows := m.Event != talk.Unsubscribe
	members, err := tx.Members(m.Account, m.OpenID)
	if err != nil {
		return err
	}
	if err := removal(tx, m, follows); err != nil {
		return err
	}
	changes := slices.ContainsFunc(members, func(r storage.Member) bool { return r.Followed != follows })
	if !changes {
		return nil
	}
	if err := tx.Follow(m.Account, m.OpenID, follows); err != nil || follows {
		return err
	}
	if err := tx.ForgetSubscriptions(m.Account, m.OpenID); err != nil { // the platform forgets them as well
		return err
	}
	return missedAll(tx, members, left)
}

// removal begins the removal that the platform demands of whoever leaves, or
// ends it where he is back in time.
func removal(tx *storage.Tx, m talk.Message, follows bool) error {
	if follows {
		return tx.Return(m.Account, m.OpenID)
	}
	return tx.Leave(m.Account, m.OpenID, storage.At(tx.Wall().Add(leaving.After)))
}

// Unreached hears that nothing reaches an OpenID that was thought to follow.
// What is owed to it goes another way until its owner writes again.
func Unreached(tx *storage.Tx, account, openid string, refuses bool) error {
	members, err := tx.Members(account, openid)
	if err != nil || !slices.ContainsFunc(members, func(r storage.Member) bool { return r.Followed }) {
		return err
	}
	if err := tx.Follow(account, openid, false); err != nil {
		return err
	}
	if refuses {
		return missedAll(tx, members, shut)
	}
	return missedAll(tx, members, left)
}

// How an office holder came out of reach.
const (
	left = "不再关注这个号了，急事发给他收不到"
	shut = "关了这个号的消息，急事发给他看不到"
)

func missedAll(tx *storage.Tx, members []storage.Member, how string) error {
	for _, r := range members {
		if r.Followed && r.State == storage.Active {
			if err := missed(tx.In(r.Village), r, how); err != nil {
				return err
			}
		}
	}
	return nil
}

// offices are the roles without which a village does not hear of danger.
var offices = []string{storage.Secretary, storage.Doctor, storage.Leader}

// missed tells the chair, or the secretary-general where there is no other
// chair, that an office holder cannot be reached any more. One who still
// follows by another telephone can.
func missed(v storage.In, m storage.Member, how string) error {
	roles, err := v.Roles()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(roles, func(r storage.Role) bool { return r.Person == m.Person && slices.Contains(offices, r.Role) })
	if at < 0 {
		return nil
	}
	others, err := v.MembersOf(m.Person)
	if err != nil || len(others) > 0 {
		return err
	}
	p, _, err := v.Person(m.Person)
	if err != nil {
		return err
	}
	for _, id := range overseers(roles, m.Person) {
		err := v.Owe(storage.Notice{
			Person: id, Kind: noteLeft, Subject: subject(m.ID), Period: storage.Day(v.Now()), Weight: storage.Urgent, Lead: "有1件事要您晓得，回“看”",
			Words: roles[at].Role + p.Name + how + "，请打电话问一声。" + phone(p),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func phone(p storage.Person) string {
	if p.Phone == "" {
		return ""
	}
	return "电话" + p.Phone + "。"
}

// overseers are the chairs, else the secretaries-general, without the one who
// went.
func overseers(roles []storage.Role, without int64) []int64 {
	for _, role := range []string{storage.Chair, storage.Secretary} {
		var ids []int64
		for _, r := range roles {
			if r.Role == role && r.Person != without {
				ids = append(ids, r.Person)
			}
		}
		if len(ids) > 0 {
			return ids
		}
	}
	return nil
}
