package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"startupfund/api"
	"startupfund/domain"
	"startupfund/store"
)

// operator is whoever holds the program's own machine.
var operator = domain.Console()

func printStatement(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("statement", flag.ContinueOnError)
	asOf := dayFlag(flags, "as-of", "the day up to which postings count; today when absent")
	format := flags.String("format", "table", "table, json or csv")
	if _, err := parse(flags, args, stderr); err != nil {
		return err
	}
	write, ok := map[string]func(io.Writer, store.Fund, domain.Statement) error{
		"table": statementTable, "json": statementJSON, "csv": statementCSV}[*format]
	if !ok {
		return misuse("there is no format %q: choose table, json or csv", *format)
	}
	s, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	fund, err := s.Fund(ctx)
	if err != nil {
		return err
	}
	st, err := s.Statement(ctx, operator, *asOf)
	if err != nil {
		return err
	}
	return write(stdout, fund, st)
}

// dayFlag is a flag whose value is a day, "2026-03-02".
func dayFlag(flags *flag.FlagSet, name, help string) *time.Time {
	day := new(time.Time)
	flags.Func(name, help, func(text string) (err error) {
		if *day, err = time.Parse(time.DateOnly, text); err != nil {
			return fmt.Errorf("a day is written like 2026-03-02")
		}
		return nil
	})
	return day
}

// statementTable writes for people: amounts under each other, totals set off.
func statementTable(w io.Writer, fund store.Fund, st domain.Statement) error {
	fmt.Fprintf(w, "%s\nFunding Status as of %s, %s\n\n", fund.Name, st.AsOf.Format(time.DateOnly), st.Currency)
	label, amount := 0, 0
	for _, l := range st.Lines {
		label, amount = max(label, utf8.RuneCountInString(l.Label)), max(amount, utf8.RuneCountInString(api.Figures("en", l.Amount)))
	}
	for _, l := range st.Lines {
		if _, err := fmt.Fprintf(w, "%-*s  %*s\n", label, l.Label, amount, api.Figures("en", l.Amount)); err != nil {
			return err
		}
	}
	return nil
}

// statementJSON writes what /api/v1/statement answers in English.
func statementJSON(w io.Writer, fund store.Fund, st domain.Statement) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(api.StatementView(fund.Name, st, func(_, english string) string { return english }))
}

func statementCSV(w io.Writer, _ store.Fund, st domain.Statement) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"code", "label", "amount", "currency", "as_of"}}
	for _, l := range st.Lines {
		rows = append(rows, []string{l.Code, l.Label, l.Amount.Text(), string(st.Currency), st.AsOf.Format(time.DateOnly)})
	}
	return out.WriteAll(rows)
}
