package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"startupfund/api"
	"startupfund/cmd/fund/example"
	"startupfund/store"
)

// showExample makes the example fund where there is none, and prints what it
// holds and who can sign in.
func showExample(ctx context.Context, cfg config, fund *store.Store, stdout io.Writer) error {
	there, err := example.Present(ctx, fund)
	if err != nil {
		return exampleRefused(cfg, err)
	}
	kept := filepath.Join(cfg.Data, "example-people.json")
	if !there {
		fmt.Fprintln(stdout, "Making the example fund, once.")
		began := time.Now()
		err := example.Make(ctx, fund, example.Options{Now: began, File: api.BankFile, Keep: func(all []example.SignIn) error { return keepSignIns(kept, all) }})
		if _, left := example.Present(context.WithoutCancel(ctx), fund); err != nil && errors.Is(left, example.ErrUnfinished) {
			return fmt.Errorf("%w; %w", err, exampleRefused(cfg, left))
		}
		if err != nil {
			return err
		}
	}
	if err := printExample(ctx, fund, stdout); err != nil {
		return err
	}
	return printSignIns(cfg, kept, stdout)
}

// exampleRefused says what to do about an example that cannot be shown.
func exampleRefused(cfg config, err error) error {
	held, remedy := "the folder "+cfg.Data+" holds", "remove the folder "+cfg.Data
	if cfg.DatabaseURL != "" {
		held, remedy = "the database of FUND_DATABASE_URL holds", "give it an empty database"
	}
	switch {
	case errors.Is(err, example.ErrAnother):
		return fmt.Errorf("%s a fund that is not the example, and it was left alone: serve it without --example, or choose another place by FUND_DATA or FUND_DATABASE_URL", held)
	case errors.Is(err, example.ErrUnfinished):
		return fmt.Errorf("%s an example that was cut short while it was made: %s and start again", held, remedy)
	}
	return err
}

// printExample writes the Funding Status and the proof of the day.
func printExample(ctx context.Context, s *store.Store, stdout io.Writer) error {
	fund, err := s.Fund(ctx)
	if err != nil {
		return err
	}
	status, err := s.Statement(ctx, operator, time.Time{})
	if err != nil {
		return err
	}
	proof, err := s.Proof(ctx, operator, time.Time{})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "\nThis is an example. Its past, to 2018, is what a real fund published (%s, UN Pooled Funds);\n"+
		"the states, the people and all that happened since are invented.\n\n", example.Past)
	if err := statementTable(stdout, fund, status); err != nil {
		return err
	}
	fmt.Fprintln(stdout)
	return writeProof(stdout, proof)
}

// printSignIns writes who can sign in with what, to see what.
func printSignIns(cfg config, kept string, stdout io.Writer) error {
	text, err := os.ReadFile(kept)
	if errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(stdout, "\nWho can sign in was printed when the example was made; %s, where it was kept, is gone.\n\n", kept)
		return nil
	}
	if err != nil {
		return err
	}
	var all []example.SignIn
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("%s cannot be read: %w", kept, err)
	}
	fmt.Fprintf(stdout, "\nWho can sign in at %s/sign-in, and what there is to see (kept in %s):\n", cfg.PublicURL, kept)
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for _, s := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Email, s.Password, s.Sees)
	}
	fmt.Fprintln(table)
	return table.Flush()
}

// keepSignIns writes who can sign in where the other data are, for the owner alone.
// With a database elsewhere the folder may not be there yet.
func keepSignIns(file string, all []example.SignIn) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	fresh := file + ".new"
	if err := os.WriteFile(fresh, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, file)
}
