package domain

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrNotOver refuses to close operations before the last day, where not every
	// output is delivered or dropped or the charter waits for the end. It names the end.
	ErrNotOver = problem.New(problem.Conflict, "activities-not-over")
	// ErrClosedOn refuses a day on which activities cannot have ended.
	ErrClosedOn = problem.New(problem.Invalid, "not-a-day-of-the-programme")
	// ErrNoFinalReport refuses to close the books before the final report is accepted.
	ErrNoFinalReport = problem.New(problem.Conflict, "final-report-not-accepted")
	// ErrNotCertified asks for an organisation's certified final statement.
	ErrNotCertified = problem.New(problem.Conflict, "final-statement-missing")
	// ErrOnItsWay refuses to close the books over payments under way. It says how many.
	ErrOnItsWay = problem.New(problem.Conflict, "payments-under-way")
)

// Delivered tells whether each output of a framework is delivered or dropped by what
// a report says; false where there is none.
func (c ReportContent) Delivered(f Framework) bool {
	outputs := f.Outputs()
	return len(outputs) > 0 && !slices.ContainsFunc(outputs, func(o Output) bool {
		state := c.Outputs[o.Code]
		return state != OutputDone && state != OutputDropped
	})
}

// CloseOperations says that the approved activities are over, on a day; the zero day
// is the programme's last. Before that day it takes every output delivered or dropped
// by the latest accepted report, where the charter allows it. The programme's side
// gives notice, or the secretariat records it. The final report is due from that day on.
func (g ReportCase) CloseOperations(by Actor, on time.Time, delivered bool, reason string, now, today time.Time) (ProgrammeStep, error) {
	p := g.Programme
	if by.Hat.Role != Secretariat {
		if err := g.Proposal.Reporting(by, Lead); err != nil {
			return ProgrammeStep{}, err
		}
	}
	if p.State != ProgrammeActive && p.State != ProgrammeSuspended || p.StartsOn == nil || p.EndsOn == nil {
		return ProgrammeStep{}, ErrProgrammeState.With("programme", p.Code, "state", string(p.State))
	}
	if !today.After(*p.EndsOn) && (!g.Charter.Reporting.EarlyClosure.Value || !delivered) {
		return ProgrammeStep{}, ErrNotOver.With("ends", *p.EndsOn)
	}
	if on.IsZero() {
		on = *p.EndsOn
		if today.Before(on) {
			on = today
		}
	}
	found := bounded(reason, "/reason", longestReason)
	if on.Before(*p.StartsOn) || on.After(*p.EndsOn) || on.After(today) {
		found = append(found, ErrClosedOn.With("from", *p.StartsOn, "to", *p.EndsOn).At("/closed_on"))
	}
	if err := problem.Join(found); err != nil {
		return ProgrammeStep{}, err
	}
	step := p.Step("close-operations", ProgrammeDone, uuid.Nil, strings.TrimSpace(reason), by, now)
	step.EndsOn = &on
	return step, nil
}

// ClosingFacts are what the books of a programme are closed on.
type ClosingFacts struct {
	FinalAsked    bool                 // the calendar has a final report: the programme began
	FinalAccepted bool                 // and it is accepted
	Certified     map[uuid.UUID]string // the certified final statement of an organisation, by its reference
	OnTheirWay    int                  // transfer requests released and not sent, or not withdrawn
}

// CloseBooks closes a programme financially: after it nothing can be charged. It
// takes the final narrative report, accepted, a certified final statement of each
// organisation that has a share, and no payment under way. Whether a statement is
// certified is a fact that the caller brings.
func (g ReportCase) CloseBooks(by Actor, f ClosingFacts, reason string, now time.Time) (ProgrammeStep, error) {
	p := g.Programme
	if p.State != ProgrammeDone && p.State != ProgrammeCancelled {
		return ProgrammeStep{}, ErrProgrammeState.With("programme", p.Code, "state", string(p.State))
	}
	found := bounded(reason, "/reason", longestReason)
	if f.FinalAsked && !f.FinalAccepted {
		found = append(found, ErrNoFinalReport)
	}
	if f.OnTheirWay > 0 {
		found = append(found, ErrOnItsWay.With("n", f.OnTheirWay))
	}
	if f.FinalAsked {
		for _, s := range p.Shares {
			if strings.TrimSpace(f.Certified[s.Organisation]) == "" {
				found = append(found, ErrNotCertified.With("organisation", s.Code).At("/statements/"+s.Code))
			}
		}
	}
	if err := problem.Join(found); err != nil {
		return ProgrammeStep{}, err
	}
	return p.Step("close-books", ProgrammeClosed, uuid.Nil, strings.TrimSpace(reason), by, now), nil
}

// MayClose lists the acts of closing and of the evaluation that a person under this
// hat can do now, by the same rules as the acts themselves.
func (g ReportCase) MayClose(by Actor, delivered bool, f ClosingFacts, e *Evaluation, now, today time.Time) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	_, err := g.CloseOperations(by, time.Time{}, delivered, "", now, today)
	can("programme.close-operations", err)
	if by.Hat.Role == Secretariat || by.Hat.Role == AgentReleaser {
		all := f
		all.Certified = map[uuid.UUID]string{} // what the form asks for
		for _, s := range g.Programme.Shares {
			all.Certified[s.Organisation] = "-"
		}
		_, err = g.CloseBooks(by, all, "", now)
		can("programme.close-books", err)
	}
	if by.Hat.Role == Secretariat {
		can("evaluation.register", cmp.Or(g.evaluable(e), g.Proposal.apart(by)))
	}
	if e != nil {
		can("evaluation.respond", cmp.Or(g.Proposal.Reporting(by, Lead), e.open()))
		if g.MayFollowUp(by, *e) {
			may = append(may, "evaluation.follow-up")
		}
	}
	return may
}

// ResponseDue is until when the management response to an evaluation is awaited.
func (e Evaluation) ResponseDue(c charter.Charter) time.Time {
	return AddMonths(c.Day(e.At), c.Reporting.ResponseMonths.Value)
}
