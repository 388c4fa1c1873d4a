package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"startupfund/api"
	"startupfund/domain"
	"startupfund/domain/ledger"
)

// printProof prints the proof of a day, every item listed. A difference that
// nothing explains is a failure.
func printProof(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("proof", flag.ContinueOnError)
	text := flags.String("on", "", "the `day`, year-month-day; today when absent")
	if _, err := parse(flags, args, stderr); err != nil {
		return err
	}
	var on time.Time
	if *text != "" {
		var err error
		if on, err = time.Parse(time.DateOnly, *text); err != nil {
			return misuse("%q is no day: write it as 2026-03-02", *text)
		}
	}
	fund, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	p, err := fund.Proof(ctx, domain.Actor{Hat: domain.Hat{Role: domain.Operator}}, on)
	if errors.Is(err, domain.ErrNoStatement) {
		return errors.New("no bank statement up to that day was imported: there is nothing to prove the books by")
	}
	if err != nil {
		return err
	}
	if err := writeProof(stdout, p); err != nil {
		return err
	}
	if !p.Explained() {
		return fmt.Errorf("bank and books of %s differ by %s, which nothing explains", p.On.Format(time.DateOnly), p.Difference)
	}
	return nil
}

// writeProof writes the sum that must come out, each item under its line.
func writeProof(out io.Writer, p domain.Proof) error {
	var b strings.Builder
	line := func(label string, m ledger.Money) { fmt.Fprintf(&b, "%-70s %18s\n", label, api.Figures("en", m)) }
	fmt.Fprintf(&b, "Proof of %s, in %s\n", p.On.Format(time.DateOnly), p.LedgerBalance.Currency)
	fmt.Fprintf(&b, "Statement %s of %s, to %s\n\n", p.Statement.BankRef, p.Account.Name, p.Statement.To.Format(time.DateOnly))
	line("In the books", p.LedgerBalance)
	line("+ payments sent and not yet debited", p.SentTotal)
	for _, m := range p.Sent {
		line(item(m), m.Amount.Neg())
	}
	line("- receipts booked and not yet credited", p.ReceiptsTotal)
	for _, m := range p.Receipts {
		line(item(m), m.Amount)
	}
	line("+ bank lines not yet booked, net", p.NotBookedTotal)
	for _, l := range p.NotBooked {
		line(fmt.Sprintf("    %s %s (%s)", l.ValueOn.Format(time.DateOnly), clipped(l.Counterparty+" "+l.Text), l.State), l.Amount)
	}
	line("On the bank's statement", p.StatementBalance)
	line("Difference", p.Difference)
	_, err := io.WriteString(out, b.String())
	return err
}

func item(m domain.Movement) string {
	return fmt.Sprintf("    %s voucher %d, %s", m.ValueOn.Format(time.DateOnly), m.Number, clipped(m.Memo))
}

// clipped keeps a text to one line of the table.
func clipped(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return string(r)
}
