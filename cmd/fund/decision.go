package main

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"startupfund/domain"
	"startupfund/domain/replay"
	"startupfund/store"
)

// exportDecisions writes decisions as files that anybody can count again: one to
// stdout, by its number, or all into a folder.
func exportDecisions(ctx context.Context, cfg config, what []string, withhold bool, stdout, stderr io.Writer) error {
	s, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	if what[0] == "decision" {
		return exportDecision(ctx, s, what[1], withhold, stdout)
	}
	if err := os.MkdirAll(what[1], 0o755); err != nil {
		return err
	}
	list, err := s.Decisions(ctx, operator)
	if err != nil {
		return err
	}
	for _, d := range list {
		file, err := s.SignedFile(ctx, operator, d, withhold)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(what[1], d.Number+".json"), file, 0o644); err != nil {
			return err
		}
	}
	key, err := s.PublicKey()
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d decisions, signed with the key %s\n", len(list), key)
	return nil
}

func exportDecision(ctx context.Context, s *store.Store, number string, withhold bool, stdout io.Writer) error {
	d, err := s.Decision(ctx, operator, number)
	if errors.Is(err, domain.ErrMissing) {
		return fmt.Errorf("there is no decision %s", number)
	}
	if err != nil {
		return err
	}
	file, err := s.SignedFile(ctx, operator, d, withhold)
	if err != nil {
		return err
	}
	_, err = stdout.Write(file)
	return err
}

// verify counts a decision again from its file. It needs neither database nor settings.
func verify(_ context.Context, _ config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	known := flags.String("key", "", "the fund's `key`, as it publishes it; without it the file is held against its own")
	what, err := parse(flags, args, stderr, "FILE")
	if err != nil {
		return err
	}
	key, err := hex.DecodeString(*known)
	if err != nil || len(key) != 0 && len(key) != ed25519.PublicKeySize {
		return misuse("a key is %d hexadecimal digits", 2*ed25519.PublicKeySize)
	}
	text, err := os.ReadFile(what[0])
	if err != nil {
		return err
	}
	r, err := replay.Verify(text, key)
	if err != nil {
		return fmt.Errorf("%s: %w", what[0], err)
	}
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for _, s := range r.Steps {
		said := "the same"
		switch {
		case s.Counted == "":
			said = "rests on what is withheld"
		case !s.Holds():
			said = "COUNTED " + s.Counted
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Rule, s.Recorded, said)
	}
	fmt.Fprintf(table, "signed by\t%s\t\n", r.Key)
	if err := table.Flush(); err != nil {
		return err
	}
	if !r.Holds() {
		return fmt.Errorf("decision %s is counted otherwise than it is recorded", r.Number)
	}
	if len(r.Withheld) > 0 {
		fmt.Fprintf(stdout, "Decision %s is as it was signed; its outcome, %s, rests on what is withheld here: %s.\n", r.Number, r.Outcome, strings.Join(r.Withheld, ", "))
		return nil
	}
	fmt.Fprintf(stdout, "Decision %s is as it was signed, and counted again it is %s.\n", r.Number, r.Outcome)
	return nil
}
