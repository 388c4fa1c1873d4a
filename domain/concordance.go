package domain

import (
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
)

// Concordance is how near to each other the assessors of one proposal are (docs/decisions/0026):
// of every criterion, each two of them who gave it points are compared.
//
//	100 × (1 − Σ |a − b| ÷ (comparisons × (most − least)))
//
// 100 where all are on the same step, 0 where each two are at the ends of the scale. It
// is shown beside scores and applied to nothing (issue 5, item 6).
type Concordance struct {
	Comparisons int
	Said        bool              // there are as many as the charter asks before such a number says something
	Of          decimal.Decimal   // 0 to 100, two decimals, half up
	Criteria    []CriterionSpread // in the order of the sheet
}

// CriterionSpread is from which to which step assessors went on a criterion. What was not
// applicable is no number, and is not among Given.
type CriterionSpread struct {
	Criterion   string
	Given       int
	Least, Most int
}

// Concord compares the scores that count.
func Concord(scores []Score, sheet charter.Scoring) Concordance {
	var c Concordance
	var apart int64
	for _, k := range sheet.Criteria {
		s := CriterionSpread{Criterion: k.Key}
		var points []int
		for _, x := range scores {
			given := x.Points[k.Key].Points
			if given == nil {
				continue
			}
			for _, other := range points {
				apart += int64(max(*given-other, other-*given))
				c.Comparisons++
			}
			if points = append(points, *given); s.Given == 0 {
				s.Least, s.Most = *given, *given
			}
			s.Given, s.Least, s.Most = s.Given+1, min(s.Least, *given), max(s.Most, *given)
		}
		c.Criteria = append(c.Criteria, s)
	}
	if c.Said = c.Comparisons > 0 && c.Comparisons >= sheet.TooFew.Value; c.Said {
		whole := int64(c.Comparisons) * int64(sheet.Most.Value-sheet.Least.Value)
		c.Of = decimal.NewFromInt(100*(whole-apart)).DivRound(decimal.NewFromInt(whole), 2)
	}
	return c
}
