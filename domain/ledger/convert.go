package ledger

import "github.com/shopspring/decimal"

// Convert is what m is worth in another currency at a rate that says how much of m's own
// currency one unit of the other buys: half up to the minor unit, by size. Nothing is left
// over, since the two amounts are never added up. It panics on a rate that is not positive.
func Convert(m Money, perUnit decimal.Decimal, into Currency) Money {
	if !perUnit.IsPositive() {
		panic("ledger: a rate of exchange of " + perUnit.String())
	}
	q, rest := m.Amount.QuoRem(perUnit, into.Places())
	if rest.Abs().Mul(decimal.New(2, 0)).Cmp(perUnit.Mul(decimal.New(1, -into.Places()))) >= 0 {
		q = q.Add(decimal.New(int64(m.Amount.Sign()), -into.Places()))
	}
	return New(q, into)
}
