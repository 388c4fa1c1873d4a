// Package journal writes the fund's books as an hledger journal, so that a
// program we did not write can add them up again.
package journal

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"startupfund/domain/ledger"
)

// Books is what a journal is written from.
type Books struct {
	Fund     string // its name, for the first line
	AsOf     time.Time
	Vouchers []ledger.Voucher // booked on AsOf or before, in any order
	// Balances are ours, from wherever the program shows them: they become
	// assertions, so that hledger tests our report against our postings.
	Balances map[ledger.Account]ledger.Money
}

// Write writes b as a journal that `hledger check --strict ordereddates` takes if,
// and only if, the balances follow from the vouchers. The same books always give
// the same bytes. An error is w's own.
func Write(w io.Writer, b Books) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "; %s, books as of %s\n\n", line(b.Fund), b.AsOf.Format(time.DateOnly))
	declare(out, b)
	for _, v := range inOrder(b.Vouchers) {
		transaction(out, v)
	}
	assertions(out, b)
	return out.Flush()
}

// inOrder sorts by booking date, then by number, as hledger's ordereddates asks.
func inOrder(vouchers []ledger.Voucher) []ledger.Voucher {
	sorted := slices.Clone(vouchers)
	slices.SortStableFunc(sorted, func(a, b ledger.Voucher) int {
		return cmp.Or(a.BookedOn.Compare(b.BookedOn), cmp.Compare(a.Number, b.Number))
	})
	return sorted
}

// declare names every commodity and account, so that --strict finds a stray one.
// The commodity has its two-line form because ledger, too, reads that.
func declare(out *bufio.Writer, b Books) {
	currencies, accounts := map[ledger.Currency]bool{}, map[ledger.Account]bool{}
	for _, v := range b.Vouchers {
		for _, p := range v.Postings {
			currencies[p.Money.Currency], accounts[p.From], accounts[p.To] = true, true, true
		}
	}
	for a, m := range b.Balances {
		currencies[m.Currency], accounts[a] = true, true
	}
	for _, c := range slices.Sorted(maps.Keys(currencies)) {
		mark := "."
		if c.Places() > 0 {
			mark = "" // the amount has one
		}
		fmt.Fprintf(out, "commodity %s\n  format 1000%s%s %s\n\n", c, strings.TrimPrefix(ledger.Zero(c).Text(), "0"), mark, c)
	}
	for _, a := range slices.Sorted(maps.Keys(accounts)) {
		fmt.Fprintf(out, "account %s\n", a)
	}
}

// transaction writes a voucher: each posting as what one account gets and the
// other gives. What a reversal undoes stands in a tag, as do subject and kind.
func transaction(out *bufio.Writer, v ledger.Voucher) {
	memo := line(v.Memo)
	if memo == "" {
		memo = string(v.Kind)
	}
	fmt.Fprintf(out, "\n%s * (%d) %s\n", v.BookedOn.Format(time.DateOnly), v.Number, memo)
	fmt.Fprintf(out, "  ; id:%s, kind:%s, value:%s\n", v.ID, v.Kind, v.ValueOn.Format(time.DateOnly))
	if subject := tagged(v.Subject); subject != "" {
		fmt.Fprintf(out, "  ; subject:%s\n", subject)
	}
	if v.Reverses != nil {
		fmt.Fprintf(out, "  ; reverses:%s\n", v.Reverses)
	}
	for _, p := range v.Postings {
		posting(out, p.To, p.Money)
		posting(out, p.From, p.Money.Neg())
	}
}

func posting(out *bufio.Writer, a ledger.Account, m ledger.Money) {
	fmt.Fprintf(out, "  %-60s  %18s %s\n", a, m.Text(), m.Currency)
}

// assertions end the journal: each account gets nothing and must then hold what we
// say it holds.
func assertions(out *bufio.Writer, b Books) {
	if len(b.Balances) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s * balances as the fund reports them\n", b.AsOf.Format(time.DateOnly))
	for _, a := range slices.Sorted(maps.Keys(b.Balances)) {
		m := b.Balances[a]
		fmt.Fprintf(out, "  %-60s  %18s %s = %s %s\n", a, ledger.Zero(m.Currency).Text(), m.Currency, m.Text(), m.Currency)
	}
}

// line makes one line of what people wrote, without the signs that would end a
// description (;) or split it (|).
func line(text string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r == ';':
			return ','
		case r == '|':
			return '/'
		case !unicode.IsPrint(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	return strings.Join(strings.Fields(kept), " ")
}

// tagged is line for the value of a tag, which a comma would end.
func tagged(text string) string { return line(strings.ReplaceAll(text, ",", " ")) }
