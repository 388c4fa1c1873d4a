package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	// ErrNothingPromised refuses a follow-up of a recommendation that is not answered, or
	// is rejected: nothing was promised of which it could say how far it is.
	ErrNothingPromised = problem.New(problem.Conflict, "nothing-promised")
	// ErrFollowedOn refuses a day on which it cannot have stood so: before the response or
	// the follow-up before, or after today.
	ErrFollowedOn = problem.New(problem.Invalid, "not-a-day-of-the-follow-up")
	// ErrNotItsDoer refuses who has another part in the programme, and is not of the
	// organisation that promised. It names that organisation.
	ErrNotItsDoer = problem.New(problem.Denied, "follow-up-of-others")
)

// FollowUpState is how far a promised action is.
type FollowUpState string

const (
	FollowUpUnderWay FollowUpState = "under-way"
	FollowUpDone     FollowUpState = "done"
	FollowUpDropped  FollowUpState = "dropped" // it will not be done, for the reason given
)

// FollowUp says, on a day, how far a promised action is. The last one counts; none is
// ever taken back, so that a mistake is mended by another.
type FollowUp struct {
	Recommendation int // counts from 1
	N              int // counts within the recommendation, from 1
	On             time.Time
	State          FollowUpState
	Text           string // what was done, or why it is not
	Language       string
	Person         uuid.UUID
	At             time.Time
}

// State is how far what was promised is; "" where nobody has said.
func (r Recommendation) State() FollowUpState {
	if len(r.FollowUps) == 0 {
		return ""
	}
	return r.FollowUps[len(r.FollowUps)-1].State
}

// Promised tells whether something is to be done about it.
func (r Recommendation) Promised() bool { return r.Answer != nil && r.Answer.Uptake != NotAccepted }

// Awaited tells whether what was promised is neither done nor dropped.
func (r Recommendation) Awaited() bool {
	return r.Promised() && r.State() != FollowUpDone && r.State() != FollowUpDropped
}

// Overdue tells whether it was to be done by a day that is over, and is not.
func (r Recommendation) Overdue(today time.Time) bool {
	return r.Awaited() && r.Answer.Due != nil && today.After(*r.Answer.Due)
}

// followedBy refuses whoever may not say how far a promise is: its lead and editors,
// the convening organisation and the organisation that promised may.
func (g ReportCase) followedBy(by Actor, r Recommendation) error {
	doer := (by.Hat.Role == PUNO || by.Hat.Role == Applicant) && r.Promised() && r.Answer.Organisation != uuid.Nil && r.Answer.Organisation == by.Hat.Organisation
	if err := g.Proposal.Reporting(by, Lead, Editor); err != nil && !doer {
		if r.Promised() && by.Hat.Role == PUNO && slices.ContainsFunc(g.Programme.Shares, func(s GrantShare) bool { return s.Organisation == by.Hat.Organisation }) {
			return ErrNotItsDoer.With("organisation", r.Answer.Code)
		}
		return err
	}
	if !r.Promised() {
		return ErrNothingPromised
	}
	return nil
}

// FollowUp adds how far a promised action is to what is on record of it.
func (g ReportCase) FollowUp(by Actor, e Evaluation, f FollowUp, now, today time.Time) (FollowUp, error) {
	if f.Recommendation < 1 || f.Recommendation > len(e.Recommendations) {
		return f, ErrMissing
	}
	r := e.Recommendations[f.Recommendation-1]
	if err := g.followedBy(by, r); err != nil {
		return f, err
	}
	from := g.Charter.Day(*e.Answered)
	if n := len(r.FollowUps); n > 0 {
		from = r.FollowUps[n-1].On
	}
	var err error
	if f.On, err = followed(f.Text, f.Language, f.State, f.On, from, today); err != nil {
		return f, err
	}
	f.N, f.Text, f.Person, f.At = len(r.FollowUps)+1, strings.TrimSpace(f.Text), by.Person, now
	return f, nil
}

// followed holds a step of what is followed up to its rules, and gives the day it is of: today
// where none is said; not before what is on record already, and not one to come.
func followed(text, language string, state FollowUpState, on, from, today time.Time) (time.Time, error) {
	found := append(written(text, "/text", longestReason), spoken(language, "/language")...)
	switch state {
	case FollowUpUnderWay, FollowUpDone, FollowUpDropped:
	case "":
		found = append(found, ErrRequired.At("/state"))
	default:
		found = append(found, ErrUnknownWord.With("given", clip(string(state))).At("/state"))
	}
	if on.IsZero() {
		on = today
	}
	if on.Before(from) || on.After(today) {
		found = append(found, ErrFollowedOn.With("from", from, "to", today).At("/on"))
	}
	return on, problem.Join(found)
}

// MayFollowUp tells whether by may say how far any promise is.
func (g ReportCase) MayFollowUp(by Actor, e Evaluation) bool {
	return slices.ContainsFunc(e.Recommendations, func(r Recommendation) bool { return g.followedBy(by, r) == nil })
}

// Follows tells whether by may say how far this promise is.
func (g ReportCase) Follows(by Actor, r Recommendation) bool { return g.followedBy(by, r) == nil }
