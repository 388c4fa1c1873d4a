package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrConditionOpen refuses to move money over a condition that holds it. It names
	// the condition and what it says; several come joined.
	ErrConditionOpen = problem.New(problem.Conflict, "condition-open")
	// ErrConditionState refuses an act on a condition that is not where it would have to be.
	ErrConditionState = problem.New(problem.Conflict, "condition-state")
	// ErrNoPlaceForConditions refuses conditions on what becomes of no programme.
	ErrNoPlaceForConditions = problem.New(problem.Invalid, "conditions-without-programme")
	// ErrConditionOfOthers refuses to fulfil what others have to. It names who has to.
	ErrConditionOfOthers = problem.New(problem.Denied, "condition-of-others")
	// ErrOwnClaim refuses to confirm what one claimed oneself.
	ErrOwnClaim = problem.New(problem.Denied, "confirmed-by-its-claimant")
	// ErrWaiverListed refuses a second question about one waiver.
	ErrWaiverListed = problem.New(problem.Conflict, "waiver-on-an-agenda")
)

const mostConditions = 30

// ConditionDue is until when a condition has to be fulfilled.
type ConditionDue string

const (
	DueOnADay     ConditionDue = "day"
	DueBeforeAny  ConditionDue = "first-transfer" // before the programme is paid anything
	DueBeforeMore ConditionDue = "later-transfer" // before an organisation is paid again
)

// ConditionState is how far a condition is. It follows from its last step.
type ConditionState string

const (
	ConditionOpen      ConditionState = "open"
	ConditionClaimed   ConditionState = "claimed" // said to be fulfilled, and not yet confirmed
	ConditionFulfilled ConditionState = "fulfilled"
	ConditionWaived    ConditionState = "waived" // by a later decision of the body
)

// ConditionTerms are what the body asks for when it decides: the terms of a condition.
type ConditionTerms struct {
	Text         string
	Organisation uuid.UUID // that has to fulfil it, one with a share; Nil is whoever convenes
	Code         string    // of the organisation
	Due          ConditionDue
	DueOn        *time.Time // a day, where it is due on one
	Blocking     bool       // no money moves while it is open past its time
}

// Condition is what a decision asks of a programme beside granting to it.
type Condition struct {
	ID            uuid.UUID
	Programme     uuid.UUID
	ProgrammeCode string
	N             int // counts within the programme
	Decision      uuid.UUID
	ConditionTerms
	Language string // of the text: the decision's
	At       time.Time
	Steps    []ConditionStep // oldest first
}

// ConditionStep is something that happened to a condition. None is ever taken back.
type ConditionStep struct {
	N        int
	Name     string // "claim", "return", "confirm", "waive"
	Text     string
	Language string
	Decision uuid.UUID // of a waiver
	Person   uuid.UUID
	At       time.Time
}

// Ref is what people call a condition: "JP-2026-001/C1".
func (c Condition) Ref() string { return fmt.Sprintf("%s/C%d", c.ProgrammeCode, c.N) }

// Version counts what happened to it.
func (c Condition) Version() int { return len(c.Steps) + 1 }

// State follows from the last step.
func (c Condition) State() ConditionState {
	if len(c.Steps) == 0 {
		return ConditionOpen
	}
	switch c.Steps[len(c.Steps)-1].Name {
	case "claim":
		return ConditionClaimed
	case "confirm":
		return ConditionFulfilled
	case "waive":
		return ConditionWaived
	}
	return ConditionOpen
}

// Open tells whether it is neither fulfilled nor waived: what is only claimed is open.
func (c Condition) Open() bool { return c.State() == ConditionOpen || c.State() == ConditionClaimed }

// Overdue tells whether its day is over and it is open.
func (c Condition) Overdue(today time.Time) bool {
	return c.Open() && c.DueOn != nil && today.After(*c.DueOn)
}

// Holds tells whether it keeps money from moving: open, blocking, and its time come.
// One that is due before the first transfer holds every transfer of the programme,
// one that is due before a later tranche each that is not an organisation's first, and
// one with a day those asked for or released after that day.
func (c Condition) Holds(first bool, today time.Time) bool {
	if !c.Blocking || !c.Open() {
		return false
	}
	switch c.Due {
	case DueBeforeMore:
		return !first
	case DueOnADay:
		return c.Overdue(today)
	}
	return true
}

