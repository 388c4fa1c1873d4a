package main

import (
	"context"
	"flag"
	"io"
	"strings"
	"time"

	"startupfund/cmd/fund/bench"
)

// measure runs a bench on a database of its own and prints its figures. It exits
// with 0 whatever they are: machines are shared.
func measure(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	o := bench.Options{Postgres: cfg.Postgres, Progress: stderr}
	flags.StringVar(&o.Format, "format", "table", "table or json")
	flags.IntVar(&o.Size, "size", 0, "how many of what the bench is about; 0 is the number that its target names")
	flags.IntVar(&o.Times, "times", 0, "how often the bench of lists asks for each; 0 is 200")
	flags.DurationVar(&o.Window, "window", time.Minute, "of the bench of a deadline")
	words, err := parse(flags, args, stderr, "name")
	if err != nil {
		return err
	}
	if !bench.Known(words[0]) {
		return misuse("there is no bench %q; there are all, %s", words[0], strings.Join(bench.Names(), ", "))
	}
	if o.Format != "table" && o.Format != "json" {
		return misuse("the format is table or json, not %q", o.Format)
	}
	return bench.Run(ctx, words[0], o, stdout)
}
