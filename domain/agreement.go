package domain

import (
	"regexp"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Refusals of agreements and of what is paid under them.
var (
	ErrFeeRate        = problem.New(problem.Invalid, "bad-fee-rate")
	ErrInstalments    = problem.New(problem.Invalid, "instalments-do-not-sum")
	ErrFuture         = problem.New(problem.Invalid, "day-in-the-future")
	ErrBeforeSigned   = problem.New(problem.Invalid, "before-signature")
	ErrOverCommitment = problem.New(problem.Conflict, "exceeds-commitment")
	ErrFeeTakesAll    = problem.New(problem.Conflict, "fee-takes-all")
)

const (
	longestText      = 500 // characters of a purpose, a reason, a document's name
	mostInstalments  = 100
	longestReference = 140 // of a bank; camt.053 has 35 and MT940 16
)

// Agreement is a standard administrative arrangement: what a contributor committed
// itself to. A commitment is memorandum; only deposits are in the books.
type Agreement struct {
	ID              uuid.UUID
	Ref             string // "SAA-2026-01"
	Contributor     uuid.UUID
	ContributorCode string
	Amount          ledger.Money
	Earmark         string          // key of a thematic area, or "" for none
	FeeRate         decimal.Decimal // of each deposit: 0.01 is one per cent
	SignedOn        time.Time
	Document        string // where the signed paper is
	Instalments     []Instalment
	CharterVersion  int
	Version         int
	Deposited       ledger.Money // so far, reversals taken off

	Valued   ledger.Money    // the commitment in the books' currency, at the rate of the day of signature
	Rate     decimal.Decimal // that rate; nothing where the commitment is in the books' currency
	RateOn   time.Time       // the day from which it was in force
	Credited ledger.Money    // what the bank credited of it so far, in the books' currency
	Payments []PaidIn        // what makes up Deposited
	Open     bool            // the rules accept deposits beyond what is committed
	SetOffs  []PaidInstalment
}

// Instalment is a part of a commitment and the day it is due.
type Instalment struct {
	DueOn  time.Time
	Amount ledger.Money
}

var rateForm = regexp.MustCompile(`^0(\.[0-9]{1,6})?$`)

// FeeRate reads an agreement's rate, "0.01"; "" takes the charter's. At least 0,
// below 1, at most six decimals; anything else is ErrFeeRate.
func FeeRate(text string, c charter.Charter) (decimal.Decimal, error) {
	if text == "" {
		return c.Agent.FeeRate.Value.Decimal, nil
	}
	if !rateForm.MatchString(text) {
		return decimal.Decimal{}, ErrFeeRate.At("/fee_rate")
	}
	return decimal.NewFromString(text)
}

// Sign checks an agreement that is about to be recorded under charter c, in books
// of one currency, today. All that is wrong with it is told at once. Another currency is
// valued at rate, the United Nations' of the day of signature, for books in dollars.
func (a Agreement) Sign(c charter.Charter, books ledger.Currency, rate OperationalRate, today time.Time) (Agreement, error) {
	var bad []problem.Problem
	a.Valued = a.Amount
	switch {
	case a.Amount.Currency != books && books != ledger.USD:
		return a, ledger.ErrOtherMoney.With("currency", string(a.Amount.Currency), "books", string(books)).At("/amount")
	case !a.Amount.IsPositive():
		bad = append(bad, ledger.ErrNotPositive.With("amount", a.Amount).At("/amount"))
	}
	if a.Amount.Currency != books {
		if bad = append(bad, noRate(rate, a.Amount.Currency, a.SignedOn, "/signed_on")...); len(bad) == 0 {
			a.Valued, a.Rate, a.RateOn = rate.USD(a.Amount), rate.PerUSD, rate.EffectiveOn
		}
	}
	if a.Earmark != "" {
		_, known := c.Area(a.Earmark)
		if !known || c.Allocation.Earmark.Value != charter.ThematicArea {
			bad = append(bad, ErrUnknownWord.With("given", a.Earmark).At("/earmark"))
		}
	}
	if a.SignedOn.After(today) {
		bad = append(bad, ErrFuture.With("day", a.SignedOn, "today", today).At("/signed_on"))
	}
	if tooLong(a.Document, longestText) {
		bad = append(bad, ErrTooLong.With("limit", longestText).At("/document"))
	}
	if p, ok := a.checkInstalments(); !ok {
		bad = append(bad, p)
	}
	if err := problem.Join(bad); err != nil {
		return a, err
	}
	a.CharterVersion, a.Version, a.Deposited, a.Credited = c.Version, 1, ledger.Zero(a.Amount.Currency), ledger.Zero(books)
	a.Open = c.Agent.OverCommitment.Value == charter.OverAccepted
	a.SetOffs = a.SetOff(today)
	return a, nil
}

func (a Agreement) checkInstalments() (problem.Problem, bool) {
	if len(a.Instalments) > mostInstalments {
		return ErrTooLong.With("limit", mostInstalments).At("/instalments"), false
	}
	sum := ledger.Zero(a.Amount.Currency)
	for _, i := range a.Instalments {
		if i.Amount.Currency != a.Amount.Currency {
			return ledger.ErrOtherMoney.With("currency", string(i.Amount.Currency), "books", string(a.Amount.Currency)).At("/instalments"), false
		}
		if !i.Amount.IsPositive() {
			return ledger.ErrNotPositive.With("amount", i.Amount).At("/instalments"), false
		}
		sum = sum.Add(i.Amount)
	}
	if !sum.Equal(a.Amount) {
		return ErrInstalments.With("sum", sum, "amount", a.Amount).At("/instalments"), false
	}
	return problem.Problem{}, true
}

// Remaining is what is committed and not yet deposited; nothing where more came.
func (a Agreement) Remaining() ledger.Money {
	return a.Amount.Sub(least(a.Amount, a.Deposited))
}

// May lists the acts that the rules would not refuse now.
func (a Agreement) May() []string {
	if a.Open || a.Remaining().IsPositive() {
		return []string{"deposit.record"}
	}
	return nil
}

// tooLong counts characters, not bytes: six languages write here.
func tooLong(text string, limit int) bool { return len(text) > limit && len([]rune(text)) > limit }
