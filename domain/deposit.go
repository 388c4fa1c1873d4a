package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

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
}

// Deposit books money received under the agreement, with the agent's fee to the
// cent. c is the charter that the agreement pinned. A deposit beyond what is
// committed is refused: the contributor signs for more first, so that what was
// promised and what was paid can be told apart.
func (a Agreement) Deposit(id uuid.UUID, amount ledger.Money, receivedOn time.Time, bankReference string,
	c charter.Charter, today time.Time) (Deposit, ledger.Voucher, error) {
	none := ledger.Voucher{}
	fee := ledger.Zero(a.Amount.Currency)
	if amount.Currency == a.Amount.Currency {
		fee = c.FeeAt(a.FeeRate, amount)
	}
	switch {
	case amount.Currency != a.Amount.Currency:
		return Deposit{}, none, ledger.ErrOtherMoney.With("currency", string(amount.Currency), "books", string(a.Amount.Currency)).At("/amount")
	case !amount.IsPositive():
		return Deposit{}, none, ledger.ErrNotPositive.With("amount", amount).At("/amount")
	case receivedOn.After(today):
		return Deposit{}, none, ErrFuture.With("day", receivedOn, "today", today).At("/received_on")
	case receivedOn.Before(a.SignedOn):
		return Deposit{}, none, ErrBeforeSigned.With("day", receivedOn, "signed", a.SignedOn).At("/received_on")
	case tooLong(bankReference, longestReference):
		return Deposit{}, none, ErrTooLong.With("limit", longestReference).At("/bank_reference")
	case amount.Cmp(a.Remaining()) > 0:
		return Deposit{}, none, ErrOverCommitment.With("committed", a.Amount, "deposited", a.Deposited, "remaining", a.Remaining(), "asked", amount).At("/amount")
	case fee.Cmp(amount) >= 0:
		return Deposit{}, none, ErrFeeTakesAll.With("amount", amount, "fee", fee).At("/amount")
	}
	v := DepositVoucher(Entry{ID: uuid.New(), BookedOn: today, ValueOn: receivedOn, Memo: a.Ref + ", deposit of " + a.ContributorCode},
		a.ContributorCode, a.Earmark, amount, fee)
	return Deposit{ID: id, Agreement: a.ID, Amount: amount, Fee: fee, ReceivedOn: receivedOn, BankReference: bankReference,
		Voucher: v.ID, CharterVersion: a.CharterVersion}, v, nil
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
