package domain

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// BookingKind is what a line of the bank is that no other paper tells of.
type BookingKind string

const (
	BookInterest             BookingKind = "interest"              // of the fund, on its balance with the agent
	BookOrganisationInterest BookingKind = "organisation-interest" // that an organisation earned and paid in
	BookOtherIncome          BookingKind = "other-income"
	BookCharge               BookingKind = "bank-charge" // or one that the bank gives back
)

// BookingKinds are all of them.
func BookingKinds() []BookingKind {
	return []BookingKind{BookInterest, BookOrganisationInterest, BookOtherIncome, BookCharge}
}

// OfSomebody tells whether the income names the organisation that it is of.
func (k BookingKind) OfSomebody() bool {
	return k == BookOrganisationInterest || k == BookOtherIncome
}

// Booking is what somebody says a line of the bank is.
type Booking struct {
	Kind   BookingKind
	Of     string // the code of the organisation that an income is of; "" for none
	Reason string
}

// Book makes the voucher of a line, on its value date: the bank's own line is its paper.
// Income goes to the earmarks that the charter gives interest to, a charge is borne by those
// that it takes charges from; available is what each has now.
func (l BankLine) Book(state LineState, b Booking, available map[string]ledger.Money, c charter.Charter, voucher uuid.UUID) (ledger.Voucher, error) {
	none := ledger.Voucher{}
	reason := strings.TrimSpace(b.Reason)
	switch {
	case state.Done():
		return none, ErrLineMatched.With("what", "line")
	case !slices.Contains(BookingKinds(), b.Kind):
		return none, ErrUnknownWord.With("given", clipped(string(b.Kind))).At("/kind")
	case b.Kind.OfSomebody() && b.Of == "":
		return none, ErrRequired.At("/organisation")
	case !b.Kind.OfSomebody() && b.Of != "":
		return none, ErrUnknownWord.With("given", b.Of).At("/organisation")
	case reason == "":
		return none, ErrRequired.At("/reason")
	case tooLong(reason, LongestReason):
		return none, ErrTooLong.With("limit", LongestReason).At("/reason")
	case b.Kind != BookCharge && !l.Amount.IsPositive():
		return none, ErrNotAReceipt.With("amount", l.Amount).At("/kind")
	}
	by := c.Allocation.InterestTo.Value
	if b.Kind == BookCharge {
		by = c.Allocation.ChargesFrom.Value
	}
	borne, err := Borne(by, l.Amount.Abs(), available)
	if err != nil {
		return none, err
	}
	// The reason stands in the act's record: vouchers are public, and people write names.
	e := Entry{ID: voucher, BookedOn: l.ValueOn, ValueOn: l.ValueOn, Memo: b.memo(), Subject: "bank-line:" + l.ID.String()}
	return BookingVoucher(e, b, l.Amount, borne), nil
}

func (b Booking) memo() string {
	switch b.Kind {
	case BookInterest:
		return "Interest on the fund's balance"
	case BookOrganisationInterest:
		return "Interest paid in by " + b.Of
	case BookOtherIncome:
		return "Other income of " + b.Of
	}
	return "Bank charge"
}

// BookingVoucher books interest, other income or a charge; a charge that the bank gives
// back is its income again, to those that bear charges.
func BookingVoucher(e Entry, b Booking, amount ledger.Money, borne []EarmarkBalance) ledger.Voucher {
	bank := BankAccount(amount.Currency)
	kind, from := ledger.Charge, BankCharges
	switch b.Kind {
	case BookInterest:
		kind, from = ledger.Interest, InterestFund
	case BookOrganisationInterest:
		kind, from = ledger.Interest, InterestFrom(b.Of)
	case BookOtherIncome:
		kind, from = ledger.OtherIncome, OtherIncome(b.Of)
	}
	if amount.IsNegative() {
		return e.voucher(kind, append([]ledger.Posting{{From: bank, To: from, Money: amount.Neg()}}, outOf(borne)...)...)
	}
	return e.voucher(kind, append([]ledger.Posting{{From: from, To: bank, Money: amount}}, into(borne)...)...)
}
