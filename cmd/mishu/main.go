// Mishu is the backend of a WeChat Official Account through which a village
// looks after its elders.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// What a process ends with.
const (
	exitOK     = 0
	exitFailed = 1 // it was asked right and did not succeed
	exitUsage  = 2 // it was asked wrong
)

// commands is what mishu can do, in the order of its help.
type commands struct {
	Demo      demoCommand      `cmd:"" help:"An invented village and pretend phones in a browser; needs nothing."`
	Serve     serveCommand     `cmd:"" help:"Serve an Official Account."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database to this version's schema."`
	Import    importCommand    `cmd:"" help:"Read a village's roster from Excel."`
	Invite    inviteCommand    `cmd:"" help:"Make a one-time code that gives a person a role."`
	Set       setCommand       `cmd:"" help:"Set a telephone, an hour or another value of a village's office."`
	Who       whoCommand       `cmd:"" help:"Show what somebody is, who speaks for him, and how each came about."`
	Access    accessCommand    `cmd:"" help:"Tell who may know what of whom, and why."`
	Thumbs    thumbsCommand    `cmd:"" help:"Print the sheet of consent of a group, an A4 page of HTML."`
	Read      readCommand      `cmd:"" help:"Read lines of JSON as the conversation would, and tell what was understood."`
	Check     checkCommand     `cmd:"" help:"Tell step by step whether everything is set up right."`
	Clock     clockCommand     `cmd:"" help:"Tell from the rows why a reminder was or was not sent."`
	Menu      menuCommand      `cmd:"" help:"Publish the account's menu."`
	Doors     doorsCommand     `cmd:"" help:"Give the visited households their door codes, and write them on sheets to print."`
	Poster    posterCommand    `cmd:"" help:"Write a request as an A4 sheet to hang up: no name, big type."`
	Simulator simulatorCommand `cmd:"" help:"The pretend WeChat platform alone."`
	Version   versionCommand   `cmd:"" help:"Say which build this is."`
}

// world is what a command has of the process that it runs in.
type world struct {
	ctx     context.Context // ends when the process is asked to stop
	environ []string
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Once asked, listen no more: a second Ctrl-C ends the process on the spot.
	context.AfterFunc(ctx, stop)
	os.Exit(run(os.Args[1:], world{ctx, os.Environ(), os.Stdin, os.Stdout, os.Stderr}))
}

// run does what args ask for and returns the exit code.
func run(args []string, w world) (code int) {
	defer catch(&code)
	parser, err := kong.New(&commands{},
		kong.Name("mishu"),
		kong.Description("The backend of a WeChat Official Account through which a village looks after its elders."),
		kong.Writers(w.stdout, w.stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.Bind(w),
	)
	if err != nil {
		panic(err) // the commands are declared wrongly; every run of every test shows it
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(w.stderr, "mishu: %v\nTry mishu --help.\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(w.stderr, "mishu %s: %v\n", command.Selected().Name, err)
		return exitFailed
	}
	return exitOK
}

// exit carries a code from where the parser wants to leave, after printing
// help, up to run.
type exit int

func catch(code *int) {
	switch cause := recover().(type) {
	case nil:
	case exit:
		*code = int(cause)
	default:
		panic(cause)
	}
}
