package domain

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// Borne shares an income or a cost out over the earmarks as the charter has it: all of it
// unearmarked, or in proportion to what each earmark has available now. In proportion, the
// cents left over go one each to the earmarks that lost most by rounding down, in the
// order of their keys; where no earmark has anything, it is unearmarked.
func Borne(by charter.Bearer, total ledger.Money, available map[string]ledger.Money) ([]EarmarkBalance, error) {
	var earmarks []string
	var weights []decimal.Decimal
	for _, e := range slices.Sorted(maps.Keys(available)) {
		if available[e].IsPositive() {
			earmarks, weights = append(earmarks, e), append(weights, available[e].Amount)
		}
	}
	if by != charter.ProRata || len(earmarks) == 0 {
		return []EarmarkBalance{{Unearmarked, total}}, nil
	}
	parts, err := ledger.Split(total, weights)
	if err != nil {
		return nil, err
	}
	var borne []EarmarkBalance
	for i, part := range parts {
		if !part.IsZero() {
			borne = append(borne, EarmarkBalance{earmarks[i], part})
		}
	}
	return borne, nil
}

// into is the cover of what an income makes available, by earmark.
func into(borne []EarmarkBalance) (postings []ledger.Posting) {
	for _, b := range borne {
		postings = append(postings, ledger.Posting{From: Cover, To: Available(b.Earmark), Money: b.Amount})
	}
	return postings
}

// outOf is the cover that a cost takes, by earmark.
func outOf(borne []EarmarkBalance) (postings []ledger.Posting) {
	for _, b := range borne {
		postings = append(postings, ledger.Posting{From: Available(b.Earmark), To: Cover, Money: b.Amount})
	}
	return postings
}
