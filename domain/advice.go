package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Refusals about technical advice.
var (
	ErrAdviceStake  = problem.New(problem.Conflict, "adviser-has-a-stake") // of the proposal, or on record
	ErrNoExpert     = problem.New(problem.Conflict, "no-expert-there")     // nobody of the organisation could read it
	ErrAdviceTwice  = problem.New(problem.Conflict, "advice-asked-already")
	ErrAdviceSoon   = problem.New(problem.Invalid, "advice-due-too-soon")
	ErrAdviceClosed = problem.New(problem.Conflict, "advice-not-waiting") // given, declined, withdrawn, or of an earlier version
)

// AdviceWord is an adviser's word in short. It is shown, and never counted.
type AdviceWord string

const (
	NoRecommendation   AdviceWord = ""
	Advise             AdviceWord = "advise"
	AdviseWithReserves AdviceWord = "with-reservations"
	AdviseAgainst      AdviceWord = "against"
)

var recommendations = []AdviceWord{NoRecommendation, Advise, AdviseWithReserves, AdviseAgainst}

// OutcomeKind is what became of a request for advice.
type OutcomeKind string

const (
	AdviceGiven     OutcomeKind = "given"
	AdviceDeclined  OutcomeKind = "declined"  // by who was asked
	AdviceWithdrawn OutcomeKind = "withdrawn" // by who asked
)

// Bounds; no rules of the fund.
const (
	longestAdvice  = 20000 // characters
	furthestAdvice = 366   // days ahead
)

// AdviceRequest is what the secretariat asks of an organisation's experts, or of
// one of them by name, about one submitted version.
type AdviceRequest struct {
	ID           uuid.UUID
	Proposal     uuid.UUID
	Version      int
	Number       int // within the proposal
	Organisation uuid.UUID
	Adviser      uuid.UUID // Nil where any expert of the organisation may answer
	Objectives   []int     // of the proposal, on which the charter says that the organisation leads
	Language     string
	Text         string
	Due          time.Time // the instant before which it is in time
	Person       uuid.UUID
	At           time.Time
	Outcome      *AdviceOutcome
}

// AdviceOutcome is the advice, or why there is none.
type AdviceOutcome struct {
	Kind           OutcomeKind
	Recommendation AdviceWord
	Language       string
	Text           string
	Person         uuid.UUID
	At             time.Time
}

// AdviceState is how a request stands.
type AdviceState string

const (
	AdviceWaits  AdviceState = "waiting"
	AdviceLapsed AdviceState = "lapsed" // nobody answered, and its version is no longer under review
)

// State is how the request stands on a proposal as it is submitted now.
func (r AdviceRequest) State(p Proposal) AdviceState {
	switch {
	case r.Outcome != nil:
		return AdviceState(r.Outcome.Kind)
	case r.Version != p.Submission || p.underReview() != nil:
		return AdviceLapsed
	}
	return AdviceWaits
}

// Late tells of advice that came when it was overdue, or has not come and is.
func (r AdviceRequest) Late(p Proposal, now time.Time) bool {
	if r.Outcome != nil {
		return r.Outcome.Kind == AdviceGiven && !r.Outcome.At.Before(r.Due)
	}
	return r.State(p) == AdviceWaits && !now.Before(r.Due)
}

// RemindOn tells whether the experts are asked again for the advice on a day.
func (r AdviceRequest) RemindOn(p Proposal, day time.Time, rules charter.Charter) bool {
	return r.State(p) == AdviceWaits && asksAgain(r.Due, day, rules)
}

// Addresses tells whether the request is by's to answer.
func (r AdviceRequest) Addresses(by Actor) bool {
	return by.Hat.Role == Expert && by.Hat.Organisation != uuid.Nil && by.Hat.Organisation == r.Organisation && (r.Adviser == uuid.Nil || r.Adviser == by.Person)
}

// AdvisingBody is an organisation that could be asked.
type AdvisingBody struct {
	Organisation uuid.UUID
	Code         string
	Called       []string               // what else it goes by: its short name, its other names
	People       []uuid.UUID            // who are its experts on the day
	Leads        []int                  // on objectives of the proposal, by the charter
	Stakes       []charter.InterestKind // that keep it from advising
	Asked        bool                   // about the version under review, and not declined or withdrawn
}

