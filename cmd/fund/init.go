package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// initFund sets up an empty fund.
func initFund(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("init", flag.ContinueOnError)
	setup := domain.Setup{}
	flags.StringVar(&setup.Code, "code", "", "the fund's code, such as MPTF00209")
	flags.StringVar(&setup.Name, "name", "", "the fund's name")
	flags.StringVar(&setup.Administrator.Email, "admin-email", "", "e-mail of the first administrator")
	flags.StringVar(&setup.Administrator.Name, "admin-name", "", "name of the first administrator")
	flags.StringVar(&setup.Administrator.Language, "admin-language", "en", "en, fr, es, ar, ru or zh")
	flags.StringVar(&setup.Agent.Code, "agent", "MPTFO", "code of the administrative agent")
	flags.StringVar(&setup.Agent.Name, "agent-name", "Multi-Partner Trust Fund Office", "its name")
	flags.StringVar(&setup.Coordinator.Code, "coordinator", "IOM", "code of the coordinator's organisation")
	flags.StringVar(&setup.Coordinator.Name, "coordinator-name", "International Organization for Migration", "its name")
	flags.StringVar(&setup.Bank.Number, "bank-account", "", "number of the agent's bank account for the fund")
	flags.StringVar(&setup.Bank.Name, "bank-name", "", "name of the account")
	opening := flags.String("opening", "0.00", "balance of the account in US dollars, all of it available")
	on := flags.String("opening-on", "", "day of that balance, such as 2026-03-02; today when left out")
	rules := flags.String("charter", "", "file with the fund's own first rules; the shipped ones when left out")
	fromStdin := flags.Bool("password-stdin", false, "read the administrator's password from standard input; otherwise one is made and printed")
	flags.Func("available", "EARMARK=AMOUNT, a part of the balance; may be given again; left out, all is unearmarked", func(text string) error {
		earmark, amount, ok := strings.Cut(text, "=")
		m, err := ledger.Parse(amount, ledger.USD)
		if !ok || err != nil {
			return fmt.Errorf("%q is no EARMARK=AMOUNT such as area-2=1500.00", text)
		}
		setup.Opening.Available = append(setup.Opening.Available, domain.EarmarkBalance{Earmark: earmark, Amount: m})
		return nil
	})
	if _, err := parse(flags, args, stderr); err != nil {
		return err
	}
	var err error
	if setup.Opening.Bank, err = ledger.Parse(*opening, ledger.USD); err != nil {
		return misuse("--opening is %q, which is no amount such as 1500.00", *opening)
	}
	if *on != "" {
		if setup.OpenedOn, err = time.Parse(time.DateOnly, *on); err != nil {
			return misuse("--opening-on is %q, which is no day such as 2026-03-02", *on)
		}
	}
	if *rules != "" {
		if setup.Charter, err = os.ReadFile(*rules); err != nil {
			return err
		}
	}
	if setup.Password, err = firstPassword(*fromStdin, os.Stdin); err != nil {
		return err
	}
	fund, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	made, err := fund.Init(ctx, setup)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "The fund %s, %s, is set up.\n", made.Fund.Code, made.Fund.Name)
	if *fromStdin {
		fmt.Fprintf(stdout, "%s signs in on %s/sign-in with the password given.\n", setup.Administrator.Email, cfg.PublicURL)
		return nil
	}
	fmt.Fprintf(stdout, "%s signs in on %s/sign-in with the password %s, which is not shown again: change it there.\n", setup.Administrator.Email, cfg.PublicURL, setup.Password)
	return nil
}

// firstPassword is a line of in, or one that nobody guesses.
func firstPassword(given bool, in io.Reader) (string, error) {
	if given {
		line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
		if err != nil && err != io.EOF {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	text := strings.ToLower(rand.Text())
	return text[:5] + "-" + text[5:10] + "-" + text[10:15] + "-" + text[15:20] + "-" + text[20:25], nil
}
