// Bench measures how fast mishu answers, against a bare server that does only
// what no account can leave out (see the floor folder), in one run on one
// machine with real MariaDB and Redis. `make bench` runs it.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are how the command was called.
type options struct {
	out     string // the document whose measured part is replaced
	report  bool   // a missed target is no failure
	quick   bool   // a smoke run
	profile string // folder for CPU profiles
	args    []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process on the spot
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit code: 1 for a failure and for a target that was missed,
// 2 for a wrong call.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opt, err := parse(args, stderr)
	if err != nil {
		return 2
	}
	r, err := bench(ctx, opt, func(format string, args ...any) { fmt.Fprintf(stderr, format+"\n", args...) })
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 1
	}
	text := r.markdown()
	fmt.Fprintln(stdout, text)
	if opt.out != "" {
		if err := publish(opt.out, text); err != nil {
			fmt.Fprintln(stderr, "bench:", err)
			return 1
		}
	}
	if missed := r.missed(); len(missed) > 0 {
		fmt.Fprintln(stderr, "missed:", strings.Join(missed, ", "))
		if !opt.report {
			return 1
		}
	}
	return 0
}

func parse(args []string, stderr io.Writer) (options, error) {
	opt := options{args: args}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&opt.out, "o", "", "write the tables between the markers of this document")
	flags.BoolVar(&opt.report, "report", false, "only report: a missed target is no failure")
	flags.BoolVar(&opt.quick, "quick", false, "a smoke run of 20 seconds; its numbers say little, so it implies -report")
	flags.StringVar(&opt.profile, "profile", "", "write CPU profiles of mishu into this folder, from extra rounds that are not counted")
	if err := flags.Parse(args); err != nil {
		return opt, err
	}
	if flags.NArg() > 0 {
		err := errors.New("bench takes no arguments but its flags")
		fmt.Fprintln(stderr, err)
		return opt, err
	}
	opt.report = opt.report || opt.quick
	return opt, nil
}

// sizes are how much is measured.
type sizes struct {
	rounds     int
	slice      time.Duration // one side in one round
	starts     int           // of serve
	settle     time.Duration // from the first reply until memory counts as idle
	messages   int           // until memory is looked at again
	mostVisits int           // in one slice: pairs of elder and day are used up
}

func (o options) sizes() sizes {
	if o.quick {
		return sizes{rounds: 2, slice: 500 * time.Millisecond, starts: 1, settle: time.Second, messages: 5_000, mostVisits: 3_000}
	}
	return sizes{rounds: 5, slice: 4 * time.Second, starts: 5, settle: 5 * time.Second, messages: 100_000, mostVisits: 7_500}
}

// bench runs everything and gives what came of it.
func bench(ctx context.Context, opt options, say func(string, ...any)) (r report, err error) {
	h, err := openHouse(ctx, say)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	b := &runner{house: h, sizes: opt.sizes(), profile: opt.profile, say: say, today: time.Now()}
	if r.facts, err = machine(ctx, h, opt.args); err != nil {
		return r, err
	}
	for _, step := range []func(context.Context, *report) error{b.found, b.start, b.speed, b.visits, b.memory} {
		if err := step(ctx, &r); err != nil {
			return r, cmp.Or(ctx.Err(), err) // what fails after a Ctrl-C is no news
		}
	}
	return r, ctx.Err()
}