// Advising completes what is known of an organisation that could be asked: on what
// it leads, what keeps it from advising, whether it was asked.
func (p Proposal) Advising(of AdvisingBody, declared []charter.InterestKind, past []AdviceRequest, c charter.Charter) AdvisingBody {
	of.Leads, of.Stakes, of.Asked = p.leading(append([]string{of.Code}, of.Called...), c), p.AdviceStakes(of.Organisation, declared, c), p.askedAlready(of.Organisation, uuid.Nil, past)
	return of
}

// leading are the proposal's objectives on which the charter has an organisation
// lead, that it names by any of these: its code, its short name, another name of its.
func (p Proposal) leading(names []string, c charter.Charter) (objectives []int) {
	for _, o := range p.Objectives {
		named := func(lead string) bool { return slices.Contains(names, lead) }
		if slices.ContainsFunc(c.Screening.Leads(o), named) {
			objectives = append(objectives, o)
		}
	}
	return objectives
}

// askedAlready tells whether an organisation's experts, or the one, were asked about what
// is under review, and neither declined nor were let off.
func (p Proposal) askedAlready(organisation, person uuid.UUID, past []AdviceRequest) bool {
	return slices.ContainsFunc(past, func(r AdviceRequest) bool {
		return r.Organisation == organisation && (r.Adviser == uuid.Nil || r.Adviser == person || person == uuid.Nil) && r.Version == p.Submission &&
			(r.Outcome == nil || r.Outcome.Kind == AdviceGiven)
	})
}

// AdviceStakes are what keeps an organisation from advising: the stakes that would
// keep it from judging, of the facts or put on record on any agenda.
func (p Proposal) AdviceStakes(organisation uuid.UUID, declared []charter.InterestKind, c charter.Charter) []charter.InterestKind {
	return append(p.Recusals(organisation, c), Seating{Declared: declared}.Recusals(c)...)
}

// AdviceDue is the first day on which advice that is asked for at an instant can be
// due: the charter's days later.
func AdviceDue(c charter.Charter, at time.Time) time.Time {
	return c.Day(at).AddDate(0, 0, c.Screening.AdviceDays.Value)
}

// AskAdvice asks an organisation's experts, or one of them, about the submission
// under review, by the end of a day. Whoever works on the proposal is not asked by name.
func (p Proposal) AskAdvice(by Actor, of AdvisingBody, person uuid.UUID, language, text string, due time.Time, past []AdviceRequest, c charter.Charter, at time.Time) (AdviceRequest, error) {
	if err := p.mayAskAdvice(by); err != nil {
		return AdviceRequest{}, err
	}
	var found []problem.Problem
	works := p.Hands.Has(person)
	switch {
	case len(of.Stakes) > 0:
		found = append(found, ErrAdviceStake.With("organisation", of.Code, "reason", string(of.Stakes[0])).At("/organisation"))
	case len(of.People) == 0:
		found = append(found, ErrNoExpert.With("organisation", of.Code).At("/organisation"))
	case person != uuid.Nil && !slices.Contains(of.People, person):
		found = append(found, ErrNoExpert.With("organisation", of.Code).At("/person"))
	case person != uuid.Nil && works:
		found = append(found, ErrAdviceStake.With("organisation", of.Code, "reason", "").At("/person"))
	case p.askedAlready(of.Organisation, person, past):
		found = append(found, ErrAdviceTwice.With("organisation", of.Code).At("/organisation"))
	}
	least := AdviceDue(c, at)
	if due.Before(least) || due.After(c.Day(at).AddDate(0, 0, furthestAdvice)) {
		found = append(found, ErrAdviceSoon.With("least", least.Format(time.DateOnly), "days", c.Screening.AdviceDays.Value).At("/due"))
	}
	found = append(append(found, spoken(language, "/language")...), written(text, "/text", longestEnquiry)...)
	if err := problem.Join(found); err != nil {
		return AdviceRequest{}, err
	}
	return AdviceRequest{ID: uuid.New(), Proposal: p.ID, Version: p.Submission, Number: len(past) + 1, Organisation: of.Organisation, Adviser: person,
		Objectives: of.Leads, Language: language, Text: strings.TrimSpace(text), Due: c.Begins(due.AddDate(0, 0, 1)), Person: by.Person, At: at}, nil
}

func (p Proposal) mayAskAdvice(by Actor) error {
	if by.Hat.Role != Secretariat {
		return ErrForbidden
	}
	return p.underReview()
}

