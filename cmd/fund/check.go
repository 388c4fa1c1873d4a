package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"startupfund/store"
)

// mostFaults of one question are named; the rest are counted.
const mostFaults = 20

// checkFund asks every question whose answer must be nothing, one line each.
func checkFund(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	files := flags.String("files", "", "also look for the bytes of every attachment: `sizes`, or hashes, which reads them all")
	if _, err := parse(flags, args, stderr); err != nil {
		return err
	}
	if *files != "" && *files != "sizes" && *files != "hashes" {
		return misuse("--files is sizes or hashes, not %q", *files)
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
	if *files != "" {
		faults, err := checkFiles(ctx, s, *files == "hashes", stdout)
		if err != nil {
			return err
		}
		if failed == 0 && faults > 0 {
			return fmt.Errorf("%d files are not what their rows say", faults)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d questions found something wrong", failed, len(found))
	}
	return nil
}

// checkFiles looks for the bytes that the rows speak of.
func checkFiles(ctx context.Context, s *store.Store, hashes bool, stdout io.Writer) (int, error) {
	looked, faults, err := s.CheckFiles(ctx, hashes)
	for _, f := range faults {
		fmt.Fprintf(stdout, "FAULT  files: %s\n", f)
	}
	if err == nil && len(faults) == 0 {
		fmt.Fprintf(stdout, "ok     files: %d\n", looked)
	}
	return len(faults), err
}
