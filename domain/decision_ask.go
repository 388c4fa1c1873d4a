package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// FollowUpOpen is the state of what a decision asks of somebody and of which nobody has
// said how far it is.
const FollowUpOpen FollowUpState = "open"

// DecisionAsk is something that a decision asks to be done, by whom and until when.
type DecisionAsk struct {
	ID           uuid.UUID
	Decision     string // its number
	Title        string // the decision's
	N            int    // counts within the decision, from 1
	Text         string
	Language     string
	Organisation uuid.UUID // that does it
	Code         string
	Due          time.Time // the last day
	At           time.Time
	Steps        []AskStep // oldest first
}

// AskStep says, on a day, how far it is. The last one counts; none is ever taken back.
type AskStep struct {
	N        int
	On       time.Time
	State    FollowUpState
	Text     string
	Language string
	Person   uuid.UUID
	Name     string
	At       time.Time
}

// State is how far it is.
func (a DecisionAsk) State() FollowUpState {
	if len(a.Steps) == 0 {
		return FollowUpOpen
	}
	return a.Steps[len(a.Steps)-1].State
}

// Awaited tells whether it is neither done nor dropped.
func (a DecisionAsk) Awaited() bool {
	return a.State() == FollowUpOpen || a.State() == FollowUpUnderWay
}

// Overdue tells whether it was to be done by a day that is over, and is not.
func (a DecisionAsk) Overdue(today time.Time) bool { return a.Awaited() && today.After(a.Due) }

// Ask puts on record what a decision of that day asks of an organisation.
func (a DecisionAsk) Ask(decided, now time.Time) (DecisionAsk, error) {
	found := append(written(a.Text, "/text", longestReason), spoken(a.Language, "/language")...)
	if a.Organisation == uuid.Nil {
		found = append(found, ErrRequired.At("/organisation"))
	}
	switch {
	case a.Due.IsZero():
		found = append(found, ErrRequired.At("/due_on"))
	case a.Due.Before(decided):
		found = append(found, ErrFollowedOn.With("from", decided, "to", decided.AddDate(10, 0, 0)).At("/due_on"))
	}
	if err := problem.Join(found); err != nil {
		return a, err
	}
	a.ID, a.Text, a.At = uuid.New(), strings.TrimSpace(a.Text), now
	return a, nil
}

// StepBy refuses whoever may not say how far it is: the secretariat, which follows it, and
// the organisation that does it may; advisers read.
func (a DecisionAsk) StepBy(by Actor) error {
	switch {
	case by.Hat.Role == Secretariat:
		return nil
	case by.Hat.Role == Member && by.Hat.Capacity == Adviser:
		return ErrAdviser
	case by.Hat.Organisation != a.Organisation:
		return ErrNotItsDoer.With("organisation", a.Code)
	}
	return nil
}

// Step adds how far it is to what is on record of it.
func (a DecisionAsk) Step(by Actor, s AskStep, asked, now, today time.Time) (AskStep, error) {
	if err := a.StepBy(by); err != nil {
		return s, err
	}
	from := asked
	if n := len(a.Steps); n > 0 {
		from = a.Steps[n-1].On
	}
	var err error
	if s.On, err = followed(s.Text, s.Language, s.State, s.On, from, today); err != nil {
		return s, err
	}
	s.N, s.Text, s.Person, s.At = len(a.Steps)+1, strings.TrimSpace(s.Text), by.Person, now
	return s, nil
}
