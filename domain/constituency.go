package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrOneConstituency = problem.New(problem.Conflict, "one-constituency-at-a-time")
	ErrKindNeeded      = problem.New(problem.Invalid, "kind-of-stakeholder-needed")
	ErrKindOfOthers    = problem.New(problem.Invalid, "kind-is-a-stakeholders")
	ErrKindElsewhere   = problem.New(problem.Invalid, "not-of-that-kind")
	ErrHoldsSeat       = problem.New(problem.Conflict, "holds-a-seat-there")
)

// Belonging is the time for which an organisation belongs to a constituency, first
// and last day included; the zero Until is an open end. It speaks through one
// constituency at a time, so that nobody has a voice in two.
type Belonging struct {
	ID           uuid.UUID
	Organisation uuid.UUID
	Constituency string
	Kind         string // of other stakeholder: one of the charter's; "" of any other organisation
	From, Until  time.Time
	Note         string // the paper it rests on
	LeftNote     string // the one its end rests on
}

// On tells whether it holds on a day.
func (b Belonging) On(day time.Time) bool { return covers(b.From, b.Until, day) }

// takenBy are the constituencies to which organisations of a kind belong.
func (k OrganisationKind) takenBy(c charter.Charter) []string {
	switch k {
	case State:
		return c.Rotation.OfStates.Value
	case UN:
		return c.Rotation.OfEntities.Value
	}
	return c.Rotation.OfOthers.Value
}

// Check refuses what cannot stand under a charter: it says which kinds of organisation a
// constituency takes, and who comes comes on a paper. That no two of an organisation
// share a day, the database promises.
func (b Belonging) Check(c charter.Charter, o Organisation) (Belonging, error) {
	b.Organisation = o.ID
	_, constituency := c.Constituency(b.Constituency)
	_, kind := c.Rotation.Kind(b.Kind)
	switch {
	case !constituency:
		return b, ErrUnknownWord.With("given", b.Constituency).At("/constituency")
	case !slices.Contains(o.Kind.takenBy(c), b.Constituency):
		return b, ErrKindElsewhere.With("name", o.Name).At("/constituency")
	case o.Kind == Stakeholder && b.Kind == "":
		return b, ErrKindNeeded.At("/kind")
	case o.Kind != Stakeholder && b.Kind != "":
		return b, ErrKindOfOthers.With("name", o.Name).At("/kind")
	case b.Kind != "" && !kind:
		return b, ErrUnknownWord.With("given", b.Kind).At("/kind")
	case b.From.IsZero():
		return b, ErrRequired.At("/from")
	case !b.Until.IsZero() && b.Until.Before(b.From):
		return b, ErrTermOrder.With("from", b.From, "until", b.Until).At("/until")
	}
	return b, problem.Join(written(b.Note, "/note", longestNote))
}

// Leave sets the last day on which an organisation belongs there, with a note on what
// that rests on. Whoever holds a seat for the constituency gives that up first.
func (b Belonging) Leave(on time.Time, note string, terms []SeatTerm, seats []Seat) (Belonging, error) {
	switch {
	case on.IsZero():
		return b, ErrRequired.At("/until")
	case on.Before(b.From):
		return b, ErrTermOrder.With("from", b.From, "until", on).At("/until")
	case !b.Until.IsZero() && on.After(b.Until):
		return b, ErrTermEnds.With("until", b.Until).At("/until")
	}
	if err := problem.Join(bounded(note, "/note", longestNote)); err != nil {
		return b, err
	}
	for _, s := range seats {
		for _, t := range terms {
			if t.Seat == s.ID && t.Organisation == b.Organisation && s.Constituency == b.Constituency &&
				(t.Until.IsZero() || t.Until.After(on)) {
				return b, ErrHoldsSeat.With("seat", s.Name, "until", t.Until).At("/until")
			}
		}
	}
	b.Until, b.LeftNote = on, note
	return b, nil
}
