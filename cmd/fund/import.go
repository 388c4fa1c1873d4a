package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"text/tabwriter"

	"startupfund/api"
	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/history"
	"startupfund/store"
)

var fundCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// importHistory makes an empty fund the one that a published history tells of:
// all of the file, or nothing.
func importHistory(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	code := flags.String("code", "", "the fund's code, such as MPTF00122")
	name := flags.String("name", "", "the fund's name")
	what, err := parse(flags, args, stderr, "history", "file")
	if err != nil {
		return err
	}
	switch {
	case what[0] != "history":
		return misuse("`fund import` knows no %q: use it as `fund import history FILE --code CODE --name NAME`", what[0])
	case !fundCode.MatchString(*code):
		return misuse("--code must name the fund in letters, digits, points and hyphens, such as MPTF00122")
	case *name == "":
		return misuse("--name must name the fund")
	}
	rows, err := readHistory(what[1], stderr)
	if err != nil {
		return err
	}
	s, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	h, err := s.ImportHistory(ctx, store.As(operator), *code, *name, rows)
	if err != nil {
		return err
	}
	return printYears(stdout, h)
}

// readHistory reads a file whole. Each bad row is named on a line of its own.
func readHistory(path string, stderr io.Writer) ([]domain.HistoryRow, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := history.Read(file)
	var p problem.Problem
	if !errors.As(err, &p) {
		return rows, err
	}
	for _, refusal := range inWords(p) {
		fmt.Fprintf(stderr, "%s: %s\n", path, refusal)
	}
	return nil, fmt.Errorf("the history was refused, and nothing of it is kept")
}

// printYears sets each year's published fee beside ours.
func printYears(w io.Writer, h domain.History) error {
	figures := func(m ledger.Money) string { return api.Figures("en", m) }
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "Year\tDeposits\tPublished fee\tOur fee\tDifference\t")
	for _, y := range h.Years {
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t\n", y.Year, figures(y.Deposits), figures(y.PublishedFee), figures(y.OurFee), figures(y.Difference))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\nClosing balance with the agent: %s %s\n", figures(h.Closing), h.Closing.Currency)
	return err
}

// inWords says a refusal and all that stand with it as people read them, one a line.
func inWords(p problem.Problem) []string {
	words, err := api.LoadWords()
	if err != nil {
		return []string{p.Error()}
	}
	return words.Refusal("en", p)
}
