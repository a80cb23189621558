package wechat

import (
	"context"
	"crypto/sha1" //nolint:gosec // the platform's pages name it
	"encoding/hex"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

const ticketPath = "/cgi-bin/ticket/getticket"

// ticketRest is how long a ticket is kept though a page says that it is wrong:
// anybody who may open the page can say so.
const ticketRest = time.Minute

// A TicketSource hands out the ticket with which the account signs its pages for
// the JS-SDK. It is kept like the access token: one for all processes.
type TicketSource struct {
	*kept
	api *API
}

// NewTickets makes the source of an account's ticket.
func NewTickets(api *API, store TokenStore, now func() time.Time, log *slog.Logger) *TicketSource {
	s := &TicketSource{kept: newKept("ticket", api.AppID(), store, now, log), api: api}
	s.kept.fetch = func(ctx context.Context, _ string) (string, error) { return s.fetchTicket(ctx) }
	return s
}

func (s *TicketSource) fetchTicket(ctx context.Context) (string, error) {
	var res struct {
		Ticket  string `json:"ticket"`
		Seconds int64  `json:"expires_in"`
	}
	if err := s.api.get(ctx, ticketPath, "&type=jsapi", &res); err != nil {
		return "", fmt.Errorf("get ticket: %w", err)
	}
	if res.Ticket == "" || res.Seconds <= 0 {
		return "", fmt.Errorf("get ticket: %w", s.api.to.fail(ticketPath, noAnswer, "the answer holds no ticket"))
	}
	s.keep(ctx, res.Ticket, res.Seconds)
	return res.Ticket, nil
}

// Ticket is the ticket to sign with now.
func (s *TicketSource) Ticket(ctx context.Context) (string, error) { return s.other(ctx, "") }

// Doubted tells that a phone refused a page that was signed lately. The ticket is
// dropped, once a minute at most whoever asks, so that the next page is signed
// with a new one.
func (s *TicketSource) Doubted(ctx context.Context) error {
	first, err := s.store.Lock(ctx, s.key("ticket:doubted"), randomName(), ticketRest)
	if err != nil || !first {
		return err
	}
	ticket, err := s.Ticket(ctx)
	if err != nil {
		return err
	}
	s.drop(ctx, ticket)
	return nil
}

// PageSignature lets a page use the JS-SDK: what wx.config takes.
type PageSignature struct {
	AppID     string `json:"appId"`
	Timestamp int64  `json:"timestamp"` // seconds
	Nonce     string `json:"nonceStr"`
	Signature string `json:"signature"`
}

// SignPage signs the page at address, as the phone shows it: with its query,
// without what follows a "#".
func (s *TicketSource) SignPage(ctx context.Context, address string) (PageSignature, error) {
	ticket, err := s.Ticket(ctx)
	if err != nil {
		return PageSignature{}, err
	}
	p := PageSignature{AppID: s.app, Timestamp: s.now().Unix(), Nonce: randomName()}
	p.Signature = signPage(ticket, p.Nonce, p.Timestamp, address)
	return p, nil
}

// signPage is the platform's signature of a page: SHA-1 over the four values
// under their names, in the order of the names, nothing escaped.
func signPage(ticket, nonce string, timestamp int64, address string) string {
	address, _, _ = strings.Cut(address, "#")
	sum := sha1.Sum([]byte("jsapi_ticket=" + ticket + "&noncestr=" + nonce + "&timestamp=" + strconv.FormatInt(timestamp, 10) + "&url=" + address)) //nolint:gosec // see above
	return hex.EncodeToString(sum[:])
}
