package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// ErrOpening refuses opening balances whose purposes do not add up to the bank's.
var ErrOpening = problem.New(problem.Invalid, "opening-not-covered")

// Entry is what every voucher carries, whatever it moves. IDs are ours, chosen
// before the act, so that asking twice posts once.
type Entry struct {
	ID       uuid.UUID
	BookedOn time.Time
	ValueOn  time.Time
	Memo     string
	Subject  string // "contribution:<id>", "decision:2026-003"
}

// voucher groups postings and leaves out those of nothing, such as the fee of a
// deposit that bears none. What is below zero stays in, and Check refuses it.
func (e Entry) voucher(kind ledger.Kind, postings ...ledger.Posting) ledger.Voucher {
	v := ledger.Voucher{ID: e.ID, Kind: kind, BookedOn: e.BookedOn, ValueOn: e.ValueOn, Memo: e.Memo, Subject: e.Subject}
	for _, p := range postings {
		if !p.Money.IsZero() {
			v.Postings = append(v.Postings, p)
		}
	}
	return v
}

// DepositVoucher books a contributor's money: gross to the bank, the agent's fee
// out of it, the rest available under its earmark.
func DepositVoucher(e Entry, contributor, earmark string, gross, fee ledger.Money) ledger.Voucher {
	return e.voucher(ledger.Deposit, depositPostings(BankAccount(gross.Currency), contributor, earmark, gross, fee)...)
}

// ForeignDepositVoucher books money paid in another currency: income, and what is available
// under its earmark, at what the United Nations' rate makes of it, the bank at what it
// credited, and the difference, which borne bears or gains.
func ForeignDepositVoucher(e Entry, contributor, earmark string, d Deposit, borne []EarmarkBalance) ledger.Voucher {
	income, cover := ContributionsFrom(contributor), outOf(borne)
	difference := ledger.Posting{From: income, To: ExchangeDifferences, Money: d.Difference().Abs()}
	if d.Difference().IsPositive() {
		difference.From, difference.To = ExchangeDifferences, income
		cover = into(borne)
	}
	return e.voucher(ledger.Deposit, append([]ledger.Posting{
		{From: income, To: BankAccount(d.Amount.Currency), Money: d.Amount},
		{From: BankAccount(d.Amount.Currency), To: AgentFee, Money: d.Fee},
		{From: Cover, To: Available(earmark), Money: d.Valued.Sub(d.Fee)},
		difference,
	}, cover...)...)
}

// SuspenseVoucher books a receipt that nobody can name, on its value date. It is
// available to no decision until it is named.
func SuspenseVoucher(e Entry, amount ledger.Money) ledger.Voucher {
	return e.voucher(ledger.Unknown,
		ledger.Posting{From: SuspenseAccount(amount.Currency), To: BankAccount(amount.Currency), Money: amount})
}

// NamedDepositVoucher makes a deposit of a receipt that lay in suspense, now that
// its contributor is known.
func NamedDepositVoucher(e Entry, contributor, earmark string, gross, fee ledger.Money) ledger.Voucher {
	return e.voucher(ledger.Deposit, depositPostings(SuspenseAccount(gross.Currency), contributor, earmark, gross, fee)...)
}

func depositPostings(into ledger.Account, contributor, earmark string, gross, fee ledger.Money) []ledger.Posting {
	return []ledger.Posting{
		{From: ContributionsFrom(contributor), To: into, Money: gross},
		{From: BankAccount(gross.Currency), To: AgentFee, Money: fee},
		{From: Cover, To: Available(earmark), Money: gross.Sub(fee)},
	}
}

// Draw is money that an allocation takes from an earmark for an organisation.
type Draw struct {
	Earmark      string // "" is Unearmarked
	Organisation string
	Amount       ledger.Money
}

// AllocationVoucher books a decision: what each draw takes from available stands
// allocated to its organisation of the programme. No money moves.
func AllocationVoucher(e Entry, programme string, draws []Draw) ledger.Voucher {
	postings := make([]ledger.Posting, len(draws))
	for i, d := range draws {
		postings[i] = ledger.Posting{From: Available(d.Earmark), To: Allocated(programme, d.Organisation), Money: d.Amount}
	}
	return e.voucher(ledger.Allocation, postings...)
}

// ReallocationVoucher books that allocated money goes to other organisations of the
// same programme. No money moves.
func ReallocationVoucher(e Entry, programme string, moves []Move) ledger.Voucher {
	postings := make([]ledger.Posting, len(moves))
	for i, m := range moves {
		postings[i] = ledger.Posting{From: Allocated(programme, m.From), To: Allocated(programme, m.To), Money: m.Amount}
	}
	return e.voucher(ledger.Reallocation, postings...)
}

