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
	what, err := parse(flags, args, stderr, "journal")
	if err != nil {
		return err
	}
	if what[0] != "journal" {
		return misuse("`fund export` knows no %q: use it as `fund export journal`", what[0])
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
