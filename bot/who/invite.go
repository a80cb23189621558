package who

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// inviteFor is how long a code is good; it works once.
const inviteFor = 7 * 24 * time.Hour

// codeLength is the length of a code in characters.
const codeLength = 8

// NewCode makes a one-time code of eight digits: read out over the telephone and
// typed by whoever can type a number.
func NewCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		panic(err) // crypto/rand does not fail on the systems that Go supports
	}
	return fmt.Sprintf("%0*d", codeLength, n)
}

// HashCode is what is stored of a code.
func HashCode(code string) string {
	sum := sha256.Sum256([]byte(strings.ToUpper(code)))
	return hex.EncodeToString(sum[:])
}

// Invite makes the code whose sending binds an OpenID to a person, with a role
// or with none (""). It is good for seven days, once.
func Invite(v storage.In, person int64, role string) (string, error) {
	code := NewCode()
	err := v.AddInvitation(storage.Invitation{
		CodeHash: HashCode(code), Person: person, Role: role, ExpiresAt: storage.At(v.Tx().Wall().Add(inviteFor)),
	})
	if err != nil {
		return "", fmt.Errorf("invite person %d: %w", person, err)
	}
	return code, nil
}

// codes finds what may be a code in a line; an 11-digit telephone is none.
var codes = regexp.MustCompile(`(?:^|[^0-9A-Za-z])([0-9A-Za-z]{8})(?:$|[^0-9A-Za-z])`)

// redeem hears an invitation's code: its sender is bound at once. A wrong code
// alone on its line is told so; within other words it may be any number.
func redeem(t *line.Turn) (line.Answer, error) {
	text := strings.TrimSpace(read.Fold(t.Read.Text).Text)
	found := codes.FindStringSubmatch(text)
	if found == nil {
		return line.Answer{}, nil
	}
	i, good, err := t.In.Tx().UseInvitation(HashCode(found[1]))
	if err != nil {
		return line.Answer{}, err
	}
	if good {
		return accept(t, i)
	}
	if text != found[1] || strings.Trim(text, "0123456789") != "" {
		return line.Answer{}, nil
	}
	return ask(t, "这个码不对，或者用过、过期了，请发码的人再给一个。"), nil
}

// codeAlone is a line that is a code and nothing else: somebody who is bound may
// write any number in a sentence.
var codeAlone = regexp.MustCompile(`^(?:邀请)?码?[：:]?([0-9A-Za-z]{8})$`)

// anotherRole hears a code from a telephone that is bound already: its owner has one
// more role, or somebody else uses it too.
func anotherRole(t *line.Turn) (line.Answer, error) {
	m := codeAlone.FindStringSubmatch(strings.ReplaceAll(read.Fold(t.Read.Text).Text, " ", ""))
	if m == nil || t.Me == 0 || strings.Trim(m[1], "0123456789") != "" {
		return line.Answer{}, nil
	}
	i, good, err := t.In.Tx().UseInvitation(HashCode(m[1]))
	if err != nil || !good {
		return line.Answer{}, err
	}
	return accept(t, i)
}

// accept binds the sender of a good code, in the village that it is from.
func accept(t *line.Turn, i storage.Invitation) (line.Answer, error) {
	if i.Village != t.In.ID {
		t.In = t.In.Tx().In(i.Village)
		b, err := book.Load(t.In)
		if err != nil {
			return line.Answer{}, fmt.Errorf("open the village of an invitation: %w", err)
		}
		t.Book, t.State.Village = b, i.Village
	}
	if err := become(t, i.Person); err != nil {
		return line.Answer{}, err
	}
	if err := grant(t, i); err != nil {
		return line.Answer{}, err
	}
	t.Touch(t.Msg.Account, t.Msg.OpenID)
	t.Close()
	as := "。"
	if i.Role != "" {
		as = "，" + i.Role + "。"
	}
	return line.Say("认得您了：" + t.Book.Village.Name + t.Book.Name(i.Person) + as + "有事直接讲，不晓得怎么用就回“帮助”。"), nil
}

// become makes the sender's row in this village, or one that waits there, the
// person's.
func become(t *line.Turn, person int64) error {
	have, err := t.In.MembersOfState(person, storage.Active)
	if err != nil || slices.ContainsFunc(have, func(m storage.Member) bool { return m.OpenID == t.Msg.OpenID && m.Account == t.Msg.Account }) {
		return err // he is bound, and has one more role now
	}
	m, known, err := asked(t)
	if err != nil {
		return err
	}
	m.Account, m.OpenID, m.Person, m.State, m.Followed = t.Msg.Account, t.Msg.OpenID, person, storage.Active, true
	if !known {
		m.AskedName, m.AskedGroup = t.Book.Name(person), t.Book.Person(person).Group
		return t.In.AddMember(&m)
	}
	for _, kind := range []string{noteVouch, noteWaiting} {
		if err := t.In.ClearNotices(kind, subject(m.ID), subject(m.ID)+" is invited"); err != nil {
			return err
		}
	}
	return t.In.SaveMember(m)
}

// yearly are the roles that end after a year (settled.md 31).
var yearly = []string{storage.CountyDuty, storage.County, storage.Protection}

// grant gives the role of an invitation. A leader leads his own group.
func grant(t *line.Turn, i storage.Invitation) error {
	if i.Role == "" {
		return nil
	}
	r := storage.Role{Person: i.Person, Role: i.Role, How: "invite"}
	if i.Role == storage.Leader {
		r.Group = t.Book.Person(i.Person).Group
	}
	if err := t.In.AddRole(r); err != nil {
		return err
	}
	if slices.Contains(yearly, i.Role) {
		err := t.In.SetTenure(storage.Tenure{Person: i.Person, Role: i.Role, Until: storage.Day(t.Now().AddDate(1, 0, 0))})
		if err != nil {
			return err
		}
	}
	if i.Role == storage.Helper {
		if err := t.In.EnsureVolunteer(i.Person); err != nil {
			return err
		}
	}
	return t.In.Changed()
}
