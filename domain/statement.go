package domain

import (
	"slices"
	"time"

	"startupfund/domain/ledger"
)

// Pattern picks postings by the accounts they leave and enter. A stem picks the
// account of that name and all under it; "" picks any.
type Pattern struct {
	From, To ledger.Account
	Sign     int // +1 adds what matches to the line, −1 subtracts it
}

// Matches tells whether a posting of these two accounts counts for p.
func (p Pattern) Matches(from, to ledger.Account) bool {
	return within(p.From, from) && within(p.To, to)
}

// LineRule is how one line of the statement comes about: the sum of the postings
// its patterns pick. The store opens a line to its vouchers with the same
// patterns, so that a figure and what stands behind it cannot differ.
type LineRule struct {
	Code     string // part of the API: never changes
	Label    string // in English
	Patterns []Pattern
}

// StatementLines are the lines of the Funding Status in their order, as the
// published statements have them (../shared/domain.md 3.6). Amounts read as
// positive: refunds are subtracted in total_use, and exchange differences are net,
// a loss being a use. What a fund brought along counts under other income.
func StatementLines() []LineRule {
	contributions, interest := gives(stemContributions), gives(stemInterest)
	interestOrg := gives(stemInterestOrg)
	other := append(gives(stemOtherIncome), gives(OpeningBalances)...)
	source := slices.Concat(contributions, interest, interestOrg, other)

	transfers := []Pattern{{From: stemAgent, To: stemHeld, Sign: 1}}
	refunds := []Pattern{{From: stemHeld, To: stemAgent, Sign: 1}}
	fee, direct, charges := takes(AgentFee), takes(stemDirectCost), takes(BankCharges)
	funds, exchange, returned := takes(stemOtherFunds), takes(ExchangeDifferences), takes(stemReturned)
	use := slices.Concat(transfers, less(refunds), fee, direct, charges, funds, exchange, returned)

	spent := takes(stemExpenditure)
	withAgent := slices.Concat(source, less(use))
	withOrganisations := slices.Concat(transfers, less(refunds), less(spent))

	return []LineRule{
		{"contributions", "Contributions", contributions},
		{"interest_fund", "Interest earned by the fund", interest},
		{"interest_organizations", "Interest from participating organisations", interestOrg},
		{"other_income", "Other income and opening balances", other},
		{"total_source", "Total source of funds", source},
		{"transfers", "Transfers to participating organisations", transfers},
		{"refunds", "Refunds from participating organisations", refunds},
		{"agent_fee", "Administrative Agent fee", fee},
		{"direct_cost", "Direct cost", direct},
		{"bank_charges", "Bank charges", charges},
		{"transfers_to_funds", "Transfers to other funds", funds},
		{"exchange_differences", "Exchange differences (net)", exchange},
		{"returned_to_contributors", "Returned to contributors", returned},
		{"total_use", "Total use of funds", use},
		{"balance_with_agent", "Balance with the Administrative Agent", withAgent},
		{"expenditure", "Expenditure of participating organisations", spent},
		{"balance_with_organizations", "Balance with participating organisations", withOrganisations},
		{"total_balance", "Total balance", slices.Concat(withAgent, withOrganisations)},
	}
}

// gives counts what comes out of the accounts under stem, net: income.
func gives(stem ledger.Account) []Pattern {
	return []Pattern{{From: stem, Sign: 1}, {To: stem, Sign: -1}}
}

// takes counts what goes into the accounts under stem, net: costs.
func takes(stem ledger.Account) []Pattern { return less(gives(stem)) }

// less is the patterns with the other sign.
func less(patterns []Pattern) []Pattern {
	turned := slices.Clone(patterns)
	for i := range turned {
		turned[i].Sign = -turned[i].Sign
	}
	return turned
}

// Flow is all that went from one account to another. A reversal's posting counts
// in the direction of the posting it undoes, below zero: so a transfer taken back
// lowers the transfers, and is no refund. In SQL, with r for "kind = 'reversal'":
//
//	SELECT CASE WHEN r THEN p.to ELSE p.from END, CASE WHEN r THEN p.from ELSE p.to END,
//	       sum(CASE WHEN r THEN -p.amount ELSE p.amount END) … GROUP BY 1, 2
type Flow struct {
	From, To ledger.Account
	Total    ledger.Money
}

// Flows adds up the postings of vouchers booked on asOf or before, in the order
// of the accounts: what the store does in SQL, for those who have the vouchers.
func Flows(vouchers []ledger.Voucher, asOf time.Time) []Flow {
	type ends struct{ from, to ledger.Account }
	sum := map[ends]ledger.Money{}
	for _, v := range vouchers {
		if v.BookedOn.After(asOf) {
			continue
		}
		for _, p := range v.Postings {
			at, m := ends{p.From, p.To}, p.Money
			if v.Kind == ledger.Reversal {
				at, m = ends{p.To, p.From}, m.Neg()
			}
			if was, ok := sum[at]; ok {
				m = was.Add(m)
			}
			sum[at] = m
		}
	}
	flows := make([]Flow, 0, len(sum))
	for at, total := range sum {
		flows = append(flows, Flow{at.from, at.to, total})
	}
	slices.SortFunc(flows, func(a, b Flow) int {
		return slices.Compare([]ledger.Account{a.From, a.To}, []ledger.Account{b.From, b.To})
	})
	return flows
}

// Figure is one line of a statement.
type Figure struct {
	Code, Label string
	Amount      ledger.Money
}

// Statement is the Funding Status as of a day, by booking date, to the cent.
type Statement struct {
	AsOf     time.Time
	Currency ledger.Currency
	Lines    []Figure
}

// FundingStatus computes the statement from all that flowed up to and on asOf.
func FundingStatus(asOf time.Time, c ledger.Currency, flows []Flow) Statement {
	s := Statement{AsOf: asOf, Currency: c}
	for _, rule := range StatementLines() {
		s.Lines = append(s.Lines, Figure{rule.Code, rule.Label, rule.sum(c, flows)})
	}
	return s
}

func (r LineRule) sum(c ledger.Currency, flows []Flow) ledger.Money {
	total := ledger.Zero(c)
	for _, f := range flows {
		for _, p := range r.Patterns {
			if !p.Matches(f.From, f.To) {
				continue
			}
			if p.Sign < 0 {
				total = total.Sub(f.Total)
			} else {
				total = total.Add(f.Total)
			}
		}
	}
	return total
}

// Line is the amount of the line with this code. It panics on a code that no
// statement has.
func (s Statement) Line(code string) ledger.Money {
	for _, l := range s.Lines {
		if l.Code == code {
			return l.Amount
		}
	}
	panic("domain: no line " + code + " in the statement")
}

// StatementLine finds the line with this code.
func StatementLine(code string) (LineRule, bool) {
	for _, l := range StatementLines() {
		if l.Code == code {
			return l, true
		}
	}
	return LineRule{}, false
}
