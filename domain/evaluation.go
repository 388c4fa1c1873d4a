package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	// ErrEvaluated refuses a second evaluation of a programme, or a second response to one.
	ErrEvaluated = problem.New(problem.Conflict, "evaluation-on-record")
	// ErrNoEvaluationFile asks for the evaluation's document before it is answered.
	ErrNoEvaluationFile = problem.New(problem.Conflict, "evaluation-without-document")
)

// Evaluation is what somebody independent found of a programme, and what its
// convening organisation answers.
type Evaluation struct {
	ID              uuid.UUID
	Programme       uuid.UUID
	Title           string
	Evaluator       string // who made it
	Language        string
	CompletedOn     time.Time
	Findings        string
	Recommendations []Recommendation
	Person          uuid.UUID
	At              time.Time
	Answered        *time.Time
	File            bool // its document has arrived
}

// Recommendation is one thing that an evaluation recommends, and the answer to it.
type Recommendation struct {
	Text      string
	Answer    *ManagementAnswer
	FollowUps []FollowUp // oldest first
}

// Uptake is how far a recommendation is accepted.
type Uptake string

const (
	FullyAccepted  Uptake = "accepted"
	PartlyAccepted Uptake = "partly-accepted"
	NotAccepted    Uptake = "rejected"
)

// ManagementAnswer is the convening organisation's word on a recommendation.
type ManagementAnswer struct {
	Uptake Uptake
	Reason string     // why not, or not wholly
	Action string     // what is done about it
	Due    *time.Time // by when; nil where nothing is done

	Organisation uuid.UUID // that does it, one of the programme's; Nil is whoever convenes
	Code         string    // of that organisation, the convening one where none is named
}

const (
	mostRecommendations = 50
	longestFindings     = 20_000
)

// evaluable refuses an evaluation of what has not begun, or has one.
func (g ReportCase) evaluable(e *Evaluation) error {
	if g.Run.Starts.IsZero() {
		return ErrProgrammeState.With("programme", g.Programme.Code, "state", string(g.Programme.State))
	}
	if e != nil {
		return ErrEvaluated
	}
	return nil
}

// Register puts an evaluation on record: the secretariat's act, by whoever had no hand in
// the proposal, since it is not the evaluated who say what was found.
func (g ReportCase) Register(by Actor, before *Evaluation, e Evaluation, now, today time.Time) (Evaluation, error) {
	if err := cmp.Or(g.evaluable(before), g.Proposal.apart(by)); err != nil {
		return e, err
	}
	found := append(written(e.Title, "/title", longestText), written(e.Evaluator, "/evaluator", longestText)...)
	found = append(found, written(e.Findings, "/findings", longestFindings)...)
	found = append(found, spoken(e.Language, "/language")...)
	switch {
	case e.CompletedOn.IsZero():
		found = append(found, ErrRequired.At("/completed_on"))
	case e.CompletedOn.Before(g.Run.Starts) || e.CompletedOn.After(today):
		found = append(found, ErrClosedOn.With("from", g.Run.Starts, "to", today).At("/completed_on"))
	}
	if len(e.Recommendations) > mostRecommendations {
		found = append(found, ErrTooMuch.With("limit", mostRecommendations).At("/recommendations"))
	}
	for i, r := range e.Recommendations {
		found = append(found, written(r.Text, fmt.Sprintf("/recommendations/%d", i), longestReason)...)
	}
	if err := problem.Join(found); err != nil {
		return e, err
	}
	e.Programme, e.Person, e.At = g.Programme.ID, by.Person, now
	return e, nil
}

// open refuses to answer what is answered, or has no document to answer to.
func (e Evaluation) open() error {
	switch {
	case e.Answered != nil:
		return ErrEvaluated
	case !e.File:
		return ErrNoEvaluationFile
	}
	return nil
}

// Respond is the management response: an answer to each recommendation, all at once.
// What is not wholly accepted has a reason; what is accepted at all, an action and a day.
func (g ReportCase) Respond(by Actor, e Evaluation, answers []ManagementAnswer, now, today time.Time) (Evaluation, error) {
	if err := cmp.Or(g.Proposal.Reporting(by, Lead), e.open()); err != nil {
		return e, err
	}
	var found []problem.Problem
	if len(answers) != len(e.Recommendations) {
		found = append(found, ErrRequired.At("/answers"))
	}
	e.Recommendations = slices.Clone(e.Recommendations)
	for i := range answers {
		a, at := answers[i], fmt.Sprintf("/answers/%d", i)
		a.Reason, a.Action = strings.TrimSpace(a.Reason), strings.TrimSpace(a.Action)
		found = append(found, bounded(a.Reason, at+"/reason", longestReason)...)
		found = append(found, bounded(a.Action, at+"/action", longestReason)...)
		switch a.Uptake {
		case FullyAccepted, PartlyAccepted, NotAccepted:
		case "":
			found = append(found, ErrRequired.At(at+"/uptake"))
			continue
		default:
			found = append(found, ErrUnknownWord.With("given", clip(string(a.Uptake))).At(at+"/uptake"))
			continue
		}
		if a.Uptake != FullyAccepted && a.Reason == "" {
			found = append(found, ErrRequired.At(at+"/reason"))
		}
		if a.Uptake != NotAccepted && a.Action == "" {
			found = append(found, ErrRequired.At(at+"/action"))
		}
		if a.Uptake != NotAccepted && a.Organisation != uuid.Nil && !slices.ContainsFunc(g.Programme.Shares, func(s GrantShare) bool { return s.Organisation == a.Organisation }) {
			found = append(found, ErrGrantStranger.With("organisation", a.Code).At(at+"/organisation"))
		}
		switch {
		case a.Uptake == NotAccepted:
			a.Due, a.Organisation = nil, uuid.Nil
		case a.Due == nil:
			found = append(found, ErrRequired.At(at+"/due_on"))
		case a.Due.Before(today):
			found = append(found, ErrPastDue.With("today", today).At(at+"/due_on"))
		}
		if i < len(e.Recommendations) {
			e.Recommendations[i].Answer = &a
		}
	}
	if err := problem.Join(found); err != nil {
		return e, err
	}
	e.Answered = &now
	return e, nil
}

// ErrPastDue refuses to promise something for a day that is over.
var ErrPastDue = problem.New(problem.Invalid, "day-is-over")
