package main

import (
	"context"
	"flag"
	"fmt"
	"io"
)

// migrate brings the schema up to date; every command that opens the fund does
// the same, and this one does nothing else.
func migrate(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	if _, err := parse(flag.NewFlagSet("migrate", flag.ContinueOnError), args, stderr); err != nil {
		return err
	}
	fund, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	if !fund.Guarded {
		fmt.Fprintln(stderr, "fund: this database login may not make roles, so that triggers alone guard the history.")
	}
	fmt.Fprintln(stdout, "The schema is up to date.")
	return nil
}
