package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
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
	key, err := signingKey(filepath.Join(cfg.Data, "signing.key"))
	if err != nil {
		return err
	}
	s, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	rules := rulesOf(ctx, s)
	if what[0] == "decision" {
		d, err := s.Decision(ctx, operator, what[1])
		if errors.Is(err, domain.ErrMissing) {
			return fmt.Errorf("there is no decision %s", what[1])
		}
		if err != nil {
			return err
		}
		file, err := decisionFile(d, rules, key, withhold)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(stdout, "%s\n", file)
		return err
	}
	if err := os.MkdirAll(what[1], 0o755); err != nil {
		return err
	}
	list, err := s.Decisions(ctx, operator)
	if err != nil {
		return err
	}
	for _, d := range list {
		file, err := decisionFile(d, rules, key, withhold)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(what[1], d.Number+".json"), append(file, '\n'), 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(stdout, "%d decisions, signed with the key %s\n", len(list), hex.EncodeToString(key.Public().(ed25519.PublicKey)))
	return nil
}

func decisionFile(d store.DecisionFile, of rulesOfVersion, key ed25519.PrivateKey, withhold bool) ([]byte, error) {
	rules, err := of(d.CharterVersion)
	if err != nil {
		return nil, err
	}
	return replay.Write(d.Record, rules, key, withhold)
}

// rulesOfVersion are a charter's rules by their paths.
type rulesOfVersion func(version int) (map[string]string, error)

// rulesOf reads each version of the charter once.
func rulesOf(ctx context.Context, s *store.Store) rulesOfVersion {
	known := map[int]map[string]string{}
	return func(version int) (map[string]string, error) {
		if rules, ok := known[version]; ok {
			return rules, nil
		}
		c, err := s.CharterVersion(ctx, operator, version)
		if err != nil {
			return nil, err
		}
		rules := map[string]string{}
		for _, l := range c.Rules() {
			rules[l.Path] = l.Value
		}
		known[version] = rules
		return rules, nil
	}
}

// signingKey is the fund's, made when it is asked for first. It stays with the data:
// who has it signs as the fund.
func signingKey(file string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		seed := make([]byte, ed25519.SeedSize)
		_, _ = rand.Read(seed) // it never fails
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, err
		}
		made, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		_, err = fmt.Fprintln(made, hex.EncodeToString(seed))
		return ed25519.NewKeyFromSeed(seed), errors.Join(err, made.Sync(), made.Close())
	}
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%s holds no key of this program", file)
	}
	return ed25519.NewKeyFromSeed(seed), nil
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
