package domain

import (
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// A mean is said of as many scores as the charter asks, and of fewer only how many there are.
func TestHabitsAreSaidOfEnoughScores(t *testing.T) {
	sheet, seat, other := ruled().Scoring, uuid.New(), uuid.New()
	var assessed []Assessment
	for i, total := range []string{"50.0000", "60.0000", "70.0000", "80.0000", "81.2300"} {
		a := Assessment{Scores: []Score{{Seat: seat, Total: decimal.RequireFromString(total)}}}
		if i > 0 {
			a.Scores = append(a.Scores, Score{Seat: other, Total: decimal.RequireFromString(total)})
		}
		assessed = append(assessed, a)
	}
	habits := Habits(assessed, sheet)
	if h := habits[seat]; !h.Said || h.Scores != 5 || h.Mean.StringFixed(2) != "68.25" || h.Least.String() != "50" || h.Most.String() != "81.23" {
		t.Errorf("of five: %+v", h)
	}
	if h := habits[other]; h.Said || h.Scores != 4 || !h.Mean.IsZero() || !h.Most.IsZero() {
		t.Errorf("of four: %+v", h)
	}
}
