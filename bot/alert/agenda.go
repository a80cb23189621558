package alert

import (
	"fmt"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// agenda is every open alert that the secretary-general may know of. What is
// sealed stays with those who were told.
func agenda(v storage.In, b *book.Book) ([]line.Point, error) {
	alerts, err := v.OpenAlerts()
	if err != nil {
		return nil, err
	}
	var points []line.Point
	for _, a := range alerts {
		if circleOf(class(a)).sealed {
			continue
		}
		points = append(points, line.Point{Ref: a.ID, Words: pointWords(v, b, a), Weight: storage.Danger, Told: true, Since: a.CreatedAt})
	}
	return points, nil
}

func pointWords(v storage.In, b *book.Book, a storage.Alert) string {
	standing := "没人回话"
	if a.State == storage.Acked {
		standing = b.Name(a.AckedBy) + "在管"
	}
	return fmt.Sprintf("警情 %s %s %s %s", title(class(a)), place(b, a), standing, since(a, v.Now()))
}

// act hears what the secretary-general says of an alert in her brief: it ends
// with her words. 好 and 收到 alone end nothing.
func act(t *line.Turn, id int64) (line.Answer, error) {
	a, found, err := t.In.LockAlert(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	words := strings.TrimSpace(t.Read.Text)
	switch {
	case a.State == storage.Closed:
		return line.Say("这件急事已经了结了：" + a.Outcome + "。"), nil
	case words == "" || t.Read.Answer == read.Ack:
		return line.Ask(pointWords(t.In, t.Book, a) + "。怎么了结的？回“平安”、“送医了”或“误报”。"), nil
	case means(t) == going:
		return acknowledge(t, a, going)
	}
	return end(t, a, words)
}
