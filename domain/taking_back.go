package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrRulesInForce refuses to take back rules that are in force, or were. It names their day.
	ErrRulesInForce = problem.New(problem.Conflict, "rules-in-force-already")
	// ErrRulesFollowed refuses to take back rules that others were built on: those go first. It names the last.
	ErrRulesFollowed = problem.New(problem.Conflict, "rules-followed")
	// ErrRulesTakenBack refuses to take back once more what the body took back already.
	ErrRulesTakenBack = problem.New(problem.Conflict, "rules-taken-back-already")
	// ErrSeatUnderRules refuses to take back rules while somebody is to sit on a seat that they alone have.
	// It names the seat, who is to sit there and from when.
	ErrSeatUnderRules = problem.New(problem.Conflict, "rules-seat-given")
	// ErrTakesBackAlone refuses rules, or a day, in a draft that takes a version back.
	ErrTakesBackAlone = problem.New(problem.Invalid, "rules-draft-takes-back")
)

// TakingBack is what a draft looks at that takes back a version which is adopted and not in
// force yet: the version never comes into force, and earlier changes are possible again.
type TakingBack struct {
	Stands  bool            // the version was not taken back before
	Instead charter.Charter // that rules on the day on which the version would have come into force
	Seats   []string        // names of those that the version alone has
	Given   []GivenAhead    // terms that begin once it would be in force, and nominations for its seats
}

// GivenAhead is a seat for which somebody is nominated, chosen or confirmed, from a day on
// which the rules that are taken back would have been in force.
type GivenAhead struct {
	Seat, Organisation string
	From               time.Time
	Alone              bool // only the version that is taken back has the seat
}

// Without is what a draft looks at that takes a version back: standing are all versions that
// stand, ahead the nominations that are not withdrawn.
func (r Rota) Without(of charter.Charter, standing []charter.Charter, ahead []Nomination) *TakingBack {
	left := slices.DeleteFunc(slices.Clone(standing), func(c charter.Charter) bool { return c.Version == of.Version })
	b := &TakingBack{Stands: len(left) < len(standing)}
	b.Instead, _ = charter.InForce(left, of.EffectiveFrom)
	r.Charters = left
	alone := map[uuid.UUID]bool{}
	for _, s := range r.Seats {
		if Has(of, s) && r.begins(s, of.EffectiveFrom).IsZero() {
			alone[s.ID] = true
			b.Seats = append(b.Seats, s.Name)
		}
	}
	give := func(seat, organisation uuid.UUID, from time.Time) {
		if !from.Before(of.EffectiveFrom) {
			b.Given = append(b.Given, GivenAhead{r.seat(seat).Name, r.Codes[organisation], from, alone[seat]})
		}
	}
	for _, t := range r.Terms {
		give(t.Seat, t.Organisation, t.From)
	}
	for _, n := range ahead {
		if n.State == Nominated || n.State == Chosen {
			give(n.Seat, n.Organisation, n.From)
		}
	}
	return b
}

// BeginTakingBack begins a draft that takes a version back.
func (a Amendment) BeginTakingBack(by Actor, as RulesDraft, now time.Time) (RulesDraft, error) {
	a.RulesDraft = RulesDraft{ID: uuid.New(), Base: a.From.Version, TakesBack: a.From.Version, State: RulesDrafted, Person: by.Person, Organisation: by.Hat.Organisation, At: now}
	if err := a.Back.settled(a); err != nil {
		return a.RulesDraft, err
	}
	return a.Write(as, now)
}

// plain refuses rules and a day in a draft that takes a version back.
func (a Amendment) plain(as RulesDraft) error {
	switch {
	case a.TakesBack == 0:
		return nil
	case len(as.Edits) > 0:
		return ErrTakesBackAlone.With("version", a.TakesBack).At("/edits")
	case as.EffectiveFrom != nil:
		return ErrTakesBackAlone.With("version", a.TakesBack).At("/effective_from")
	}
	return nil
}

// settled refuses what nothing but time, or another decision, could change.
func (b TakingBack) settled(a Amendment) error {
	switch of := a.From; {
	case !b.Stands:
		return ErrRulesTakenBack.With("version", of.Version)
	case !of.EffectiveFrom.After(a.Today):
		return ErrRulesInForce.With("version", of.Version, "from", of.EffectiveFrom)
	case a.Newest.Version != of.Version:
		return ErrRulesFollowed.With("version", of.Version, "last", a.Newest.Version)
	}
	return nil
}

// lacks says all that stands in the way of taking the version back: each seat that it alone
// has is free first, by an act of those who gave it.
func (b TakingBack) lacks(a Amendment) (found []problem.Problem) {
	if p, ok := b.settled(a).(problem.Problem); ok {
		return []problem.Problem{p}
	}
	for _, g := range b.Given {
		if g.Alone {
			found = append(found, ErrSeatUnderRules.With("seat", g.Seat, "organisation", g.Organisation, "day", g.From))
		}
	}
	return found
}

// Differences are what the rules on those days say then instead.
func (b TakingBack) Differences(of charter.Charter) []charter.Difference {
	return charter.Compare(of, b.Instead)
}

// record is what a decision's record says of a version that was taken back.
func (b TakingBack) record(a Amendment) map[string]any {
	seats, given := []any{}, []any{}
	for _, s := range b.Seats {
		seats = append(seats, s)
	}
	for _, g := range b.Given {
		given = append(given, map[string]any{"seat": g.Seat, "organisation": g.Organisation, "from": g.From.Format(time.DateOnly)})
	}
	return map[string]any{"draft": a.Ref, "takes_back": a.TakesBack, "would_be_in_force_from": a.From.EffectiveFrom.Format(time.DateOnly),
		"instead": b.Instead.Version, "seats": seats, "given": given, "differences": recordDifferences(b.Differences(a.From))}
}
