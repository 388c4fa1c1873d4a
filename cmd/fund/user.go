package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"

	"startupfund/domain"
	"startupfund/store"
)

// user lets somebody into the fund, from the machine it runs on.
func user(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("user add", flag.ContinueOnError)
	var p domain.Person
	flags.StringVar(&p.Email, "email", "", "the person's e-mail")
	flags.StringVar(&p.Name, "name", "", "the person's name")
	flags.StringVar(&p.Language, "language", "en", "en, fr, es, ar, ru or zh")
	role := flags.String("role", "", "the role, as the table of permissions names it: applicant, member, secretariat …")
	capacity := flags.String("capacity", "", "of a member: representative, alternate or adviser")
	organisation := flags.String("organisation", "", "code of the organisation that the person acts for")
	from := flags.String("from", "", "the first day, such as 2026-03-02; today when left out")
	note := flags.String("note", "", "the ground, such as a letter of accreditation")
	if len(args) > 0 && args[0] == "add" {
		args = args[1:]
	} else if len(args) == 0 || args[0] != "-h" && args[0] != "--help" {
		return misuse("use it as `fund user add [flags]`; `fund user -h` tells them")
	}
	if _, err := parse(flags, args, stderr); err != nil {
		return err
	}
	m := domain.Membership{Role: domain.Role(*role), Capacity: domain.Capacity(*capacity), Note: *note}
	if *from != "" {
		day, err := time.Parse(time.DateOnly, *from)
		if err != nil {
			return misuse("--from is %q, which is no day such as 2026-03-02", *from)
		}
		m.From = day
	}
	fund, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	in, err := fund.Enrol(ctx, store.As(operator), p, *organisation, m)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s is %s for %s.\n", in.Person.Email, *role, *organisation)
	if in.Token != "" {
		fmt.Fprintf(stdout, "To choose a password, until %s UTC and once: %s/sign-in#invitation=%s\n", in.Expires.UTC().Format("2006-01-02 15:04"), cfg.PublicURL, in.Token)
	}
	return nil
}
