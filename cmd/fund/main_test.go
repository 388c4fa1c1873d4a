package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
)

func TestOutcomeOfACommand(t *testing.T) {
	does := func(err error) func(context.Context, config, []string, io.Writer, io.Writer) error {
		return func(_ context.Context, _ config, args []string, _, stderr io.Writer) error {
			if _, wrong := parse(flag.NewFlagSet("x", flag.ContinueOnError), args, stderr); wrong != nil {
				return wrong
			}
			return err
		}
	}
	commands := []command{
		{"well", "does well", does(nil)},
		{"fail", "fails", does(errors.New("first line:\n\tsecond line."))},
		{"panic", "has a fault", func(context.Context, config, []string, io.Writer, io.Writer) error {
			var none []int
			_ = none[len(none)]
			return nil
		}},
	}
	for _, row := range []struct {
		args   string
		status int
		stderr string
	}{
		{"well", 0, ""},
		{"fail", 1, "fund: first line: second line.\n"},
		{"panic", 1, "fund: the program has a fault and stopped: runtime error: index out of range [0] with length 0.\n"},
		{"nope", 2, "fund: there is no command \"nope\": `fund help` lists them.\n"},
		{"fail -x", 2, "fund: flag provided but not defined: -x: use it as `fund x [flags]`.\n"},
		{"fail word", 2, "fund: `fund x` takes 0 words beside its flags, and 1 were given: use it as `fund x [flags]`.\n"},
		{"well -h", 0, "usage: fund x [flags]\n"},
	} {
		var out, said bytes.Buffer
		if got := run(t.Context(), commands, strings.Fields(row.args), &out, &said); got != row.status || said.String() != row.stderr {
			t.Errorf("fund %s: status %d, said %q", row.args, got, &said)
		}
	}

	var out, said bytes.Buffer
	if got := run(t.Context(), commands, []string{"help"}, &out, &said); got != 0 || !strings.Contains(out.String(), "well    does well") {
		t.Errorf("help: status %d, %s", got, &out)
	}
	out.Reset()
	if got := run(t.Context(), commands, nil, &out, &said); got != 2 || out.Len() != 0 {
		t.Errorf("no command: status %d, %s", got, &out)
	}
}

func TestConfigStopsEveryCommand(t *testing.T) {
	t.Setenv("FUND_LISTEN", "nowhere")
	var out, said bytes.Buffer
	if got := run(t.Context(), commands, []string{"config"}, &out, &said); got != 1 || !strings.HasPrefix(said.String(), "fund: FUND_LISTEN is ") {
		t.Errorf("status %d, said %q", got, &said)
	}
}

func TestDatabaseOfOurOwnIsSharedAndStopped(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a PostgreSQL")
	}
	cfg := config{Data: t.TempDir()}
	first, stopFirst, err := openDatabase(t.Context(), cfg, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	second, stopSecond, err := openDatabase(t.Context(), cfg, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if first != second {
		t.Errorf("two servers: %s and %s", first, second)
	}
	stopSecond()
	// The same server, as one given by its address, is not ours to stop.
	given, stopGiven, err := openDatabase(t.Context(), config{DatabaseURL: first}, io.Discard)
	if err != nil || given != first {
		t.Fatalf("%s, %v", given, err)
	}
	stopGiven()
	if _, _, err := openDatabase(t.Context(), config{DatabaseURL: first}, io.Discard); err != nil {
		t.Errorf("the server is gone: %v", err)
	}
	stopFirst()
	if _, _, err := openDatabase(t.Context(), config{DatabaseURL: first}, io.Discard); err == nil {
		t.Error("the server is still there")
	}
}