// brief is what the condition asks, in one line.
func (c Condition) brief() string {
	if r := []rune(strings.Join(strings.Fields(c.Text), " ")); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return strings.Join(strings.Fields(c.Text), " ")
}

// Holding refuses a transfer that conditions hold, naming each.
func Holding(conditions []Condition, first bool, today time.Time) (found []problem.Problem) {
	for _, c := range conditions {
		if c.Holds(first, today) {
			found = append(found, ErrConditionOpen.With("ref", c.Ref(), "text", c.brief()))
		}
	}
	return found
}

// conditioned judges the conditions that a question puts: only what becomes of a
// programme has any, and who has to fulfil one takes part in it.
func (q Question) conditioned(programme bool, shares []GrantShare) (Question, error) {
	var found []problem.Problem
	switch {
	case len(q.Conditions) > 0 && !programme:
		return q, ErrNoPlaceForConditions.At("/conditions")
	case len(q.Conditions) > mostConditions:
		return q, ErrTooMuch.With("limit", mostConditions).At("/conditions")
	}
	q.Conditions = slices.Clone(q.Conditions)
	for i := range q.Conditions {
		c, at := &q.Conditions[i], fmt.Sprintf("/conditions/%d", i)
		c.Text = strings.TrimSpace(c.Text)
		found = append(found, written(c.Text, at+"/text", longestReason)...)
		if s := slices.IndexFunc(shares, func(s GrantShare) bool { return s.Organisation == c.Organisation }); s >= 0 {
			c.Code = shares[s].Code
		} else if c.Organisation != uuid.Nil {
			found = append(found, ErrGrantStranger.With("organisation", clipped(c.Code)).At(at+"/organisation"))
		}
		switch {
		case c.Due == DueOnADay && c.DueOn == nil:
			found = append(found, ErrRequired.At(at+"/due_on"))
		case c.Due == DueOnADay:
		case c.Due == DueBeforeAny || c.Due == DueBeforeMore:
			c.DueOn = nil
		case c.Due == "":
			found = append(found, ErrRequired.At(at+"/due"))
		default:
			found = append(found, ErrUnknownWord.With("given", clipped(string(c.Due))).At(at+"/due"))
		}
	}
	return q, problem.Join(found)
}

// Impose makes a programme's conditions of those that a decision was adopted with;
// after is how many the programme has already.
func (d Decision) Impose(p Programme, after int) []Condition {
	var list []Condition
	for i, terms := range d.Conditions {
		list = append(list, Condition{ID: uuid.New(), Programme: p.ID, ProgrammeCode: p.Code, N: after + i + 1, Decision: d.ID,
			ConditionTerms: terms, Language: d.Language, At: d.AdoptedAt})
	}
	return list
}

// recordTerms is what a decision's record says of its conditions.
func recordTerms(list []ConditionTerms) []any {
	out := []any{}
	for _, c := range list {
		r := map[string]any{"text": c.Text, "organisation": c.Code, "due": c.Due, "blocking": c.Blocking}
		if c.DueOn != nil {
			r["due_on"] = c.DueOn.Format(time.DateOnly)
		}
		out = append(out, r)
	}
	return out
}

// owes refuses who has not to fulfil the condition: that is the organisation named, or
// the convening one, by its applicants or its finance focal points, and the lead and
// the editors of the programme's team.
func (c Condition) owes(g ProgrammeCase, by Actor) error {
	debtor := cmp.Or(c.Organisation, g.Convener())
	switch {
	case by.Hat.Role != Applicant && by.Hat.Role != PUNO:
	case by.Hat.Organisation == debtor && debtor != uuid.Nil:
		return nil
	case by.Hat.Role == Applicant && g.Of.Insider(by):
		return g.Of.Reporting(by, Lead, Editor)
	}
	return ErrConditionOfOthers.With("ref", c.Ref(), "organisation", cmp.Or(c.Code, g.Codes[debtor]))
}

func (c Condition) in(states ...ConditionState) error {
	if slices.Contains(states, c.State()) {
		return nil
	}
	return ErrConditionState.With("ref", c.Ref(), "state", string(c.State()))
}

// step is the next thing that happens to the condition.
func (c Condition) step(name, text, language string, by Actor, now time.Time) ConditionStep {
	return ConditionStep{N: len(c.Steps) + 1, Name: name, Text: strings.TrimSpace(text), Language: language, Person: by.Person, At: now}
}