// MayAskAdvice lists what by can do now about advice as a whole.
func (p Proposal) MayAskAdvice(by Actor) []string {
	if p.mayAskAdvice(by) != nil {
		return nil
	}
	return []string{"advice.ask"}
}

// AdvisesOn tells whether by reads the submission for the sake of the request: it is
// under review, by was asked and did not decline, and has no stake in it.
func (p Proposal) AdvisesOn(by Actor, r AdviceRequest, stakes []charter.InterestKind) bool {
	given := r.Outcome != nil && r.Outcome.Kind == AdviceGiven && p.underReview() == nil && r.Version == p.Submission
	works := p.Hands.Has(by.Person)
	return r.Addresses(by) && (given || r.State(p) == AdviceWaits) && len(stakes) == 0 && !works
}

// mayAdvise refuses whoever was not asked, works on the proposal or has a stake in
// it by now, and what waits for nothing.
func (p Proposal) mayAdvise(by Actor, r AdviceRequest, stakes []charter.InterestKind) error {
	works := p.Hands.Has(by.Person)
	switch {
	case !r.Addresses(by):
		return ErrMissing
	case r.State(p) != AdviceWaits:
		return ErrAdviceClosed.With("ref", p.Ref, "version", r.Version)
	case len(stakes) > 0:
		return ErrAdviceStake.With("organisation", by.Hat.Code, "reason", string(stakes[0]))
	case works:
		return ErrAdviceStake.With("organisation", by.Hat.Code, "reason", "")
	}
	return nil
}

// GiveAdvice records the advice. It is given once; late, it says so.
func (p Proposal) GiveAdvice(by Actor, r AdviceRequest, stakes []charter.InterestKind, recommendation AdviceWord, language, text string, at time.Time) (AdviceOutcome, error) {
	if err := p.mayAdvise(by, r, stakes); err != nil {
		return AdviceOutcome{}, err
	}
	var found []problem.Problem
	if !slices.Contains(recommendations, recommendation) {
		found = append(found, ErrUnknownWord.With("given", clip(string(recommendation))).At("/recommendation"))
	}
	found = append(append(found, spoken(language, "/language")...), written(text, "/text", longestAdvice)...)
	return AdviceOutcome{AdviceGiven, recommendation, language, strings.TrimSpace(text), by.Person, at}, problem.Join(found)
}

// DeclineAdvice says why there is none: whoever was asked may, with a stake above all.
func (p Proposal) DeclineAdvice(by Actor, r AdviceRequest, language, reason string, at time.Time) (AdviceOutcome, error) {
	switch {
	case !r.Addresses(by):
		return AdviceOutcome{}, ErrMissing
	case r.State(p) != AdviceWaits:
		return AdviceOutcome{}, ErrAdviceClosed.With("ref", p.Ref, "version", r.Version)
	}
	return outcomeWithout(AdviceDeclined, by, language, reason, at)
}

// WithdrawAdvice takes the request back, by the secretariat.
func (p Proposal) WithdrawAdvice(by Actor, r AdviceRequest, language, reason string, at time.Time) (AdviceOutcome, error) {
	switch {
	case by.Hat.Role != Secretariat:
		return AdviceOutcome{}, ErrForbidden
	case r.State(p) != AdviceWaits:
		return AdviceOutcome{}, ErrAdviceClosed.With("ref", p.Ref, "version", r.Version)
	}
	return outcomeWithout(AdviceWithdrawn, by, language, reason, at)
}

func outcomeWithout(kind OutcomeKind, by Actor, language, reason string, at time.Time) (AdviceOutcome, error) {
	err := problem.Join(append(spoken(language, "/language"), written(reason, "/text", longestReason)...))
	return AdviceOutcome{kind, NoRecommendation, language, strings.TrimSpace(reason), by.Person, at}, err
}

// MayAdvice lists what by can do now with one request.
func (p Proposal) MayAdvice(by Actor, r AdviceRequest, stakes []charter.InterestKind) (may []string) {
	if r.State(p) != AdviceWaits {
		return nil
	}
	if p.mayAdvise(by, r, stakes) == nil {
		may = append(may, "advice.give")
	}
	if r.Addresses(by) {
		may = append(may, "advice.decline")
	}
	if by.Hat.Role == Secretariat {
		may = append(may, "advice.withdraw")
	}
	return may
}
