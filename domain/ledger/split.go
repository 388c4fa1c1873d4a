package ledger

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"startupfund/domain/problem"
)

// ErrWeights refuses a split by nothing: no weights, all zero, or one negative.
var ErrWeights = problem.New(problem.Invalid, "nothing-to-split-by")

// Split divides total in proportion to weights, by the largest remainder: each
// part is rounded down to the minor unit, and the units left over go one each to
// the parts that lost most, the earlier first where two lost the same. The parts
// stand in the order of the weights and always sum to total. A weight of zero
// gets nothing; a negative total is split as its positive, with the other sign.
func Split(total Money, weights []decimal.Decimal) ([]Money, error) {
	shares, whole, err := integers(weights)
	if err != nil {
		return nil, err
	}
	type part struct {
		index      int
		units, rem *big.Int
	}
	units := total.Amount.Shift(total.Currency.Places()).BigInt()
	left := new(big.Int).Abs(units)
	parts := make([]part, len(shares))
	for i, share := range shares {
		product := new(big.Int).Mul(new(big.Int).Abs(units), share)
		q, r := new(big.Int).QuoRem(product, whole, new(big.Int))
		parts[i] = part{i, q, r}
		left.Sub(left, q)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return b.rem.Cmp(a.rem) })
	// Fewer units are left than parts lost something, so none without a share gets one.
	for i := range left.Int64() {
		parts[i].units.Add(parts[i].units, big.NewInt(1))
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.index, b.index) })
	split := make([]Money, len(parts))
	for i, p := range parts {
		if units.Sign() < 0 {
			p.units.Neg(p.units)
		}
		split[i] = New(decimal.NewFromBigInt(p.units, -total.Currency.Places()), total.Currency)
	}
	return split, nil
}

// integers scales weights alike until none has a fraction, and adds them up.
func integers(weights []decimal.Decimal) (scaled []*big.Int, sum *big.Int, err error) {
	places := int32(0)
	for _, w := range weights {
		if w.IsNegative() {
			return nil, nil, ErrWeights.With("weight", w.String())
		}
		places = max(places, -w.Exponent())
	}
	sum = new(big.Int)
	for _, w := range weights {
		scaled = append(scaled, w.Shift(places).BigInt())
		sum.Add(sum, scaled[len(scaled)-1])
	}
	if sum.Sign() == 0 {
		return nil, nil, ErrWeights
	}
	return scaled, sum, nil
}
