package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrPosition       = problem.New(problem.Invalid, "unknown-position")
	ErrPositionReason = problem.New(problem.Invalid, "position-needs-a-reason")
	ErrPositionStands = problem.New(problem.Conflict, "position-stands")
	ErrRecused        = problem.New(problem.Denied, "recused")
	ErrChairSilent    = problem.New(problem.Denied, "chair-takes-no-position")
)

// Position is what a seat says to a question. None is ever changed: a change of
// mind is the next, and the last before closing counts.
type Position struct {
	Seat       uuid.UUID
	N          int    // the seat's first, second, … on this question
	Text       int    // version of the question's text that it was taken on
	Key        string // one that the charter knows for the procedure
	Reason     string
	Person     uuid.UUID // who spoke
	RecordedBy uuid.UUID // who wrote it down: the same, or the secretary
	At         time.Time
	Referred   Referred // of one ad referendum, where it stands
	Former     bool     // taken on a text that has been replaced since
}

// TakePosition gives the position of a seat: of by's own (named, where there are
// several), or of any named where the secretariat writes down what was said in
// the room. It counts only from those on the roll, not recused, and present or, in
// writing, before the end.
func (i Item) TakePosition(by Actor, seat uuid.UUID, key, reason string, now time.Time) (Position, error) {
	known, ok := i.Charter.Body.Position(i.Procedure, key)
	if !ok {
		return Position{}, ErrPosition.With("given", clipped(key), "known", strings.Join(i.positionKeys(), ", ")).At("/position")
	}
	if i.State != QuestionOpen {
		return Position{}, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	r, person, err := i.speaker(by, seat)
	if err != nil {
		return Position{}, err
	}
	switch {
	case len([]rune(reason)) > longestReason:
		return Position{}, ErrTooLong.With("limit", longestReason).At("/reason")
	case known.NeedsReason.Value && strings.TrimSpace(reason) == "":
		return Position{}, ErrPositionReason.With("position", key).At("/reason")
	}
	before := 0
	for _, p := range i.Positions {
		if p.Seat == r.Seat {
			before++
		}
	}
	if i.spoke(r.Seat) && !i.changeable() {
		return Position{}, ErrPositionStands.With("seat", r.Name)
	}
	at := i.notBefore(now)
	if i.InWriting() { // by its own time, however long it waited: whether it is late rests on nobody else's
		if at = now; at.Before(*i.OpenedAt) {
			at = *i.OpenedAt
		}
	}
	return Position{Seat: r.Seat, N: before + 1, Text: i.TextVersion, Key: key, Reason: reason, Person: person, RecordedBy: by.Person, At: at}, nil
}

// speaker finds the seat on the roll that speaks, and the person present for it.
func (i Item) speaker(by Actor, seat uuid.UUID) (RollSeat, uuid.UUID, error) {
	if i.InWriting() {
		return i.speaksInWriting(by, seat)
	}
	for _, r := range i.Roll {
		if by.Hat.Role != Secretariat && !r.standsFor(by) || r.Seat != seat && (seat != uuid.Nil || by.Hat.Role == Secretariat) {
			continue
		}
		if err := i.barred(by, r); err != nil {
			return r, uuid.Nil, err
		}
		for _, p := range i.Room {
			if p.Seat == r.Seat && p.Organisation == r.Organisation && (p.Person == by.Person || by.Hat.Role == Secretariat) {
				return r, p.Person, nil
			}
		}
		return r, uuid.Nil, ErrNotPresent.With("seat", r.Name, "recorded", by.Hat.Role == Secretariat)
	}
	return RollSeat{}, uuid.Nil, ErrNoSeat.With("organisation", by.Hat.Code)
}

// barred refuses by for a seat that takes no position, or from whom none is taken.
func (i Item) barred(by Actor, r RollSeat) error {
	if err := i.silenced(by, r); err != nil {
		return err
	}
	if r.Chair && !i.Charter.Body.Chair.Decides.Value {
		return ErrChairSilent
	}
	return nil
}

// silenced refuses by for a seat that it does not speak for in the item, whatever there is
// to say: who advises, whose hands it has been through, who is recused.
func (i Item) silenced(by Actor, r RollSeat) error {
	switch {
	case by.Hat.Role == Member && by.Hat.Capacity == Adviser:
		return ErrAdviser
	case i.Hands.blinded(by):
		return ErrWorkedOn.With("ref", i.about())
	case r.Recused:
		return ErrRecused.With("reason", r.Reason)
	}
	// Of the person's own, or come to light since the roll was frozen: Since.
	if kind, effect := strongest(i.Charter, r.role(), r.Organisation, i.borne(r.Organisation, by.Person)); effect.Recuses() {
		return ErrRecused.With("reason", string(kind))
	}
	return nil
}

// changeable tells whether a second position is taken. In consensus it always
// is: an objection is there to be worked through and lifted.
func (i Item) changeable() bool {
	return i.Procedure != byVote || i.Charter.Body.Vote.Changeable.Value
}

func (i Item) positionKeys() []string {
	var keys []string
	for _, p := range i.Charter.Body.Positions(i.Procedure) {
		keys = append(keys, p.Key)
	}
	return keys
}
