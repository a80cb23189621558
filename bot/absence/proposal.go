package absence

import (
	"fmt"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

const high = "高"

// fragileDays is how long somebody is 高 after he was not to be found, or was
// taken to the doctor (village practice E3).
const fragileDays = 30

// hearFragile proposes closer visits for whoever has just been in danger.
func hearFragile(t *line.Turn, f line.Fact) error {
	if _, listed := t.Book.Plan(f.Person); !listed {
		return nil
	}
	return propose(t, f.Person, fragileDays, "刚出过急事")
}

func propose(t *line.Turn, person int64, days int, why string) error {
	p, _ := t.Book.Plan(person)
	if p.Tier == high {
		return nil
	}
	return t.In.Propose(storage.Proposal{
		Person: person, Tier: high, Before: p.Tier, Days: days, Why: why, SourceKey: t.Source(), Ordinal: t.Next("proposal"),
	})
}

// proposalWords is a proposal as the brief asks it.
func proposalWords(b *book.Book, p storage.Proposal) string {
	if p.State == storage.ProposalTaken {
		return fmt.Sprintf("高 满%d天 %s 改回%s不", p.Days, where(b, p.Person), tierOf(p.Before))
	}
	span := ""
	if p.Days > 0 {
		span = fmt.Sprintf(" %d天", p.Days)
	}
	return fmt.Sprintf("改高 %s%s %s", where(b, p.Person), span, p.Why)
}

func tierOf(tier string) string {
	if tier == "" {
		return "一般"
	}
	return tier
}

func where(b *book.Book, id int64) string {
	return fmt.Sprintf("%d组%s", b.Person(id).Group, b.Name(id))
}

// settleProposal is her word: 对 agrees, 不 does not.
func settleProposal(t *line.Turn, id int64) (line.Answer, error) {
	p, found, err := t.In.LockProposal(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	yes, no := answer(t)
	if !yes && !no {
		return line.Ask(proposalWords(t.Book, p) + "。要就回数字加“对”，不要回数字加“不”。"), nil
	}
	p.DecidedBy = t.Me
	switch {
	case p.State == storage.Open && yes:
		return takeProposal(t, p)
	case p.State == storage.Open:
		p.State = storage.ProposalRefused
		return line.Say("好，" + t.Book.Name(p.Person) + "照旧。"), t.In.SaveProposal(p)
	case p.State == storage.ProposalTaken && yes:
		p.State, p.AskAt = storage.Closed, 0
		if err := setTier(t, p.Person, p.Before); err != nil {
			return line.Answer{}, err
		}
		return line.Say("好，" + t.Book.Name(p.Person) + "改回“" + tierOf(p.Before) + "”。"), t.In.SaveProposal(p)
	case p.State == storage.ProposalTaken:
		p.AskAt = storage.At(t.Now().AddDate(0, 0, max(p.Days, 1)))
		return line.Say(fmt.Sprintf("好，%s还是“高”，过%d天再问您。", t.Book.Name(p.Person), p.Days)), t.In.SaveProposal(p)
	}
	return line.Say("这件先前定过了。"), nil
}

func takeProposal(t *line.Turn, p storage.Proposal) (line.Answer, error) {
	p.State = storage.ProposalTaken
	if p.Days > 0 {
		p.AskAt = storage.At(t.Now().AddDate(0, 0, p.Days))
	}
	if err := t.In.SaveProposal(p); err != nil {
		return line.Answer{}, err
	}
	if err := setTier(t, p.Person, p.Tier); err != nil {
		return line.Answer{}, err
	}
	text := "好，" + t.Book.Name(p.Person) + "的探访改成“高”"
	if p.Days > 0 {
		text += fmt.Sprintf("，%d天后再问您", p.Days)
	}
	return line.Say(text + "。"), nil
}

// setTier changes how closely somebody is visited; who was on no list is put on
// it, with the visitor of the house.
func setTier(t *line.Turn, person int64, tier string) error {
	_, listed, err := t.In.Plan(person)
	if err != nil {
		return err
	}
	if !listed {
		err = t.In.AddPlan(storage.Plan{Person: person, Kinds: "独居", Tier: tier, Visitor: visitorOfHome(t, person)})
	} else {
		err = t.In.SetTier(person, tier)
	}
	if err != nil {
		return err
	}
	return t.In.Changed()
}

// visitorOfHome is who visited somebody of the same house, 0 if nobody did.
func visitorOfHome(t *line.Turn, person int64) int64 {
	home := t.Book.Person(person).Household
	if home == 0 {
		return 0
	}
	off, err := t.In.PlansOff()
	if err != nil {
		return 0
	}
	for _, p := range off {
		if t.Book.Person(p.Person).Household == home && p.Visitor != 0 {
			return p.Visitor
		}
	}
	return 0
}

func dayOf(b *book.Book) time.Time {
	d, err := time.ParseInLocation(time.DateOnly, b.Day(), storage.Shanghai)
	if err != nil {
		return time.Time{}
	}
	return d
}
