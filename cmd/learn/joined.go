package main

import (
	"math/rand/v2"

	"mishu/bot/read"
)

// joints are what people type between two things that they say in one line.
var joints = [...]string{" ", "，", "。", "\n"}

// Joined puts everyday lines before and behind lines that tell of a danger, and behind
// those that only sound like one: who tells two things in one line is in no less danger.
func Joined(lines []Example) (out []Example) {
	var plain []Example
	for _, e := range lines {
		if e.Intent != "" && e.level() == read.NoDanger && len(e.Text) < 60 {
			plain = append(plain, e)
		}
	}
	chance := rand.New(rand.NewPCG(7, 1232))
	for _, e := range lines {
		if e.Danger == "" || e.Intent != "" || e.Extra {
			continue
		}
		other := plain[chance.IntN(len(plain))]
		joined := e
		joined.Sender = other.Sender // whoever it is
		joined.Extra, joined.Services = true, nil
		joint := joints[chance.IntN(len(joints))]
		if chance.IntN(2) == 0 {
			joined.Text = other.Text + joint + e.Text
		} else {
			joined.Text = e.Text + joint + other.Text
		}
		out = append(out, joined)
	}
	return out
}
