package bot

import (
	"context"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
)

// Understand is what the conversation makes of a message before anybody answers
// it, as the first of a conversation.
func (b *Bot) Understand(ctx context.Context, m talk.Message) (read.Reading, error) {
	f, err := b.know(ctx, whoSent(m), "")
	if err != nil {
		return read.Reading{}, err
	}
	s, err := b.scene(ctx, m, &line.State{}, f, false)
	if err != nil {
		return read.Reading{}, err
	}
	return s.reading, nil
}
