package bot

import (
	"mishu/bot/line"
	"mishu/storage"
)

// carry takes what waits for this person and fits on the reply. It is settled
// in the transaction that stores the reply: whoever delivers the message again
// gets the same words.
func carry(t *line.Turn) ([]string, error) {
	waiting, err := t.In.CarriedFor(t.Me, carryBound)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	var words []string
	for _, n := range waiting {
		taken, ok, err := t.In.ClaimNotice(n.ID, storage.NoticeCarry, "carry", storage.At(t.In.Tx().Wall()))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		taken.State, taken.Channel, taken.Whole = storage.NoticeSent, "carry", true
		taken.SentDay, taken.SettledAt = storage.Day(t.Now()), storage.At(t.Now())
		if _, err := t.In.SettleNotice(taken); err != nil {
			return nil, err
		}
		words = append(words, "捎一句："+n.Words)
	}
	return words, nil
}

func joinLines(text string, more []string) string {
	for _, m := range more {
		if text != "" {
			text += "\n"
		}
		text += m
	}
	return text
}
