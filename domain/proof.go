package domain

import (
	"slices"
	"time"

	"startupfund/domain/ledger"
)

// ReconciledLine is a line as a proof lists it, with where it stands.
type ReconciledLine struct {
	BankLine
	Statement string // the bank's name for the statement it came with
	State     LineState
	Note      string // why it waits, in a person's words
}

// Proof is the proof of a day: that the bank's statement and the books say the
// same, every difference named.
//
//	statement = ledger + payments sent and not yet debited
//	            − receipts booked and not yet credited + lines not yet booked
type Proof struct {
	On               time.Time
	Account          FundAccount
	Statement        BankStatement // the last up to that day
	StatementBalance ledger.Money
	LedgerBalance    ledger.Money

	Sent           []Movement   // below zero, as the books have them
	SentTotal      ledger.Money // above zero: what the bank has still to debit
	Receipts       []Movement
	ReceiptsTotal  ledger.Money
	NotBooked      []ReconciledLine
	NotBookedTotal ledger.Money // net

	Difference ledger.Money // what none of it explains: zero, or something is wrong
}

// Explained tells whether nothing is left over.
func (p Proof) Explained() bool { return p.Difference.IsZero() }

// Prove makes the proof of the day on. books is the bank account's balance in the
// ledger, by booking date up to on; open are the movements booked up to on whose
// money is on no statement up to then; waiting the lines of those statements that
// no movement booked up to on explains. Where a match is cut in two by the day,
// both its sides stand in them whole.
func Prove(on time.Time, a FundAccount, st BankStatement, books ledger.Money, open []Movement, waiting []ReconciledLine) Proof {
	zero := ledger.Zero(books.Currency)
	p := Proof{On: on, Account: a, Statement: st, StatementBalance: st.Closing, LedgerBalance: books, NotBooked: waiting,
		SentTotal: zero, ReceiptsTotal: zero, NotBookedTotal: zero}
	for _, m := range open {
		if m.Amount.IsNegative() {
			p.Sent, p.SentTotal = append(p.Sent, m), p.SentTotal.Sub(m.Amount)
		} else {
			p.Receipts, p.ReceiptsTotal = append(p.Receipts, m), p.ReceiptsTotal.Add(m.Amount)
		}
	}
	for _, l := range waiting {
		p.NotBookedTotal = p.NotBookedTotal.Add(l.Amount)
	}
	p.Difference = st.Closing.Sub(books).Sub(p.SentTotal).Add(p.ReceiptsTotal).Sub(p.NotBookedTotal)
	return p
}

// BroughtAlong tells whether a voucher of this kind, booked on that day, is in
// the first statement's opening balance rather than among lines to come: what a
// fund brought along, its history, and what was booked before the first statement
// begins.
func BroughtAlong(kind ledger.Kind, booked, first time.Time) bool {
	return slices.Contains([]ledger.Kind{ledger.Opening, ledger.History}, kind) || booked.Before(first)
}
