package example

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/camt053"
	"startupfund/store"
)

// The first statement covers all from the beginning to firstEnds days before now,
// and is reconciled; the second goes to yesterday, and half of it waits.
const firstEnds = 35

func (st *story) reconcile() {
	st.at(firstEnds-2, 10, 0, func() {
		s := st.statement(1, founded, firstEnds)
		for _, m := range st.moved(s) {
			s.Entries = append(s.Entries, st.entry(m))
		}
		s.Entries = append(s.Entries, receipt(8_000, st.day(120), "A. N. Other", "Solidarity concert, with best wishes"))
		st.importStatement(s)
		for _, l := range st.waiting() {
			must(st.SuspendLine(st, st.as("preparer"), l.ID)) // nobody ever wrote to say whose it was
		}
	})
	st.ago(3*time.Hour, func() {
		s := st.statement(2, firstEnds-1, 1)
		for _, m := range st.moved(s) {
			if slices.Contains(m.Parties, ohchr) {
				continue // sent, and not debited yet
			}
			e := st.entry(m)
			d := &e.Details[0]
			switch {
			case m.Kind == ledger.Transfer && slices.Contains(m.Parties, undp): // the bank lost our reference, and writes the payee its own way
				d.EndToEndID, d.Creditor.Name, d.Text = "NOTPROVIDED", "UNITED NATIONS DEVELOPMENT PROGRAMME TREASURY", []string{"First tranche"}
			case m.Amount.Equal(usd(350_000)): // a contributor under another name
				d.Debtor.Name, d.Text = "Stichting De Lantaarn", []string{"Second gift"}
			}
			s.Entries = append(s.Entries, e)
		}
		charge := camt053.Entry{Money: usd(-35), Status: camt053.Booked, Booked: st.day(5), Value: st.day(5), BankRef: "CHG-0005", Info: "Charges of correspondent banks"}
		s.Entries = append(s.Entries, charge,
			receipt(25_000, st.day(9), "OCEAN CHOIR BENEFIT", "For people on the move"),
			receipt(12_500, st.day(8), "Ministry of Labour", "Contribution to the skills window"))
		st.importStatement(s)
		for _, l := range st.waiting() {
			switch {
			case l.Amount.Equal(usd(12_500)):
				must(st.NoteLine(st, st.as("preparer"), l.ID, domain.LineOtherFund, "Meant for the skills fund, which has the account next to ours: the bank was asked to move it."))
			case l.Amount.Equal(usd(-35)):
				must(st.NoteLine(st, st.as("preparer"), l.ID, domain.LineOnHold, "The bank was asked on whose account this charge is."))
			}
		}
	})
}

// statement is an empty one of the days from and to, so many before now, that
// opens where the last one closed, or the books stood.
func (st *story) statement(n int64, from, to int) camt053.Statement {
	if n == 1 {
		st.atBank = must(st.Statement(st, domain.Console(), st.day(from+1))).Line("balance_with_agent")
	}
	return camt053.Statement{Header: camt053.Header{
		Message: fmt.Sprintf("EXAMPLE-%d", n), MessageCreated: st.clock.at, ID: fmt.Sprintf("EXAMPLE-%04d", n), Sequence: n, Created: st.clock.at,
		Account: accountNumber, Currency: ledger.USD, Owner: "Example fund",
		Opening: camt053.Balance{Type: "OPBD", Money: st.atBank, On: st.day(from)},
		Closing: camt053.Balance{Type: "CLBD", On: st.day(to)},
	}}
}

// moved are the movements of a statement's days that are on no statement yet.
func (st *story) moved(s camt053.Statement) []domain.Movement {
	var list []domain.Movement
	for _, m := range must(st.OpenMovements(st, domain.Console())) {
		if !m.ValueOn.After(s.Closing.On) {
			list = append(list, m)
		}
	}
	return list
}

// entry is a movement as the bank tells it.
func (st *story) entry(m domain.Movement) camt053.Entry {
	e := camt053.Entry{Money: m.Amount, Status: camt053.Booked, Booked: m.ValueOn, Value: m.ValueOn, BankRef: fmt.Sprintf("B%08d", m.Posting)}
	var d camt053.Detail
	name, reference := "", ""
	if len(m.Parties) > 0 {
		name = m.Parties[0]
	}
	if len(m.References) > 0 {
		reference = m.References[0]
	}
	switch {
	case m.Amount.IsPositive():
		d.Debtor.Name = name
		if reference != "" {
			e.BankRef = reference
		}
		d.Text = []string{"Contribution"}
	case m.Kind == ledger.Transfer:
		d.Creditor.Name, d.EndToEndID = name, reference
	default:
		d.Creditor.Name = "Multi-Partner Trust Fund Office"
		d.Text = []string{strings.TrimSpace("Administrative agent fee " + reference)}
	}
	e.Details = []camt053.Detail{d}
	return e
}

func receipt(dollars int, on time.Time, from, text string) camt053.Entry {
	return camt053.Entry{Money: usd(dollars), Status: camt053.Booked, Booked: on, Value: on, BankRef: fmt.Sprintf("R%s-%d", on.Format("060102"), dollars),
		Details: []camt053.Detail{{Debtor: camt053.Party{Name: from}, Text: []string{text}}}}
}

// importStatement sends the statement through the bank's format and back, as a
// file of the bank's would come.
func (st *story) importStatement(s camt053.Statement) store.Imported {
	slices.SortStableFunc(s.Entries, func(a, b camt053.Entry) int { return a.Booked.Compare(b.Booked) })
	st.atBank = s.Opening.Money.Add(s.Booked())
	s.Closing.Money = st.atBank
	var file bytes.Buffer
	ok(camt053.Write(&file, s))
	sum := sha256.Sum256(file.Bytes())
	st.pass(time.Minute)
	return must(st.ImportStatements(st, st.as("preparer"), sum[:], st.File(file.Bytes())))
}

// waiting are the lines for which nothing was found.
func (st *story) waiting() []store.Reconciled {
	return must(st.Reconciliation(st, st.as("preparer").Actor, store.Lines{State: domain.LineUnmatched}, store.Window{})).Items
}
