package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Ahead is a round that has not come yet, filled as the program would propose it
// from what is known today. It promises nobody anything.
type Ahead struct {
	Day      time.Time
	Conflict []string // rules that could not be kept together, the first of which was set aside to go on
	Choices  []Choice
	Short    []Short
}

// Spread is how a constituency's seats are shared out at the end of a time: the
// longest anybody has waited, and the months served by who served least and most.
type Spread struct {
	Constituency string
	Members      int
	LongestWait  int // days
	Least, Most  int // months
}

// Outlook fills the seats for so many years as the program would propose. What
// nobody can fill is tried again a month later.
func (r Rota) Outlook(on time.Time, years int) ([]Ahead, []Spread) {
	ahead := r
	ahead.Terms = slices.Clone(r.Terms)
	end := on.AddDate(years, 0, 0)
	var rounds []Ahead
	for day := on; ; {
		list := ahead.Vacancies(day, end)
		if len(list) == 0 {
			return rounds, ahead.Spread(end)
		}
		of, _ := together(list)
		next := Ahead{Day: of[0].From}
		p := ahead.Propose(of)
		for aside := []string(nil); len(p.Conflict) > 0; p = ahead.Propose(of, aside...) {
			next.Conflict = append(next.Conflict, p.Conflict...)
			aside = append(aside, p.Conflict[0])
		}
		next.Choices, next.Short = p.Choices, p.Short
		if len(next.Choices) > 0 || len(next.Conflict) > 0 {
			rounds = append(rounds, next)
		}
		ahead.Terms = append(ahead.Terms, p.terms()...)
		if day = next.Day; len(p.Short) > 0 {
			day = day.AddDate(0, 1, 0)
		}
	}
}

// Spread tells for each constituency how its seats are shared out on a day.
func (r Rota) Spread(on time.Time) (list []Spread) {
	for _, k := range r.under(on).Charter.Constituencies {
		s := Spread{Constituency: k.Key}
		seen := map[uuid.UUID]bool{}
		for _, b := range r.Members {
			if b.Constituency != k.Key || !b.On(on) || seen[b.Organisation] {
				continue
			}
			seen[b.Organisation] = true
			wait, months := r.account(b, on)
			if s.Members == 0 {
				s.Least = months
			}
			s.Members++
			s.LongestWait, s.Least, s.Most = max(s.LongestWait, wait), min(s.Least, months), max(s.Most, months)
		}
		list = append(list, s)
	}
	return list
}

// account is how many days a member has waited on a day, and the months it has served.
func (r Rota) account(b Belonging, on time.Time) (wait, months int) {
	c := r.Before(Vacancy{Seat: Seat{Constituency: b.Constituency}, From: on, Until: on, Drawn: on}, b.Organisation)
	if slices.ContainsFunc(r.Terms, func(t SeatTerm) bool { return t.Organisation == b.Organisation && covers(t.From, t.Until, on) }) {
		return 0, c.Months
	}
	return c.Wait, c.Months
}
