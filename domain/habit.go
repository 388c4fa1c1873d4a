package domain

import (
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
)

// Habit is how an assessor's totals lie on a call: shown beside scores, and never applied
// to any (issue 5, item 6).
type Habit struct {
	SeatName    string
	Scores      int
	Said        bool            // there are as many as the charter asks before a mean says something
	Mean        decimal.Decimal // 0 to 100, two decimals, half up
	Least, Most decimal.Decimal
}

// Habits are those of the seats that scored, each of the scores that count of the
// proposals that a reader has in sight.
func Habits(assessed []Assessment, sheet charter.Scoring) map[uuid.UUID]Habit {
	totals, names := map[uuid.UUID][]decimal.Decimal{}, map[uuid.UUID]string{}
	for _, a := range assessed {
		for _, s := range a.Scores {
			totals[s.Seat] = append(totals[s.Seat], s.Total)
			names[s.Seat] = s.SeatName
		}
	}
	habits := make(map[uuid.UUID]Habit, len(totals))
	for seat, all := range totals {
		h := Habit{SeatName: names[seat], Scores: len(all), Said: len(all) >= sheet.TooFew.Value}
		if h.Said {
			h.Mean = decimal.Sum(all[0], all[1:]...).DivRound(decimal.NewFromInt(int64(len(all))), 2)
			h.Least, h.Most = decimal.Min(all[0], all[1:]...), decimal.Max(all[0], all[1:]...)
		}
		habits[seat] = h
	}
	return habits
}
