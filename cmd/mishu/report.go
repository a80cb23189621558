package main

import (
	"context"
	"strings"

	"mishu/bot"
	"mishu/handlers/wechat"
)

// report takes what the platform tells about its own work: the last word about a
// message that it had accepted, a person's choice about subscription notices,
// and what the account's owner must see to.
func (a *app) report(ctx context.Context, in wechat.Inbound) error {
	switch in.Event {
	case "TEMPLATESENDJOBFINISH":
		return a.jobFinished(ctx, in)
	case "subscribe_msg_popup_event", "subscribe_msg_change_event":
		return a.bot.Chose(ctx, in.ToUserName, in.FromUserName, in.Key(), choices(in.Lists))
	case "subscribe_msg_sent_event":
		return a.noticesSent(ctx, in)
	case "qualification_verify_fail", "naming_verify_fail", "annual_renew", "verify_expired":
		a.log.Error("the account's own verification needs its owner", "account", in.ToUserName, "event", in.Event)
	case "user_info_modified", "MASSSENDJOBFINISH", "PUBLISHJOBFINISH":
		a.log.Info("the platform reports", "account", in.ToUserName, "event", in.Event)
	}
	return nil
}

// jobFinished settles a template message. One that was blocked tells that its
// person cannot be reached; for other failures nobody can be blamed.
func (a *app) jobFinished(ctx context.Context, in wechat.Inbound) error {
	if err := a.bot.FinalWord(ctx, in.ToUserName, in.MsgID, in.Status == "success", in.Status); err != nil {
		return err
	}
	if strings.HasPrefix(in.Status, "failed") && strings.Contains(in.Status, "user block") {
		return a.bot.Unreached(ctx, in.ToUserName, in.FromUserName, true)
	}
	return nil
}

func (a *app) noticesSent(ctx context.Context, in wechat.Inbound) error {
	for _, l := range in.Lists {
		mark := wechat.SubscriptionMark(in.FromUserName, l.TemplateID)
		if err := a.bot.FinalWord(ctx, in.ToUserName, mark, l.ErrorCode == "0", l.ErrorStatus); err != nil {
			return err
		}
	}
	return nil
}

func choices(lists []wechat.ListItem) []bot.Choice {
	var all []bot.Choice
	for _, l := range lists {
		if l.TemplateID != "" {
			all = append(all, bot.Choice{Template: l.TemplateID, Accept: l.Status == "accept"})
		}
	}
	return all
}
