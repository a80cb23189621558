package pages

import (
	"net/http"
	"strconv"
	"strings"
)

// again is what a page adds to its address when the phone refused the signature.
const again = "again"

// noticesView is what the page of subscription notices shows.
type noticesView struct {
	Name      string
	Left      string // "" where nothing is left
	Templates string // ids with a comma between
	Config    Signature
	Script    string
	Again     bool // this is the second try already
	Nonce     string
}

// notices is the page on which the secretary and the volunteers agree to
// subscription notices. What they choose the platform tells the webhook; the page
// itself stores nothing.
func (p *Pages) notices(w http.ResponseWriter, r *http.Request) {
	openid := p.who(w, r)
	if openid == "" {
		return
	}
	visitor, err := p.account.Visitor(r.Context(), openid)
	switch {
	case err != nil:
		p.fail(w, err)
	case !visitor.Known:
		p.tell(w, http.StatusForbidden, unknown)
	case !visitor.Works:
		p.tell(w, http.StatusForbidden, notForYou)
	default:
		p.ask(w, r, visitor)
	}
}

func (p *Pages) ask(w http.ResponseWriter, r *http.Request, visitor Visitor) {
	second := r.URL.Query().Has(again)
	if second {
		if err := p.account.Doubted(r.Context()); err != nil {
			p.opt.Log.Warn("drop the ticket of the pages", "err", err)
		}
	}
	config, err := p.account.SignPage(r.Context(), p.opt.Public+r.URL.RequestURI())
	if err != nil {
		p.fail(w, err)
		return
	}
	var ids []string
	for _, n := range p.opt.Notices {
		ids = append(ids, n.Template)
	}
	p.show(w, http.StatusOK, noticesTemplate, func(nonce string) any {
		return noticesView{
			Name: visitor.Name, Left: p.left(visitor), Templates: strings.Join(ids, ","), Config: config, Script: p.opt.Script, Again: second, Nonce: nonce,
		}
	})
}

// left says how many notices may still be sent.
func (p *Pages) left(visitor Visitor) string {
	n := 0
	for _, notice := range p.opt.Notices {
		have := visitor.Left[notice.Template]
		if have > 0 && notice.Long {
			return "您已经开好了，一直收得到。"
		}
		n += have
	}
	if n == 0 {
		return ""
	}
	return "您现在还能收" + strconv.Itoa(n) + "条。多点几回，就多收几条。"
}
