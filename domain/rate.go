package domain

import (
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// ErrNoRate refuses to value money on a day for which no operational rate is known.
var ErrNoRate = problem.New(problem.Conflict, "no-operational-rate") // currency, day

// OperationalRate is what one dollar buys of a currency by the United Nations' monthly
// file, from a day on until a later one.
type OperationalRate struct {
	Currency    ledger.Currency
	EffectiveOn time.Time
	PerUSD      decimal.Decimal // with the decimals that the file writes
	File        uuid.UUID
	ImportedAt  time.Time
	Replaced    bool // a later file said another for the same day
}

// USD is what m is worth in dollars at the rate, half up to the cent.
func (r OperationalRate) USD(m ledger.Money) ledger.Money {
	return ledger.Convert(m, r.PerUSD, ledger.USD)
}

// Holds refuses the rate for a day where it is none, or of a month before: each month's
// file lists every currency, so an older rate says that the month's file is not here.
func (r OperationalRate) Holds(c ledger.Currency, day time.Time) error {
	month := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	if r.Currency != c || r.EffectiveOn.Before(month) || r.EffectiveOn.After(day) {
		return ErrNoRate.With("currency", string(c), "day", day)
	}
	return nil
}

// noRate is why a rate does not hold, told of field; nothing where it does.
func noRate(r OperationalRate, c ledger.Currency, day time.Time, field string) []problem.Problem {
	if err := r.Holds(c, day); err != nil {
		return []problem.Problem{ErrNoRate.With("currency", string(c), "day", day).At(field)}
	}
	return nil
}

// NewRates are those of a file that are not known yet: a currency and day that no file
// had, or another rate for one. known has the last of each currency and day.
func NewRates(file []OperationalRate, known []OperationalRate) (added, corrected []OperationalRate) {
	type at struct {
		currency ledger.Currency
		day      string
	}
	place := func(r OperationalRate) at { return at{r.Currency, r.EffectiveOn.Format(time.DateOnly)} }
	kept := map[at]OperationalRate{}
	for _, r := range known {
		kept[place(r)] = r
	}
	for _, r := range file {
		was, is := kept[place(r)]
		switch {
		case !is:
			added = append(added, r)
		case !was.PerUSD.Equal(r.PerUSD):
			corrected = append(corrected, r)
		}
	}
	return added, corrected
}
