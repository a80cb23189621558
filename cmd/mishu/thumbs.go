package main

import (
	"fmt"
	"html/template"
	"time"

	"mishu/bot/book"
	"mishu/bot/consent"
	"mishu/storage"
)

// thumbsCommand prints the sheet on which a group puts its thumbs.
type thumbsCommand struct {
	inVillage
	Group int `required:"" help:"The group."`
}

// Run writes an A4 page of HTML to standard output, to be printed.
func (c thumbsCommand) Run(w world) error {
	return c.read(w, func(_ storage.In, b *book.Book) error {
		now := time.Now().In(storage.Shanghai)
		sheet := struct {
			Village, Basic, Health, Day string
			Group                       int
			Names                       []string
		}{b.Village.Name, consent.Text(b, storage.ToBasic, now), consent.Text(b, storage.ToHealth, now), storage.Day(now), c.Group, nil}
		for _, id := range b.Listing(c.Group) {
			sheet.Names = append(sheet.Names, b.Name(id))
		}
		if len(sheet.Names) == 0 {
			return fmt.Errorf("nobody of group %d is on the visit list", c.Group)
		}
		return thumbs.Execute(w.stdout, sheet)
	})
}

var thumbs = template.Must(template.New("thumbs").Funcs(template.FuncMap{"inc": func(i int) int { return i + 1 }}).Parse(`<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>{{.Village}}{{.Group}}组 同意书</title>
<style>
@page{size:A4;margin:15mm}
body{font:18px/1.6 "Noto Serif CJK SC",serif}
h1{font-size:24px;text-align:center}
table{width:100%;border-collapse:collapse}
td,th{border:1px solid;padding:10px 6px;text-align:center;height:44px}
tr{break-inside:avoid}
thead{display:table-header-group}
</style>
<h1>{{.Village}}{{.Group}}组 同意书</h1>
<p>{{.Basic}}</p><p>{{.Health}}</p>
<table><thead><tr><th>序号<th>姓名<th>肯记住址电话<br>按手印<th>身体情况也肯记<br>按手印<th>日期</thead>
{{range $i, $n := .Names}}<tr><td>{{$i | inc}}<td>{{$n}}<td><td><td>
{{end}}</table>
<p>念给老人听的人：＿＿＿＿＿＿　见证人（组长）：＿＿＿＿＿＿　填表日期：{{.Day}}　（村部章）</p>
`))
