package domain

import (
	"cmp"
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// ErrCreditedOtherwise refuses a second amount for money that came in the books' currency.
var ErrCreditedOtherwise = problem.New(problem.Invalid, "credited-otherwise") // amount, credited

// Deposit is a contributor's money that arrived under an agreement.
type Deposit struct {
	ID             uuid.UUID
	Agreement      uuid.UUID
	Amount         ledger.Money // gross, as the bank credited it
	Fee            ledger.Money // the agent's, by the agreement's rate
	ReceivedOn     time.Time    // the bank's value day
	BankReference  string
	Voucher        uuid.UUID
	Number         int64 // of that voucher
	Reversal       *uuid.UUID
	CharterVersion int // whose base and rounding made the fee: the agreement's

	Paid    ledger.Money    // as the contributor paid it
	Valued  ledger.Money    // in the books' currency at the United Nations' rate of the day
	Rate    decimal.Decimal // that rate; nothing where it was paid in the books' currency
	RateOn  time.Time       // the day from which it was in force
	Counted ledger.Money    // against the commitment, in its currency
	Beyond  bool            // above what is committed, which the rules accept
}

// Foreign tells whether it was paid in another currency than the books'.
func (d Deposit) Foreign() bool { return d.Paid.Currency != d.Amount.Currency }

// Difference is what the bank credited above what the money was worth by the United
// Nations' rate; below zero, a loss.
func (d Deposit) Difference() ledger.Money { return d.Amount.Sub(d.Valued) }

// Received is money that came in.
type Received struct {
	Amount        ledger.Money // as the contributor paid it
	Credited      ledger.Money // in the books' currency, by the bank; the zero value is Amount itself
	On            time.Time    // the bank's value day
	BankReference string
}

// Deposit books money received under the agreement, with the agent's fee to the
// cent. c is the charter that the agreement pinned. A deposit beyond what is
// committed is refused, unless the charter accepts it: the contributor signs for more
// first, so that what was promised and what was paid can be told apart. Another currency
// is income at rate, the United Nations' of the value day, and is in the bank at what was
// credited; available is what each earmark holds, of those that may bear the difference.
func (a Agreement) Deposit(id uuid.UUID, r Received, rate OperationalRate, available map[string]ledger.Money,
	c charter.Charter, books ledger.Currency, today time.Time) (Deposit, ledger.Voucher, error) {
	none := ledger.Voucher{}
	d := Deposit{ID: id, Agreement: a.ID, ReceivedOn: r.On, BankReference: r.BankReference, CharterVersion: a.CharterVersion, Paid: r.Amount}
	if err := d.value(a, r, rate, books); err != nil {
		return Deposit{}, none, err
	}
	d.Fee = c.FeeAt(a.FeeRate, d.Amount)
	d.Beyond = a.Open && d.Counted.Cmp(a.Remaining()) > 0
	switch {
	case !r.Amount.IsPositive():
		return Deposit{}, none, ledger.ErrNotPositive.With("amount", r.Amount).At("/amount")
	case !d.Amount.IsPositive():
		return Deposit{}, none, ledger.ErrNotPositive.With("amount", d.Amount).At("/credited")
	case r.On.After(today):
		return Deposit{}, none, ErrFuture.With("day", r.On, "today", today).At("/received_on")
	case r.On.Before(a.SignedOn):
		return Deposit{}, none, ErrBeforeSigned.With("day", r.On, "signed", a.SignedOn).At("/received_on")
	case tooLong(r.BankReference, longestReference):
		return Deposit{}, none, ErrTooLong.With("limit", longestReference).At("/bank_reference")
	case !a.Open && d.Counted.Cmp(a.Remaining()) > 0:
		return Deposit{}, none, ErrOverCommitment.With("committed", a.Amount, "deposited", a.Deposited, "remaining", a.Remaining(), "asked", d.Counted).At("/amount")
	case d.Fee.Cmp(least(d.Amount, d.Valued)) >= 0:
		return Deposit{}, none, ErrFeeTakesAll.With("amount", least(d.Amount, d.Valued), "fee", d.Fee).At("/amount")
	}
	v, err := d.book(a, available, c, Entry{ID: uuid.New(), BookedOn: today, ValueOn: r.On, Memo: a.Ref + ", deposit of " + a.ContributorCode})
	d.Voucher = v.ID
	return d, v, err
}

// value says what was credited, what it is worth, and what counts of it.
func (d *Deposit) value(a Agreement, r Received, rate OperationalRate, books ledger.Currency) error {
	credited := cmp.Or(r.Credited.Currency, r.Amount.Currency)
	switch {
	case r.Amount.Currency != books && (r.Amount.Currency != a.Amount.Currency && a.Amount.Currency != books || books != ledger.USD):
		return ledger.ErrOtherMoney.With("currency", string(r.Amount.Currency), "books", string(a.Amount.Currency)).At("/amount")
	case r.Amount.Currency == books && a.Amount.Currency != books:
		return ledger.ErrOtherMoney.With("currency", string(r.Amount.Currency), "books", string(a.Amount.Currency)).At("/amount")
	case r.Amount.Currency == books:
		if credited != books || r.Credited.Currency != "" && !r.Credited.Equal(r.Amount) {
			return ErrCreditedOtherwise.With("amount", r.Amount, "credited", r.Credited).At("/credited")
		}
		d.Amount, d.Valued, d.Counted = r.Amount, r.Amount, r.Amount
		return nil
	case r.Credited.Currency == "":
		return ErrRequired.At("/credited")
	case r.Credited.Currency != books:
		return ledger.ErrOtherMoney.With("currency", string(r.Credited.Currency), "books", string(books)).At("/credited")
	}
	if bad := noRate(rate, r.Amount.Currency, r.On, "/received_on"); bad != nil {
		return problem.Join(bad)
	}
	d.Amount, d.Valued, d.Rate, d.RateOn = r.Credited, rate.USD(r.Amount), rate.PerUSD, rate.EffectiveOn
	d.Counted = r.Amount
	if a.Amount.Currency == books {
		d.Counted = d.Valued
	}
	return nil
}

// book makes the deposit's voucher. A loss by exchange is borne as the charter says; where
// the money that should bear it does not hold so much, by the deposit's own earmark.
func (d Deposit) book(a Agreement, available map[string]ledger.Money, c charter.Charter, e Entry) (ledger.Voucher, error) {
	if d.Difference().IsZero() {
		return DepositVoucher(e, a.ContributorCode, a.Earmark, d.Amount, d.Fee), nil
	}
	own := cmp.Or(a.Earmark, Unearmarked)
	held := maps.Clone(available)
	if held == nil {
		held = map[string]ledger.Money{}
	}
	held[own] = d.Valued.Sub(d.Fee)
	if was, ok := available[own]; ok {
		held[own] = held[own].Add(was)
	}
	borne, err := Borne(c.Allocation.ChargesFrom.Value, d.Difference().Abs(), held)
	if err != nil {
		return ledger.Voucher{}, err
	}
	if d.Difference().IsNegative() && !holds(held, borne) {
		borne = []EarmarkBalance{{own, d.Difference().Abs()}}
	}
	return ForeignDepositVoucher(e, a.ContributorCode, a.Earmark, d, borne), nil
}

// holds tells whether each earmark has what it is to bear.
func holds(available map[string]ledger.Money, borne []EarmarkBalance) bool {
	for _, b := range borne {
		if there, ok := available[b.Earmark]; !ok || there.Cmp(b.Amount) < 0 {
			return false
		}
	}
	return true
}

// Reverse undoes the deposit by a voucher that names the one it undoes. Where the
// money is no longer available, the books refuse it with ledger.ErrInsufficient.
func (d Deposit) Reverse(posted ledger.Voucher, reason string, today time.Time) (ledger.Voucher, error) {
	switch {
	case strings.TrimSpace(reason) == "":
		return ledger.Voucher{}, ErrRequired.At("/reason")
	case tooLong(reason, longestText):
		return ledger.Voucher{}, ErrTooLong.With("limit", longestText).At("/reason")
	case d.Reversal != nil:
		return ledger.Voucher{}, ledger.ErrReversed.With("number", d.Number)
	}
	// The reason stands in the act's event: vouchers are public, and people write names.
	return posted.Reverse(uuid.New(), today, posted.Memo+", reversed"), posted.Reversible()
}

// May lists what could be done to the deposit as it stands.
func (d Deposit) May() []string {
	if d.Reversal != nil {
		return nil
	}
	return []string{"deposit.reverse"}
}
