package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"startupfund/api"
	"startupfund/domain"
	"startupfund/store"
)

// S34: a fresh fund lets nobody in but through its own machine: there is no
// default account, the first administrator comes of `fund init`, and the next
// of `fund user add`.
func TestAnEmptyFundIsSetUpAtTheConsole(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a PostgreSQL")
	}
	cfg := config{Data: t.TempDir(), PublicURL: "https://fund.example.org"}
	_, stop, err := openDatabase(t.Context(), cfg, io.Discard) // the commands join this one
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	do := func(run func(context.Context, config, []string, io.Writer, io.Writer) error, args ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), cfg, args, &out, io.Discard)
		return out.String(), err
	}
	if out, err := do(migrate); err != nil || !strings.Contains(out, "up to date") {
		t.Fatal(out, err)
	}
	fund, done, err := openStore(t.Context(), cfg, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	server := &api.Server{}
	var offer bytes.Buffer
	if err := offerSetup(t.Context(), cfg, fund, server, false, &offer); err != nil || len(server.SetupToken) < 26 || !strings.Contains(offer.String(), server.SetupToken) {
		t.Errorf("an empty fund offers %q, %v", &offer, err)
	}
	if list, err := fund.People(t.Context(), domain.Console(), store.ListAsk{}); err != nil || len(list.Items) != 0 {
		t.Errorf("somebody is known to a fresh fund: %v, %v", list, err)
	}

	add := []string{"add", "--email", "cora@example.org", "--name", "Cora", "--role", "coordinator", "--organisation", "IOM"}
	if _, err := do(user, add...); !errors.Is(err, domain.ErrUnknownWord) {
		t.Errorf("a role for an organisation nobody knows: %v", err)
	}
	begin := []string{"--code", "TEST1", "--name", "A fund", "--admin-email", "Adam@Example.org", "--admin-name", "Adam", "--bank-account", "CH93", "--opening", "1500.00"}
	if _, err := do(initFund, append(begin, "--available", "area-2=1400.00")...); !errors.Is(err, domain.ErrOpening) {
		t.Errorf("purposes that do not add up: %v", err)
	}
	if _, err := do(initFund, append(begin, "--opening", "1e3")...); !errors.Is(err, errMisuse) {
		t.Errorf("an amount with an exponent: %v", err)
	}
	out, err := do(initFund, append(begin, "--available", "area-2=1400.00", "--available", "unearmarked=100.00")...)
	if err != nil {
		t.Fatal(err)
	}
	password := regexp.MustCompile(`[a-z2-7]{5}(-[a-z2-7]{5}){4}`).FindString(out)
	if _, err := fund.SignIn(t.Context(), store.SignIn{Email: "adam@example.org", Password: password, Address: "127.0.0.1"}); err != nil {
		t.Errorf("the administrator does not get in with %q: %v", password, err)
	}
	if _, err := do(initFund, begin...); !errors.Is(err, domain.ErrSetUp) {
		t.Errorf("set up twice: %v", err)
	}
	server.SetupToken = ""
	if err := offerSetup(t.Context(), cfg, fund, server, false, &offer); err != nil || server.SetupToken != "" {
		t.Errorf("a fund that is set up offers a token, %v", err)
	}

	if out, err = do(user, add...); err != nil {
		t.Fatal(err)
	}
	token := regexp.MustCompile(`https://fund.example.org/sign-in#invitation=([0-9a-f]{64})`).FindStringSubmatch(out)
	if token == nil {
		t.Fatalf("no link in %q", out)
	}
	if err := fund.AcceptInvitation(t.Context(), store.Token(token[1]), "a quiet harbour town"); err != nil {
		t.Error(err)
	}
	if _, err := do(user, add...); !errors.Is(err, domain.ErrSameHat) {
		t.Errorf("the same role twice: %v", err)
	}
	out, err = do(user, "add", "--email", "cora@example.org", "--name", "Cora", "--role", "auditor", "--organisation", "IOM")
	if err != nil || strings.Contains(out, "invitation") {
		t.Errorf("a second role for somebody with a password: %q, %v", out, err)
	}
	if _, err := do(user, "remove"); !errors.Is(err, errMisuse) {
		t.Errorf("an unknown word: %v", err)
	}
	found, err := fund.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range found {
		if len(q.Faults) > 0 {
			t.Errorf("fund check: %s: %v", q.Code, q.Faults)
		}
	}
}

func TestFirstPassword(t *testing.T) {
	if p, err := firstPassword(true, strings.NewReader("a quiet harbour town\r\nmore")); err != nil || p != "a quiet harbour town" {
		t.Errorf("%q, %v", p, err)
	}
	p, err := firstPassword(false, os.Stdin)
	if err != nil || domain.CheckPassword(p, domain.Person{}) != nil {
		t.Errorf("%q, %v", p, err)
	}
	if q, _ := firstPassword(false, os.Stdin); p == q {
		t.Error("the same twice")
	}
}
