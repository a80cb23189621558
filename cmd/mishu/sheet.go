package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	qr "github.com/piglig/go-qr"

	"mishu/bot/book"
	"mishu/storage"
)

//go:embed sheet/doors.html
var doorsPage string

var doorsTemplate = template.Must(template.New("doors").Parse(doorsPage))

// cardsAPage is how many codes an A4 page holds: two columns of three.
const cardsAPage = 6

// sheet is what the page of codes shows.
type sheet struct {
	Village, Called, Phone, Day string
	Pages                       []sheetPage
}

type sheetPage struct {
	Group, Number, Of int
	Cards             []card
}

// card is one code. Who is on the strip that is cut off: what hangs names
// nobody.
type card struct {
	Scene, Group int
	No, Who      string // the household as its door says it; whom to give the code
	Picture      template.HTML
}

// sheetOf draws the codes of one group, or of all with 0, each group on pages of
// its own, in house order.
func sheetOf(b *book.Book, doors []storage.Door, group int, now time.Time) ([]byte, int, error) {
	cards, err := cardsOf(b, doors, group)
	if err != nil {
		return nil, 0, err
	}
	s := sheet{Village: b.Village.Name, Called: b.Called(), Phone: b.Office(now), Day: storage.Day(now), Pages: pagesOf(cards)}
	var out bytes.Buffer
	if err := doorsTemplate.Execute(&out, s); err != nil {
		return nil, 0, fmt.Errorf("write sheets: %w", err)
	}
	return out.Bytes(), len(cards), nil
}

func cardsOf(b *book.Book, doors []storage.Door, group int) ([]card, error) {
	var cards []card
	for _, d := range doors {
		home := b.HouseholdOf(*d.Household)
		if group != 0 && home.Group != group {
			continue
		}
		picture, err := drawn(d.URL)
		if err != nil {
			return nil, fmt.Errorf("draw code %d: %w", d.Scene, err)
		}
		var who []string
		for _, id := range b.Behind(home.ID) {
			who = append(who, b.Name(id))
		}
		cards = append(cards, card{Scene: d.Scene, Group: home.Group, No: doorOf(home), Who: strings.Join(who, "、"), Picture: picture})
	}
	slices.SortFunc(cards, func(x, y card) int {
		return cmp.Or(cmp.Compare(x.Group, y.Group), cmp.Compare(len(x.No), len(y.No)), cmp.Compare(x.No, y.No), cmp.Compare(x.Scene, y.Scene))
	})
	return cards, nil
}

// doorOf names a household by its group and number; the roster puts the group
// before numbers that are counted in it.
func doorOf(h storage.Household) string {
	no := strings.TrimPrefix(h.No, fmt.Sprintf("%d-", h.Group))
	if strings.Contains(no, "组") {
		return no
	}
	return fmt.Sprintf("%d组%s户", h.Group, no)
}

func pagesOf(cards []card) []sheetPage {
	var pages []sheetPage
	for len(cards) > 0 {
		group := cards[0].Group
		n := slices.IndexFunc(cards, func(c card) bool { return c.Group != group })
		if n < 0 {
			n = len(cards)
		}
		of := (n + cardsAPage - 1) / cardsAPage
		for i := range of {
			pages = append(pages, sheetPage{Group: group, Number: i + 1, Of: of, Cards: cards[i*cardsAPage : min(n, (i+1)*cardsAPage)]})
		}
		cards = cards[n:]
	}
	return pages
}

// whiteEdge is the white edge that a code needs, in modules.
const whiteEdge = 4

// drawn is a code as SVG: sharp in any size, and printing needs no network. Of
// the errors that a greasy kitchen makes a quarter is mended.
func drawn(url string) (template.HTML, error) {
	code, err := qr.EncodeText(url, qr.Quartile)
	if err != nil {
		return "", err
	}
	var path strings.Builder
	n := code.Size()
	for y := range n {
		for x := range n {
			if code.Module(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+whiteEdge, y+whiteEdge)
			}
		}
	}
	side := n + 2*whiteEdge
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %d %d" shape-rendering="crispEdges" role="img" aria-label="二维码"><path d="%s"/></svg>`, side, side, path.String())), nil //nolint:gosec // numbers alone
}
