package domain

import (
	"slices"
	"strconv"
	"time"

	"startupfund/domain/charter"
)

// under is the rota by the rules in force on a day: a seat is filled under those of the
// first day of its term, however early that is done. Before the first version there is,
// that one holds.
func (r Rota) under(day time.Time) Rota {
	if c, err := charter.InForce(r.Charters, day); err == nil {
		r.Charter = c
	} else if len(r.Charters) > 0 {
		r.Charter = r.earliest()
	}
	return r
}

func (r Rota) earliest() charter.Charter {
	return slices.MinFunc(r.Charters, func(a, b charter.Charter) int { return a.EffectiveFrom.Compare(b.EffectiveFrom) })
}

// Has tells whether a charter has a seat. The Chair's, every one has.
func Has(c charter.Charter, s Seat) bool {
	if s.Constituency == ChairConstituency {
		return true
	}
	k, ok := c.Constituency(s.Constituency)
	n, err := strconv.Atoi(s.Name[min(len(s.Name), len(s.Constituency)+1):])
	return ok && err == nil && n <= k.Seats.Value
}

// turns are the days after one on which other rules take effect, first to last.
func (r Rota) turns(after time.Time) (days []time.Time) {
	for _, c := range r.Charters {
		if c.EffectiveFrom.After(after) {
			days = append(days, c.EffectiveFrom)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return days
}

// Has tells whether the rules of a day have a seat.
func (r Rota) Has(s Seat, day time.Time) bool { return Has(r.under(day).Charter, s) }

// Begins is the day to come from which the rules have a seat; zero where those of the day
// asked about have it, or none that is adopted ever will.
func (r Rota) Begins(s Seat, on time.Time) time.Time {
	if day := r.begins(s, on); day.After(on) {
		return day
	}
	return time.Time{}
}

// begins is the first day from one on which the rules have a seat; zero where none that
// is adopted has it.
func (r Rota) begins(s Seat, from time.Time) time.Time {
	for _, day := range append([]time.Time{from}, r.turns(from)...) {
		if r.Has(s, day) {
			return day
		}
	}
	return time.Time{}
}

// ends is the last day on which the rules have a seat that they have on a day; zero where
// none that is adopted takes it away.
func (r Rota) ends(s Seat, from time.Time) time.Time {
	for _, day := range r.turns(from) {
		if !r.Has(s, day) {
			return day.AddDate(0, 0, -1)
		}
	}
	return time.Time{}
}

// had is the first day from which the rules have a seat without a break up to a day on
// which they have it.
func (r Rota) had(s Seat, until time.Time) time.Time {
	first := r.under(until).Charter.EffectiveFrom
	for len(r.Charters) > 0 && first.After(r.earliest().EffectiveFrom) {
		before := r.under(first.AddDate(0, 0, -1)).Charter
		if !Has(before, s) {
			break
		}
		first = before.EffectiveFrom
	}
	return first
}
