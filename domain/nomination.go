package domain

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrNotOfThese = problem.New(problem.Denied, "not-of-this-constituency")
	ErrNominated  = problem.New(problem.Conflict, "nominated-already")
	ErrNomination = problem.New(problem.Conflict, "nomination-settled")
	ErrChosen     = problem.New(problem.Conflict, "another-chosen")
)

// NominationState is how far a nomination has come.
type NominationState string

const (
	Nominated NominationState = "nominated"
	Chosen    NominationState = "chosen"    // by the constituency
	Confirmed NominationState = "confirmed" // by the Coordinator: the seat is given
	TakenBack NominationState = "withdrawn"
)

// Nomination is an organisation that a constituency names for a vacancy.
type Nomination struct {
	ID           uuid.UUID
	Seat         uuid.UUID
	Organisation uuid.UUID
	From, Until  time.Time // of the term it is for
	State        NominationState
	Note         string // the paper it rests on
	At           time.Time
	Settled      string    // the paper that the choice, or the withdrawal, rests on
	Term         uuid.UUID // once confirmed
}

// Nominate names an organisation for a seat that falls vacant. A member does so for
// the constituency that the member's organisation belongs to today; the secretariat
// for any, on a paper.
func (r Rota) Nominate(by Actor, today time.Time, c Choosing, note string) (Nomination, error) {
	v, err := r.Eligible(today, c)
	if err != nil {
		return Nomination{}, err
	}
	if by.Hat.Role == Member && r.belonging(by.Hat.Organisation, v.Constituency, today).Constituency == "" {
		return Nomination{}, ErrNotOfThese.With("seat", v.Name)
	}
	if by.Hat.Role == Member && by.Hat.Capacity == Adviser {
		return Nomination{}, ErrAdviser
	}
	if by.Hat.Role != Member && note == "" {
		return Nomination{}, ErrRequired.At("/note")
	}
	return Nomination{ID: uuid.New(), Seat: c.Seat, Organisation: c.Organisation, From: v.From, Until: v.Until, State: Nominated, Note: note}, nil
}

// Choose records that the constituency chose this one, beside the others nominated
// for the same vacancy.
func (n Nomination) Choose(others []Nomination, note string) (Nomination, error) {
	switch {
	case n.State != Nominated:
		return n, ErrNomination.With("state", string(n.State))
	case note == "":
		return n, ErrRequired.At("/note")
	}
	for _, o := range others {
		if o.ID != n.ID && o.Seat == n.Seat && o.State == Chosen && meet(o.From, o.Until, n.From, n.Until) {
			return n, ErrChosen
		}
	}
	n.State, n.Settled = Chosen, note
	return n, nil
}

// Withdraw takes a nomination, or a choice, back before it is confirmed.
func (n Nomination) Withdraw(note string) (Nomination, error) {
	switch {
	case n.State != Nominated && n.State != Chosen:
		return n, ErrNomination.With("state", string(n.State))
	case note == "":
		return n, ErrRequired.At("/note")
	}
	n.State, n.Settled = TakenBack, note
	return n, nil
}
