package main

import (
	"context"
	"flag"
	"io"

	"startupfund/exchange/journal"
)

func export(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	asOf := dayFlag(flags, "as-of", "the day up to which vouchers count; today when absent")
	withhold := flags.Bool("withhold", false, "of decisions: leave out what only some may read, its hash in its place")
	if len(args) > 0 && (args[0] == "decision" || args[0] == "decisions") {
		what, err := parse(flags, args, stderr, args[0], map[string]string{"decision": "number", "decisions": "folder"}[args[0]])
		if err != nil {
			return err
		}
		return exportDecisions(ctx, cfg, what, *withhold, stdout, stderr)
	}
	what, err := parse(flags, args, stderr, "journal")
	if err != nil {
		return err
	}
	if what[0] != "journal" {
		return misuse("`fund export` knows no %q: use it as `fund export journal`, `fund export decision NUMBER` or `fund export decisions FOLDER`", what[0])
	}
	s, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	b, err := s.Books(ctx, operator, *asOf)
	if err != nil {
		return err
	}
	return journal.Write(stdout, journal.Books(b))
}