// Claim says that the condition is fulfilled, and how; files come beside it.
func (c Condition) Claim(g ProgrammeCase, by Actor, text, language string, files []Attachment, now time.Time) (ConditionStep, error) {
	if err := cmp.Or(c.owes(g, by), c.in(ConditionOpen)); err != nil {
		return ConditionStep{}, err
	}
	if g.State == ProgrammeCancelled || g.State == ProgrammeClosed {
		return ConditionStep{}, ErrProgrammeState.With("programme", g.Code, "state", string(g.State))
	}
	found := append(append(written(text, "/text", longestReason), spoken(language, "/language")...), unfinished(files)...)
	return c.step("claim", text, language, by, now), problem.Join(found)
}

// Confirm is the secretariat's word that what was claimed is so. It takes another
// person than the one who claimed it, or worked on the proposal, whatever hats they wear.
func (c Condition) Confirm(g ProgrammeCase, by Actor, remark, language string, now time.Time) (ConditionStep, error) {
	if err := cmp.Or(c.in(ConditionClaimed), c.another(g, by)); err != nil {
		return ConditionStep{}, err
	}
	return c.step("confirm", remark, language, by, now), problem.Join(append(bounded(remark, "/text", longestReason), spoken(language, "/language")...))
}

// Return gives a claim back, with the reason why it does not fulfil the condition.
func (c Condition) Return(g ProgrammeCase, by Actor, reason, language string, now time.Time) (ConditionStep, error) {
	if err := cmp.Or(c.in(ConditionClaimed), c.another(g, by)); err != nil {
		return ConditionStep{}, err
	}
	return c.step("return", reason, language, by, now), problem.Join(append(written(reason, "/text", longestReason), spoken(language, "/language")...))
}

func (c Condition) another(g ProgrammeCase, by Actor) error {
	if n := len(c.Steps); n > 0 && c.Steps[n-1].Person == by.Person {
		return ErrOwnClaim.With("ref", c.Ref())
	}
	return g.Of.apart(by)
}

// Reads tells whether somebody reads what was claimed and answered, beyond how far the
// condition is, which is everybody's to know.
func (g ProgrammeCase) Reads(by Actor) bool {
	switch by.Hat.Role {
	case Auditor, AgentPreparer, AgentReleaser:
		return true
	}
	return g.Of.SeesReports(by) != ReportAccepted
}

// May lists what by can do to the condition now, as far as its rules go.
func (c Condition) May(g ProgrammeCase, by Actor, listed bool, now time.Time) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	_, err := c.Claim(g, by, "-", charter.Languages[0], nil, now)
	can("condition.claim", err)
	if by.Hat.Role == Secretariat {
		_, err = c.Return(g, by, "-", charter.Languages[0], now)
		can("condition.find", err)
		if c.Open() && !listed {
			may = append(may, "question.list") // whether to do without it
		}
	}
	return may
}

// RemindOn tells whether somebody is reminded of a condition with a day, as of a report.
func (c Condition) RemindOn(day time.Time, rules charter.Reporting) bool {
	return c.State() == ConditionOpen && c.DueOn != nil && ReportDue{Due: *c.DueOn}.RemindOn(day, rules)
}

// WaiverCase is a condition that the body is asked to do without.
type WaiverCase struct {
	Condition
	Of     ProgrammeCase
	Listed bool // another question is about it
}

// decidable refuses to waive what is fulfilled, or waived already.
func (w WaiverCase) decidable() error { return w.in(ConditionOpen, ConditionClaimed) }

// Waived is the step that adopting the question takes.
func (w WaiverCase) Waived(by Actor, d Decision, now time.Time) ConditionStep {
	s := w.step("waive", "", "", by, now)
	s.Decision = d.ID
	return s
}

// waives fits a question to the condition that it is to do away with; no money goes with it.
func (q Question) waives(c charter.Charter, w WaiverCase) (Question, error) {
	switch err := w.decidable(); {
	case err != nil:
		return Question{}, err
	case w.Listed:
		return Question{}, ErrWaiverListed.With("ref", w.Ref()).At("/waives")
	}
	q.Waives, q.Change, q.Proposal, q.ProposalVersion = w.ID, uuid.Nil, uuid.Nil, 0
	return q.moneyless(c)
}
