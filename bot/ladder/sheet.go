package ladder

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

//go:embed sheet.html
var sheetHTML string

var sheetPage = template.Must(template.New("sheet").Parse(sheetHTML))

// Sheet is a request as an A4 page to hang up: big type, no name.
type Sheet struct {
	Title string
	What  string
	When  string
	Whom  string
	Phone string
	Reply string
}

// SheetOf fills the page of a request.
func SheetOf(b *book.Book, h storage.Help, now time.Time) Sheet {
	when := "哪天都行"
	if h.WishGrain != "" && h.WishGrain != "any" {
		when = say.Time(h.WishAt.Time(), h.WishGrain, now)
	}
	return Sheet{
		Title: b.Village.Name + " 请人帮忙 " + strconv.Itoa(h.Number) + "号", What: Where(b, h.Elder) + "，" + plain[h.Service], When: when,
		Whom: b.Called(), Phone: b.Office(now), Reply: fmt.Sprintf("接%d", h.Number),
	}
}

// Write writes the page, to be printed from a browser on A4.
func (s Sheet) Write(w io.Writer) error {
	if err := sheetPage.Execute(w, s); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	return nil
}

// Text is the page as a bubble, to be copied by hand.
func (s Sheet) Text() string {
	return s.Title + "\n" + s.What + "\n" + s.When + "\n联系：" + s.Whom + " " + s.Phone + "\n会用微信的，给公众号回“" + s.Reply + "”"
}
