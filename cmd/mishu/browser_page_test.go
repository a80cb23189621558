//go:build browser

package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// noticesURL is where the secretary's menu leads, once the demo has put the
// menus up: it does so beside its first messages.
func (p *demoPage) noticesURL() (to string) {
	p.t.Helper()
	waitFor(p.t, "the secretary's menu with the page", func() bool {
		to = p.menuURL("向春兰", "开通知")
		return to != ""
	})
	return to
}

// menuURL is where a button of a person's menu leads, empty without one.
func (p *demoPage) menuURL(person, button string) string {
	p.t.Helper()
	var s struct {
		Phones []struct {
			Name string
			Menu struct {
				Button []struct {
					Sub []struct{ Name, URL string } `json:"sub_button"`
				}
			}
		}
	}
	_, body := fetch(p.t, p.url+"/sim/state")
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		p.t.Fatal(err)
	}
	for _, phone := range s.Phones {
		for _, top := range phone.Menu.Button {
			for _, b := range top.Sub {
				if phone.Name == person && b.Name == button {
					return b.URL
				}
			}
		}
	}
	return ""
}

// shows waits until the page shows some words.
func shows(words string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](`document.body.innerText.includes("`+words+`")`, chromedp.WithPollingTimeout(10*time.Second))
}

// The secretary opens the page from her menu, in a real browser with a pretend
// JS-SDK that holds the page to its signature: she agrees, and the page knows.
func TestSecretaryAgreesInTheBrowser(t *testing.T) {
	url, stop := startDemo(t, t.TempDir())
	defer stop()
	p := openPage(t, url, 390, 844)
	page := p.noticesURL()
	p.do(chromedp.Navigate(page), shows("哪部手机打开的"),
		chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('a')].find((a) => a.textContent.includes('向春兰')).click()`),
		chromedp.WaitReady(`wx-open-subscribe`), chromedp.Sleep(500*time.Millisecond), shows("向春兰，开一下通知"),
		chromedp.Poll[chromedp.Void](`!!document.querySelector('wx-open-subscribe').shadowRoot?.querySelector('button')`, chromedp.WithPollingTimeout(10*time.Second)))
	p.picture("notices")
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('wx-open-subscribe').shadowRoot.querySelector('button').click()`),
		chromedp.WaitVisible(`[data-testid="allow"]`), chromedp.Click(`[data-testid="allow"]`), shows("开好了"))
	p.picture("agreed")
	waitFor(t, "the consent in the ledger", func() bool {
		p.do(chromedp.Navigate(page), chromedp.WaitReady(`wx-open-subscribe`))
		text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.body.innerText`))
		return err == nil && strings.Contains(text, "您现在还能收1条")
	})
	p.picture("counted")
}