// FreeingVoucher books that what was allocated and never released is available to
// others again, under the earmarks it came from.
func FreeingVoucher(e Entry, programme string, back []Draw) ledger.Voucher {
	postings := make([]ledger.Posting, len(back))
	for i, d := range back {
		postings[i] = ledger.Posting{From: Allocated(programme, d.Organisation), To: Available(d.Earmark), Money: d.Amount}
	}
	return e.voucher(ledger.Reallocation, postings...)
}

// Undrawn says under which earmarks what is left of a programme's allocations becomes
// available: what was drawn last comes back first, over the programme as a whole,
// since money within it is not told apart. What nothing was drawn for is unearmarked.
// Draws are the oldest first, left is by organisation.
func Undrawn(draws, left []Draw) (back []Draw) {
	draws = slices.Clone(draws)
	for _, l := range left {
		for l.Amount.IsPositive() {
			part, earmark := l.Amount, Unearmarked
			if n := len(draws) - 1; n >= 0 {
				d := &draws[n]
				if earmark = d.Earmark; d.Amount.Cmp(part) < 0 {
					part = d.Amount
				}
				if d.Amount = d.Amount.Sub(part); d.Amount.IsZero() {
					draws = draws[:n]
				}
			}
			l.Amount = l.Amount.Sub(part)
			back = append(back, Draw{Earmark: earmark, Organisation: l.Organisation, Amount: part})
		}
	}
	return back
}

// ReleaseVoucher sets allocated money aside for a payment that is released, so
// that no second one can take it. Reverse it where the payment is not sent.
func ReleaseVoucher(e Entry, programme, organisation string, amount ledger.Money) ledger.Voucher {
	return e.voucher(ledger.Release,
		ledger.Posting{From: Allocated(programme, organisation), To: InTransit(programme, organisation), Money: amount})
}

// TransferVoucher books a payment sent: the organisation holds the money, and the
// fund has no cover left to keep for it. Reverse it where the bank returns it.
func TransferVoucher(e Entry, programme, organisation string, amount ledger.Money) ledger.Voucher {
	return e.voucher(ledger.Transfer,
		ledger.Posting{From: BankAccount(amount.Currency), To: Held(organisation, programme), Money: amount},
		ledger.Posting{From: InTransit(programme, organisation), To: Cover, Money: amount})
}

// RefundVoucher books money an organisation sends back; it is available again
// under the earmark it came from.
func RefundVoucher(e Entry, programme, organisation, earmark string, amount ledger.Money) ledger.Voucher {
	return e.voucher(ledger.Refund,
		ledger.Posting{From: Held(organisation, programme), To: BankAccount(amount.Currency), Money: amount},
		ledger.Posting{From: Cover, To: Available(earmark), Money: amount})
}

// Opening is what a fund brings along when it is set up.
type Opening struct {
	Bank      ledger.Money // as the bank's statement says
	Available []EarmarkBalance
	Allocated []Share // decided and not yet transferred
	Held      []Share // with organisations, neither spent nor refunded
}

// EarmarkBalance is money available under an earmark; "" is Unearmarked.
type EarmarkBalance struct {
	Earmark string
	Amount  ledger.Money
}

// Share is an organisation's part of a programme's money.
type Share struct {
	Programme, Organisation string
	Amount                  ledger.Money
}

// OpeningVoucher books what a fund brings along. What organisations hold counts
// as received and transferred before, so that the statement's balances are true
// from the first day. Refused with ErrOpening where available and allocated do
// not add up to the bank's balance.
func OpeningVoucher(e Entry, o Opening) (ledger.Voucher, error) {
	c := o.Bank.Currency
	bank, received, covered := BankAccount(c), o.Bank, ledger.Zero(c)
	var sent, cover []ledger.Posting
	for _, h := range o.Held {
		received = received.Add(h.Amount)
		sent = append(sent, ledger.Posting{From: bank, To: Held(h.Organisation, h.Programme), Money: h.Amount})
	}
	for _, a := range o.Available {
		covered = covered.Add(a.Amount)
		cover = append(cover, ledger.Posting{From: Cover, To: Available(a.Earmark), Money: a.Amount})
	}
	for _, a := range o.Allocated {
		covered = covered.Add(a.Amount)
		cover = append(cover, ledger.Posting{From: Cover, To: Allocated(a.Programme, a.Organisation), Money: a.Amount})
	}
	if !covered.Equal(o.Bank) {
		return ledger.Voucher{}, ErrOpening.With("bank", o.Bank, "covered", covered)
	}
	postings := append([]ledger.Posting{{From: OpeningBalances, To: bank, Money: received}}, sent...)
	return e.voucher(ledger.Opening, append(postings, cover...)...), nil
}
