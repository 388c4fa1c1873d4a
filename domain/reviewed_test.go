package domain

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// What comes after the end of a silence neither lifts an objection nor is one: it is counted
// by itself.
func TestLateWordsAreNoObjectionsOfTheYear(t *testing.T) {
	c := ruled()
	end := time.Date(2026, 3, 12, 17, 0, 0, 0, time.UTC)
	seat := uuid.New()
	say := func(key string, late bool) Position {
		at := end.Add(-time.Hour)
		if late {
			at = end.Add(time.Hour)
		}
		return Position{Seat: seat, Key: key, At: at}
	}
	for name, x := range map[string]struct {
		said []Position
		want YearlyItem
	}{
		"in time, and taken back too late": {[]Position{say("object", false), say("agree", true)}, YearlyItem{Stood: 1}},
		"in time, and taken back in time":  {[]Position{say("object", false), say("agree", false)}, YearlyItem{Lifted: 1}},
		"too late":                         {[]Position{say("object", true)}, YearlyItem{Late: 1}},
		"agreed, and objected too late":    {[]Position{say("agree", false), say("object", true)}, YearlyItem{Late: 1}},
		"in time, and again too late":      {[]Position{say("object", false), say("object", true)}, YearlyItem{Stood: 1, Late: 1}},
	} {
		i := Item{Question: Question{Procedure: charter.ByNoObjection, EndsAt: &end}, Charter: c, Roll: []RollSeat{{Seat: seat}}, Positions: x.said}
		got := i.Reviewed()
		if got.Lifted != x.want.Lifted || got.Stood != x.want.Stood || got.Late != x.want.Late || got.Overtaken != 0 {
			t.Errorf("%s: lifted %d, stood %d, late %d", name, got.Lifted, got.Stood, got.Late)
		}
	}
}
