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
	From, Until  time.Time // of the term it is for; once confirmed, for as long as the seat is held
	State        NominationState
	Note         string // the paper it rests on
	At           time.Time
	Settled      string    // the paper that the choice, or the withdrawal, rests on
	Term         uuid.UUID // once confirmed
}

// Nominate names an organisation for a seat that falls vacant. A member does so for
// the constituency that the member's organisation belongs to today; the secretariat
// for any, on a paper.
func (r Rota) Nominate(by Actor, today time.Time, c Choosing, note string, standing []Nomination) (Nomination, error) {
	v, err := r.Eligible(today, c)
	if err != nil {
		return Nomination{}, err
	}
	if err := r.Speaks(by, v, today); err != nil {
		return Nomination{}, err
	}
	found := bounded(note, "/note", longestNote)
	if by.Hat.Role != Member {
		found = written(note, "/note", longestNote)
	}
	if err := problem.Join(found); err != nil {
		return Nomination{}, err
	}
	for _, n := range standing {
		if n.Seat == c.Seat && n.Organisation == c.Organisation && (n.State == Nominated || n.State == Chosen) && meet(n.From, n.Until, v.From, v.Until) {
			return Nomination{}, ErrNominated
		}
	}
	return Nomination{ID: uuid.New(), Seat: c.Seat, Organisation: c.Organisation, From: v.From, Until: v.Until, State: Nominated, Note: note}, nil
}

// Speaks refuses who does not speak for a seat's constituency today.
func (r Rota) Speaks(by Actor, v Vacancy, today time.Time) error {
	switch {
	case by.Hat.Role != Member:
		return nil
	case r.belonging(r.Kin.now(by.Hat.Organisation), v.Constituency, today).Constituency == "":
		return ErrNotOfThese.With("seat", v.Name)
	case by.Hat.Capacity == Adviser:
		return ErrAdviser
	}
	return nil
}

// May are the acts that can be done to it now.
func (n Nomination) May() []string {
	switch n.State {
	case Nominated:
		return []string{"nomination.choose", "nomination.withdraw"}
	case Chosen:
		return []string{"nomination.withdraw", "rotation.confirm"}
	}
	return nil
}

// Choose records that the constituency chose this one, beside the others nominated
// for the same vacancy. Who holds the seat on its days leaves nothing to choose; who
// gave it up before them does.
func (n Nomination) Choose(others []Nomination, note string) (Nomination, error) {
	if n.State != Nominated {
		return n, ErrNomination.With("state", string(n.State))
	}
	if err := problem.Join(written(note, "/note", longestNote)); err != nil {
		return n, err
	}
	for _, o := range others {
		if o.ID != n.ID && o.Seat == n.Seat && (o.State == Chosen || o.State == Confirmed) && meet(o.From, o.Until, n.From, n.Until) {
			return n, ErrChosen
		}
	}
	n.State, n.Settled = Chosen, note
	return n, nil
}

// Withdraw takes a nomination, or a choice, back before it is confirmed.
func (n Nomination) Withdraw(note string) (Nomination, error) {
	if n.State != Nominated && n.State != Chosen {
		return n, ErrNomination.With("state", string(n.State))
	}
	if err := problem.Join(written(note, "/note", longestNote)); err != nil {
		return n, err
	}
	n.State, n.Settled = TakenBack, note
	return n, nil
}

// ConfirmNominations makes terms of what was chosen, in the same order.
func (r Rota) ConfirmNominations(today time.Time, list []Nomination, aside []string, why string) ([]SeatTerm, error) {
	var choices []Choosing
	for _, n := range list {
		if n.State != Chosen {
			return nil, ErrNomination.With("state", string(n.State))
		}
		choices = append(choices, Choosing{n.Seat, n.Organisation})
	}
	terms, err := r.Confirm(today, choices, aside, why)
	if err != nil {
		return nil, err
	}
	for i, n := range list {
		// A seat that is vacant already begins later every day; another vacancy than the
		// one chosen for is not given.
		if !meet(n.From, n.Until, terms[i].From, terms[i].Until) {
			return nil, ErrNotVacant.With("seat", r.seat(n.Seat).Name)
		}
	}
	return terms, nil
}
