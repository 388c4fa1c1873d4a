package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
)

// mostFaults of one question are named; the rest are counted.
const mostFaults = 20

// checkFund asks every question whose answer must be nothing, one line each.
func checkFund(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	if _, err := parse(flag.NewFlagSet("check", flag.ContinueOnError), args, stderr); err != nil {
		return err
	}
	s, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	found, err := s.Check(ctx)
	if err != nil {
		return err
	}
	failed := 0
	for _, f := range found {
		if len(f.Faults) == 0 {
			fmt.Fprintf(stdout, "ok     %s\n", f.Code)
			continue
		}
		failed++
		named := strings.Join(f.Faults[:min(len(f.Faults), mostFaults)], ", ")
		if more := len(f.Faults) - mostFaults; more > 0 {
			named += fmt.Sprintf(" and %d more", more)
		}
		fmt.Fprintf(stdout, "FAULT  %s: %s: %s\n", f.Code, f.Text, named)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d questions found something wrong", failed, len(found))
	}
	return nil
}
