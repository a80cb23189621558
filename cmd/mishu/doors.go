package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"mishu/bot/book"
	"mishu/config"
	"mishu/handlers/wechat"
	"mishu/storage"
)

// doorsCommand gives the doors of a village their codes and prints them.
type doorsCommand struct {
	configured
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
	Group    int    `help:"Only this group's sheets; all groups otherwise."`
	Account  string `help:"AppID of the Official Account whose codes they are, where several are served; the first otherwise." placeholder:"APPID"`
	Output   string `short:"o" default:"doors.html" help:"The file of sheets, to be printed from a browser on A4." type:"path"`
}

// Run gives numbers to the households of the visit list, takes back those of the
// others, asks the platform for the codes, and writes the sheets. It may be
// broken off and run again.
func (c doorsCommand) Run(w world) error {
	return c.withApp(w, func(_ config.Config, a *app) error {
		api, err := a.platform(c.Account)
		if err != nil {
			return err
		}
		v, err := c.village(w.ctx, a.store)
		if err != nil {
			return err
		}
		b, err := a.bot.Books().Read(w.ctx, v.ID)
		if err != nil {
			return err
		}
		without, err := a.giveDoors(w.ctx, api, v.ID, b)
		if err != nil {
			return err
		}
		if err := a.nameDoors(w.ctx, api, v.ID); err != nil {
			return err
		}
		n, err := a.printDoors(w.ctx, b, c.Group, c.Output)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "%s：%d张门牌码，在%s。用浏览器打开，按A4打印。\n", v.Name, n, c.Output)
		for _, id := range without {
			fmt.Fprintf(w.stdout, "没有户号，先补户号：%d组%s\n", b.Person(id).Group, b.Name(id))
		}
		return nil
	})
}

// platform is the way to the platform of one account, the first where none is
// named.
func (a *app) platform(appID string) (*wechat.API, error) {
	for _, o := range a.accounts {
		if appID == "" || o.api.AppID() == appID {
			return o.api, nil
		}
	}
	return nil, fmt.Errorf("no account has the AppID %s: see MISHU_WECHAT_APPID and MISHU_WECHAT_MORE", appID)
}

func (c doorsCommand) village(ctx context.Context, store *storage.Store) (v storage.Village, err error) {
	err = store.View(ctx, func(tx *storage.Tx) error {
		have, err := named(tx, c.Village, c.Township)
		switch {
		case err != nil:
			return err
		case len(have) == 0:
			return fmt.Errorf("no village is named %s: import its roster first", c.Village)
		case len(have) > 1:
			return severalNamed(len(have), c.Village)
		}
		v = have[0]
		return nil
	})
	return v, err
}

// giveDoors makes the numbers follow the visit list, and returns the elders who
// have no household to hang a code in.
func (a *app) giveDoors(ctx context.Context, api *wechat.API, village int64, b *book.Book) (without []int64, err error) {
	homes := map[int64]bool{}
	for _, id := range b.ListedPeople() {
		if home := b.Person(id).Household; home != 0 {
			homes[home] = true
		} else {
			without = append(without, id)
		}
	}
	if err := a.freeDoors(ctx, village, homes); err != nil {
		return nil, err
	}
	ordered := make([]int64, 0, len(homes))
	for home := range homes {
		ordered = append(ordered, home)
	}
	slices.Sort(ordered)
	for _, home := range ordered {
		if err := a.giveDoor(ctx, api, village, home); err != nil {
			return nil, err
		}
	}
	return without, nil
}

func (a *app) freeDoors(ctx context.Context, village int64, homes map[int64]bool) error {
	return a.store.Update(ctx, func(tx *storage.Tx) error {
		v := tx.In(village)
		doors, err := v.Doors()
		for _, d := range doors {
			if homes[*d.Household] {
				continue
			}
			if err := v.FreeDoor(d.Scene); err != nil {
				return err
			}
		}
		return err
	})
}

// giveTries is how often a number that another command took first is given up
// for the next.
const giveTries = 20

func (a *app) giveDoor(ctx context.Context, api *wechat.API, village, home int64) (err error) {
	for range giveTries {
		err = a.store.Update(ctx, func(tx *storage.Tx) error {
			_, err := tx.In(village).GiveDoor(home, api.AppID())
			return err
		})
		if !storage.IsDuplicate(err) {
			return err
		}
	}
	return err
}

// nameDoors asks the platform what the pictures say that it was not asked for
// yet. Each answer is stored at once: what was asked is not asked again.
func (a *app) nameDoors(ctx context.Context, api *wechat.API, village int64) error {
	var doors []storage.Door
	err := a.store.View(ctx, func(tx *storage.Tx) (err error) {
		doors, err = tx.In(village).Doors()
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range doors {
		if d.URL != "" && d.Account == api.AppID() {
			continue
		}
		url, err := api.DoorCode(ctx, d.Scene)
		if err != nil {
			return fmt.Errorf("%w (run it again: what was made stays)", err)
		}
		err = a.store.Update(ctx, func(tx *storage.Tx) error { return tx.In(village).SayDoor(d.Scene, api.AppID(), url) })
		if err != nil {
			return err
		}
	}
	return nil
}

// printDoors writes the sheets and returns how many codes are on them.
func (a *app) printDoors(ctx context.Context, b *book.Book, group int, path string) (int, error) {
	var doors []storage.Door
	err := a.store.View(ctx, func(tx *storage.Tx) (err error) {
		doors, err = tx.In(b.Village.ID).Doors()
		return err
	})
	if err != nil {
		return 0, err
	}
	sheet, n, err := sheetOf(b, doors, group, a.wall())
	if err != nil {
		return 0, err
	}
	return n, os.WriteFile(path, sheet, 0o600) // it says which code is whose
}
