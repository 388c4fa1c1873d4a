// Command fund is the whole program: it serves the fund, and keeps its books from
// the command line. `fund help` lists what it can do.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"

	"startupfund/domain/problem"
)

// command is one thing the program can do. Each has a file of its own.
type command struct {
	name string
	help string // a line, as `fund help` shows it
	run  func(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error
}

var commands = []command{
	{"bench", "measure this machine: figures beside the floor of the same run", measure},
	{"check", "ask the books every question whose answer must be nothing", checkFund},
	{"config", "print the configuration, without its secrets", printConfig},
	{"export", "write the books as an hledger journal, or decisions as files to count again", export},
	{"files", "copy the bytes of attachments to another folder or bucket, to move there", moveFiles},
	{"import", "make an empty fund of a published history", importHistory},
	{"init", "set up an empty fund: first administrator, bank account, opening balances", initFund},
	{"migrate", "bring the database's schema up to date", migrate},
	{"proof", "print the proof of a day: bank and books, every item that differs", printProof},
	{"serve", "serve the fund over HTTP", serve},
	{"statement", "print the Funding Status as of a day", printStatement},
	{"user", "let somebody in: a person, and a role for an organisation", user},
	{"verify", "count a decision again from its file alone, without a database", verify},
	{"version", "print the version of the program", printVersion},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(run(ctx, commands, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what args ask for and returns the exit status: 0 done, 1 it failed,
// 2 it was asked for wrongly. What failed is one sentence on stderr.
func run(ctx context.Context, commands []command, args []string, stdout, stderr io.Writer) (status int) {
	defer func() {
		if fault := recover(); fault != nil {
			say(stderr, fmt.Errorf("the program has a fault and stopped: %v", fault))
			status = 1
		}
	}()
	if len(args) == 0 {
		printUsage(stderr, commands)
		return 2
	}
	if name := args[0]; name == "help" || name == "-h" || name == "-help" || name == "--help" {
		printUsage(stdout, commands)
		return 0
	}
	for _, c := range commands {
		if c.name == args[0] {
			return outcome(stderr, c.start(ctx, args[1:], stdout, stderr))
		}
	}
	return outcome(stderr, misuse("there is no command %q: `fund help` lists them", args[0]))
}

func (c command) start(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	cfg, err := loadConfig(os.Environ())
	if err != nil {
		return err
	}
	return c.run(ctx, cfg, args, stdout, stderr)
}

// errMisuse marks what was asked for wrongly, against what failed.
var errMisuse = errors.New("misuse")

func misuse(form string, about ...any) error {
	return fmt.Errorf("%w: %s", errMisuse, fmt.Sprintf(form, about...))
}

func outcome(stderr io.Writer, err error) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errMisuse):
		say(stderr, errors.New(strings.TrimPrefix(err.Error(), errMisuse.Error()+": ")))
		return 2
	}
	var refusal problem.Problem
	if errors.As(err, &refusal) {
		err = errors.New(strings.Join(inWords(refusal), " "))
	}
	say(stderr, err)
	return 1
}

// say writes err as one sentence on one line.
func say(w io.Writer, err error) {
	words := strings.Join(strings.Fields(err.Error()), " ")
	fmt.Fprintf(w, "fund: %s.\n", strings.TrimRight(words, "."))
}

// parse reads the flags of a command and returns the words before, between and
// after them, of which there are as many as names (what each stands for). On a wrong flag it returns
// a misuse; on -h it prints them and returns flag.ErrHelp.
func parse(flags *flag.FlagSet, args []string, stderr io.Writer, names ...string) ([]string, error) {
	flags.SetOutput(io.Discard)
	usage := strings.TrimSpace("fund " + flags.Name() + " [flags] " + strings.ToUpper(strings.Join(names, " ")))
	var words []string
	err := flags.Parse(args)
	for err == nil && flags.NArg() > 0 {
		words = append(words, flags.Arg(0))
		err = flags.Parse(flags.Args()[1:])
	}
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(stderr, "usage:", usage)
		flags.SetOutput(stderr)
		flags.PrintDefaults()
		return nil, err
	}
	if err != nil {
		return nil, misuse("%v: use it as `%s`", err, usage)
	}
	if len(words) != len(names) {
		return nil, misuse("`fund %s` takes %d words beside its flags, and %d were given: use it as `%s`", flags.Name(), len(names), len(words), usage)
	}
	return words, nil
}

func printUsage(w io.Writer, commands []command) {
	fmt.Fprint(w, "fund keeps a pooled fund: its proposals, decisions and books.\n\nusage: fund COMMAND [flags]\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, c := range commands {
		fmt.Fprintf(table, "  %s\t%s\n", c.name, c.help)
	}
	table.Flush()
	fmt.Fprint(w, "\n`fund COMMAND -h` tells a command's flags; the environment sets the rest (`fund config`).\n")
}
