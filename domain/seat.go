package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrSeatHeld     = problem.New(problem.Conflict, "seat-held")
	ErrSeatTermLong = problem.New(problem.Invalid, "seat-term-too-long")
	ErrTermOver     = problem.New(problem.Conflict, "seat-term-over")
	ErrSeatPast     = problem.New(problem.Invalid, "seat-not-given-up-in-the-past")
)

// ChairConstituency is that of the one seat which presides. The charter's
// constituencies share the others.
const ChairConstituency = "chair"

// Seat is a place on the decision body. An organisation holds it for a term; a
// state is one.
type Seat struct {
	ID           uuid.UUID
	Constituency string
	Name         string // "donors-2": its place in the constituency, the same for ever
}

// SeatTerm is the time for which an organisation holds a seat, first and last day
// included; the zero Until is an open end.
type SeatTerm struct {
	ID           uuid.UUID
	Seat         uuid.UUID
	Organisation uuid.UUID
	From, Until  time.Time
	Note         string    // the paper it rests on
	Meant        time.Time // the last day for which it was given, where it was given up before
	Ended        SeatEnding
	EndedNote    string // the paper that the giving up rests on
	Never        bool   // given up before its first day: it never began, and who sits instead is chosen anew
}

// Give lets an organisation hold the seat. A term is no longer than the charter
// has it, and only the chair's has an open end: the office brings it. That
// nobody else holds the seat on any of its days, the database promises.
func (s Seat) Give(c charter.Charter, term SeatTerm) (SeatTerm, error) {
	term.Seat = s.ID
	months := c.Terms.Months.Value
	switch {
	case term.From.IsZero():
		return SeatTerm{}, ErrRequired.At("/from")
	case !term.Until.IsZero() && term.Until.Before(term.From):
		return SeatTerm{}, ErrTermOrder.With("from", term.From, "until", term.Until).At("/until")
	case s.Constituency == ChairConstituency: // for as long as it is given
	case term.Until.IsZero() || !term.Until.Before(term.From.AddDate(0, months, 0)):
		return SeatTerm{}, ErrSeatTermLong.With("months", months).At("/until")
	}
	return term, problem.Join(bounded(term.Note, "/note", longestNote))
}

// SeatEnding is why a seat was given up before its term was over.
type SeatEnding string

const (
	Resigned SeatEnding = "resigned" // by its holder's own letter
	Recalled SeatEnding = "recalled" // its constituency is to name another
	Departed SeatEnding = "departed" // its holder leaves the constituency
)

// GiveUp shortens a term to a last day, which is not before today: who sat on a day
// that is past stays as it was. The rest of the term is for whoever replaces them. One
// that has not begun is given up whole where no day is named.
func (t SeatTerm) GiveUp(why SeatEnding, on, today time.Time, note string) (SeatTerm, error) {
	wrong := written(note, "/note", longestNote)
	switch {
	case !slices.Contains([]SeatEnding{Resigned, Recalled, Departed}, why):
		return t, ErrUnknownWord.With("given", string(why)).At("/why")
	case len(wrong) > 0:
		return t, problem.Join(wrong)
	case on.IsZero() && t.From.After(today):
		t.Never, t.Ended, t.EndedNote = true, why, note
		return t, nil
	case on.IsZero():
		return t, ErrRequired.At("/until")
	case !t.Until.IsZero() && t.Until.Before(today):
		return t, ErrTermOver.With("until", t.Until)
	case on.Before(today) || on.Before(t.From):
		return t, ErrSeatPast.With("today", today).At("/until")
	case !t.Until.IsZero() && !on.Before(t.Until):
		return t, ErrTermEnds.With("until", t.Until).At("/until")
	}
	if t.Meant.IsZero() {
		t.Meant = t.Until
	}
	t.Until, t.Ended, t.EndedNote = on, why, note
	return t, nil
}

// Sitting is a seat on a day on which it is held.
type Sitting struct {
	Seat
	Organisation uuid.UUID
	Code         string // the organisation's
	Holder       string // its name
	From, Until  time.Time
	Note         string
	Term         uuid.UUID
	Meant        time.Time // the last day for which it was given, where it was given up before
	Ended        SeatEnding
	Serving      time.Time   // the first day of the organisation's first term on the body
	Speakers     []uuid.UUID // who may speak for it on the day, advisers not among them; where they are asked for
	Called       []string    // what else its holder goes by: short name, other names; where they are asked for
}

// Chair tells whether it is the seat that presides.
func (s Sitting) Chair() bool { return s.Constituency == ChairConstituency }

// seatOf finds the seat that an actor stands for: the chair's for the
// Coordinator, another for a member; the one named, where one is. An adviser
// stands for none.
func seatOf(sitting []Sitting, by Actor, named uuid.UUID) (Sitting, error) {
	if by.Hat.Role == Member && by.Hat.Capacity == Adviser {
		return Sitting{}, ErrAdviser
	}
	for _, s := range sitting {
		if s.Organisation == by.Hat.Organisation && s.Chair() == (by.Hat.Role == Coordinator) && (named == uuid.Nil || named == s.ID) {
			return s, nil
		}
	}
	return Sitting{}, ErrNoSeat.With("organisation", by.Hat.Code)
}
