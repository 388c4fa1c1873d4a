package domain

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrNothingSent  = problem.New(problem.Conflict, "nothing-transferred-yet")
	ErrStartOther   = problem.New(problem.Invalid, "start-is-the-first-transfer")
	ErrStartEarly   = problem.New(problem.Invalid, "start-before-the-decision")
	ErrEndIsPlanned = problem.New(problem.Invalid, "end-follows-from-the-document")
)

// Start says that implementation has started, on the day that the charter counts
// from: that of the first transfer (sent, nil where there is none), or the day given
// that the signed document bears. The end follows from the months that the document
// plans; one that names none is given its end. Decided is the day of the decision.
func (g ProgrammeCase) Start(by Actor, c charter.Charter, on, ends, sent *time.Time, decided, now, today time.Time) (ProgrammeStep, error) {
	if g.Preparation {
		return ProgrammeStep{}, ErrOfPreparation.With("programme", g.Code)
	}
	if g.State != ProgrammeApproved {
		return ProgrammeStep{}, ErrProgrammeState.With("programme", g.Code, "state", string(g.State))
	}
	if c.Reporting.StartsFrom.Value == charter.FromFirstTransfer {
		switch {
		case sent == nil:
			return ProgrammeStep{}, ErrNothingSent.With("programme", g.Code)
		case on != nil && !on.Equal(*sent):
			return ProgrammeStep{}, ErrStartOther.With("day", *on, "sent", *sent).At("/starts_on")
		}
		on = sent
	}
	switch {
	case on == nil:
		return ProgrammeStep{}, ErrRequired.At("/starts_on")
	case on.After(today):
		return ProgrammeStep{}, ErrFuture.With("day", *on, "today", today).At("/starts_on")
	case on.Before(decided):
		return ProgrammeStep{}, ErrStartEarly.With("day", *on, "decided", decided).At("/starts_on")
	}
	last := AddMonths(*on, c.Proposals.MaximumMonths.Value).AddDate(0, 0, -1)
	if months := g.Of.Months(c); months > 0 {
		planned := AddMonths(*on, months).AddDate(0, 0, -1)
		if ends != nil && !ends.Equal(planned) {
			return ProgrammeStep{}, ErrEndIsPlanned.With("day", *ends, "planned", planned, "months", months).At("/ends_on")
		}
		ends = &planned
	}
	switch {
	case ends == nil:
		return ProgrammeStep{}, ErrRequired.At("/ends_on")
	case !ends.After(*on):
		return ProgrammeStep{}, ErrEndNotLater.With("day", *ends, "ends", *on).At("/ends_on")
	case ends.After(last):
		return ProgrammeStep{}, ErrEndTooFar.With("day", *ends, "last", last, "months", c.Proposals.MaximumMonths.Value).At("/ends_on")
	}
	step := g.Step("start", ProgrammeActive, uuid.Nil, "", by, now)
	step.StartsOn, step.EndsOn = on, ends
	return step, nil
}
