package domain

import (
	"strings"

	"startupfund/domain/ledger"
)

// The chart of accounts (docs/decisions/0002-chart-of-accounts.md) has two sides.
// The money side says where the money is and where it came from or went. The
// cover side says what the money with the agent is there for. Every act that
// changes the one changes the other in the same voucher, so that always
//
//	agent:bank = fund:available + fund:allocated + fund:in-transit + suspense
//
// An account holds what was posted to it less what was posted from it: income,
// opening balances, suspense and cover stand below zero.

// Unearmarked names the money that may go to any programme.
const Unearmarked = "unearmarked"

// Accounts without a variable part, and the stems of those that have one.
const (
	AgentFee            ledger.Account = "cost:agent-fee"
	BankCharges         ledger.Account = "cost:bank-charges"
	InterestFund        ledger.Account = "income:interest:fund"
	ExchangeDifferences ledger.Account = "exchange:differences"
	OpeningBalances     ledger.Account = "opening:balances"
	Cover               ledger.Account = "fund:cover"

	stemAgent         ledger.Account = "agent"
	stemBank          ledger.Account = "agent:bank"
	stemSuspense      ledger.Account = "agent:suspense"
	stemContributions ledger.Account = "income:contributions"
	stemInterest      ledger.Account = "income:interest"
	stemInterestOrg   ledger.Account = "income:interest-organisations"
	stemOtherIncome   ledger.Account = "income:other"
	stemDirectCost    ledger.Account = "cost:direct"
	stemOtherFunds    ledger.Account = "transfers:other-funds"
	stemReturned      ledger.Account = "returned:contributors"
	stemHeld          ledger.Account = "organisation:held"
	stemExpenditure   ledger.Account = "expenditure"
	stemAvailable     ledger.Account = "fund:available"
	stemAllocated     ledger.Account = "fund:allocated"
	stemInTransit     ledger.Account = "fund:in-transit"
)

// BankAccount is what the agent holds for the fund in currency c.
func BankAccount(c ledger.Currency) ledger.Account { return under(stemBank, string(c)) }

// SuspenseAccount stands against receipts that nobody can name yet: they are in
// the bank and belong to no contributor.
func SuspenseAccount(c ledger.Currency) ledger.Account { return under(stemSuspense, string(c)) }

// ContributionsFrom is what a contributor has deposited.
func ContributionsFrom(contributor string) ledger.Account {
	return under(stemContributions, contributor)
}

// InterestFrom is interest a participating organisation earned and paid in.
func InterestFrom(organisation string) ledger.Account { return under(stemInterestOrg, organisation) }

// OtherIncome is income of another source, named.
func OtherIncome(source string) ledger.Account { return under(stemOtherIncome, source) }

// DirectCost is the fund's running cost charged by an organisation.
func DirectCost(organisation string) ledger.Account { return under(stemDirectCost, organisation) }

// TransfersToFund is money passed on to another pooled fund.
func TransfersToFund(fund string) ledger.Account { return under(stemOtherFunds, fund) }

// ReturnedTo is money given back to a contributor.
func ReturnedTo(contributor string) ledger.Account { return under(stemReturned, contributor) }

// Held is what an organisation has of a programme's money: transferred to it,
// neither spent nor refunded. It may go below zero (expenditure over 100%).
func Held(organisation, programme string) ledger.Account {
	return under(stemHeld, organisation, programme)
}

// Expenditure is what an organisation spent on one of a programme's budget lines.
func Expenditure(organisation, programme, line string) ledger.Account {
	return under(stemExpenditure, organisation, programme, line)
}

// Available is money no decision has taken yet, by earmark; "" is Unearmarked.
func Available(earmark string) ledger.Account {
	if earmark == "" {
		earmark = Unearmarked
	}
	return under(stemAvailable, earmark)
}

// Allocated is money a decision gave to an organisation of a programme, not yet
// released.
func Allocated(programme, organisation string) ledger.Account {
	return under(stemAllocated, programme, organisation)
}

// InTransit is allocated money whose payment is released and not yet sent.
func InTransit(programme, organisation string) ledger.Account {
	return under(stemInTransit, programme, organisation)
}

// Guarded tells whether the account may not go below zero: over these balances
// somebody may be refused, so the books keep each in a row of its own.
func Guarded(a ledger.Account) bool {
	return within(stemAvailable, a) || within(stemAllocated, a) || within(stemInTransit, a)
}

// Untied is by how much the two sides of the books disagree, given what each
// account holds: zero, or a defect.
func Untied(balances map[ledger.Account]ledger.Money, c ledger.Currency) ledger.Money {
	bank, promised := ledger.Zero(c), ledger.Zero(c)
	for a, held := range balances {
		switch {
		case within(stemBank, a):
			bank = bank.Add(held)
		case within(stemSuspense, a):
			promised = promised.Sub(held)
		case Guarded(a):
			promised = promised.Add(held)
		}
	}
	return bank.Sub(promised)
}

// under joins parts to a stem. A part with a colon in it would name another
// account: it is spoilt, so that the ledger refuses it by name.
func under(stem ledger.Account, parts ...string) ledger.Account {
	for _, p := range parts {
		stem += ledger.Account(":" + strings.ReplaceAll(p, ":", "?"))
	}
	return stem
}

// within tells whether a is the stem or lies under it: whole parts, so that
// "income:interest" does not hold "income:interest-organisations:UNDP".
func within(stem, a ledger.Account) bool {
	rest, ok := strings.CutPrefix(string(a), string(stem))
	return ok && (rest == "" || stem == "" || rest[0] == ':')
}
