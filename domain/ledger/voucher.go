package ledger

import (
	"regexp"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrNotPositive  = problem.New(problem.Invalid, "amount-not-positive")
	ErrSameAccount  = problem.New(problem.Invalid, "same-account")
	ErrAccount      = problem.New(problem.Invalid, "bad-account")
	ErrOtherMoney   = problem.New(problem.Conflict, "other-currency")
	ErrInsufficient = problem.New(problem.Conflict, "insufficient-funds")
	ErrEmpty        = problem.New(problem.Invalid, "empty-voucher")
	ErrReversed     = problem.New(problem.Conflict, "already-reversed")
	ErrOfReversal   = problem.New(problem.Conflict, "reversal-of-reversal")
)

// Account is a path in the chart of accounts, most general part first:
// "fund:available:area-2", "organisation:held:IOM:JP-0014". docs/decisions has
// the chart, with an example for each kind of act.
type Account string

var accountForm = regexp.MustCompile(`^[a-z][a-z-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)+$`)

// Valid tells whether a may stand in the chart: two or more parts, each of
// letters, digits, point, underscore and hyphen, so that hledger reads it too.
func (a Account) Valid() bool { return len(a) <= 200 && accountForm.MatchString(string(a)) }

// Posting moves one amount from one account to another. Having a single amount,
// it cannot be out of balance.
type Posting struct {
	From, To Account
	Money    Money
}

// Kind is what a voucher is about, in the words of the field; reports and IATI
// read it. One act makes one kind.
type Kind string

const (
	Deposit    Kind = "deposit"
	Allocation Kind = "allocation"
	// Reallocation is allocated money that goes to another organisation, or back to
	// what is available.
	Reallocation Kind = "reallocation"
	Release      Kind = "release"     // allocated money reserved for a payment on its way
	Transfer     Kind = "transfer"    // the agent's payment to a participating organisation
	Refund       Kind = "refund"      // money that comes back from one
	Expended     Kind = "expenditure" // what an organisation certified that it spent
	Interest     Kind = "interest"    // of the fund, or that an organisation paid in
	OtherIncome  Kind = "other-income"
	Charge       Kind = "bank-charge"
	Unknown      Kind = "suspense" // a receipt nobody can name
	Opening      Kind = "opening"  // balances taken over when a fund is set up
	History      Kind = "history"  // a past year as published
	Reversal     Kind = "reversal" // undoes one voucher, named
)

// Voucher is the dated group of postings that one act makes. It is never
// changed: a mistake is put right by a second one that Reverses it.
type Voucher struct {
	ID       uuid.UUID
	Number   int64 // given by the books when posted; 0 before
	Kind     Kind
	BookedOn time.Time // the day it counts from: as-of figures go by this
	ValueOn  time.Time // the day the bank counts from: matching goes by this
	PostedAt time.Time // the instant it was written
	Memo     string
	Subject  string // what it is about: "transfer-request:<id>", "decision:2026-003"
	Reverses *uuid.UUID
	Postings []Posting
}

// Check refuses a voucher that no books could take, whatever they hold. The
// order of the refusals is part of the rule: the tests name them one by one.
func (v Voucher) Check() error {
	if len(v.Postings) == 0 {
		return ErrEmpty
	}
	for _, p := range v.Postings {
		switch {
		case !p.Money.IsPositive():
			return ErrNotPositive.With("amount", p.Money)
		case !p.From.Valid():
			return ErrAccount.With("account", string(p.From))
		case !p.To.Valid():
			return ErrAccount.With("account", string(p.To))
		case p.From == p.To:
			return ErrSameAccount.With("account", string(p.From))
		case p.Money.Currency != v.Postings[0].Money.Currency:
			return ErrOtherMoney.With("currency", string(p.Money.Currency), "books", string(v.Postings[0].Money.Currency))
		}
	}
	return nil
}

// Reversible refuses to undo what undoes: to take a reversal back, post the
// voucher again. So each figure sees a reversal as its original with the other
// sign, never deeper. That v was not reversed before, only the books know.
func (v Voucher) Reversible() error {
	if v.Kind == Reversal {
		return ErrOfReversal.With("number", v.Number)
	}
	return nil
}

// Reverse is the voucher that undoes v, posting by posting the other way.
func (v Voucher) Reverse(id uuid.UUID, on time.Time, why string) Voucher {
	r := Voucher{ID: id, Kind: Reversal, BookedOn: on, ValueOn: v.ValueOn, Memo: why, Subject: v.Subject, Reverses: &v.ID}
	for _, p := range v.Postings {
		r.Postings = append(r.Postings, Posting{From: p.To, To: p.From, Money: p.Money})
	}
	return r
}

// Effect is what v adds to each account it names; what it takes is negative.
func (v Voucher) Effect() map[Account]Money {
	sum := map[Account]Money{}
	add := func(a Account, m Money) {
		if was, ok := sum[a]; ok {
			m = was.Add(m)
		}
		sum[a] = m
	}
	for _, p := range v.Postings {
		add(p.To, p.Money)
		add(p.From, p.Money.Neg())
	}
	return sum
}
