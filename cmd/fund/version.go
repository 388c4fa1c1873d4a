package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
)

func printVersion(_ context.Context, _ config, args []string, stdout, stderr io.Writer) error {
	if _, err := parse(flag.NewFlagSet("version", flag.ContinueOnError), args, stderr); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "fund", version())
	return nil
}

// version is the commit that the program was built from, as Go recorded it.
func version() string {
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return "of unknown origin"
	}
	commit, changed := "of unknown commit", ""
	for _, s := range built.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			commit = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed since"
		}
	}
	return commit + changed + " (" + built.GoVersion + ")"
}
