package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrProgrammeState = problem.New(problem.Conflict, "programme-state")
	ErrNotItsAsker    = problem.New(problem.Denied, "asked-by-lead-or-convener")
	ErrAskedAlready   = problem.New(problem.Conflict, "change-asked-already")
	ErrChangeState    = problem.New(problem.Conflict, "change-settled")
	ErrChangeListed   = problem.New(problem.Conflict, "change-on-an-agenda")
	ErrForTheBody     = problem.New(problem.Conflict, "change-for-the-body")
	ErrMovesTooFar    = problem.New(problem.Conflict, "revision-moves-too-far")
	ErrOwnChange      = problem.New(problem.Denied, "recorded-by-its-asker")
	ErrForTheOffice   = problem.New(problem.Conflict, "change-for-the-secretariat")
	ErrProgrammeMoved = problem.New(problem.Conflict, "programme-changed-since")
	ErrLateExtension  = problem.New(problem.Conflict, "extension-asked-late")
	ErrEndNotLater    = problem.New(problem.Invalid, "end-not-later")
	ErrEndTooFar      = problem.New(problem.Invalid, "end-too-far")
)

// ChangeKind is what of a programme is to change.
type ChangeKind string

const (
	NoCostExtension ChangeKind = "no-cost-extension"
	CostExtension   ChangeKind = "cost-extension"
	BudgetRevision  ChangeKind = "budget-revision"
	Suspension      ChangeKind = "suspension"
	Resumption      ChangeKind = "resumption"
	Cancellation    ChangeKind = "cancellation"
)

// change is what the rules know of a kind: in which states it is asked for, what the
// step in the programme's life is called, and in which state it leaves the programme
// ("" as it was).
type change struct {
	kind ChangeKind
	from []ProgrammeState
	step string
	to   ProgrammeState
	days bool // it may move the end
	plan bool // it brings a new plan
}

var changes = []change{
	{NoCostExtension, []ProgrammeState{ProgrammeActive, ProgrammeSuspended}, "extend", "", true, false},
	{CostExtension, []ProgrammeState{ProgrammeActive}, "extend-with-cost", "", true, true},
	{BudgetRevision, []ProgrammeState{ProgrammeApproved, ProgrammeActive, ProgrammeSuspended}, "revise", "", false, true},
	{Suspension, []ProgrammeState{ProgrammeApproved, ProgrammeActive}, "suspend", ProgrammeSuspended, false, false},
	{Resumption, []ProgrammeState{ProgrammeSuspended}, "resume", ProgrammeActive, false, false},
	{Cancellation, []ProgrammeState{ProgrammeApproved, ProgrammeActive, ProgrammeSuspended}, "cancel", ProgrammeCancelled, false, false},
}

func (k ChangeKind) rules() (change, bool) {
	n := slices.IndexFunc(changes, func(c change) bool { return c.kind == k })
	if n < 0 {
		return change{}, false
	}
	return changes[n], true
}

// ChangeState is how far a request for a change is. It leaves "asked" once.
type ChangeState string

const (
	ChangeAsked     ChangeState = "asked"
	ChangeAdopted   ChangeState = "adopted"     // by the body, and done
	ChangeRecorded  ChangeState = "recorded"    // by the secretariat, and done: no line moved far
	ChangeRefused   ChangeState = "not-adopted" // by the body
	ChangeWithdrawn ChangeState = "withdrawn"
)

// ChangeRequest asks for a change of a programme.
type ChangeRequest struct {
	ID             uuid.UUID
	Ref            string // "JP-2026-001/R2"
	Programme      uuid.UUID
	N              int // counts within the programme
	Kind           ChangeKind
	State          ChangeState
	Reason         string
	Language       string     // of the reason
	EndsOn         *time.Time // asked for; a day
	Before, After  Plan       // of a change of the plan
	Beyond         bool       // since the body last decided, a line or a share moves further than the charter leaves to the secretariat
	Drift          []Moved    // of a revision: what it makes, or made when it was settled, of the plan that the body had last decided
	Late           bool       // asked with less notice than the charter wants
	Person         uuid.UUID
	Organisation   uuid.UUID
	At             time.Time
	CharterVersion int
	Version        int
}

// Ask makes a request of what x says: its kind, its reason, the new end and the new
// plan. All that is wrong with it is said at once.
func (g ProgrammeCase) Ask(by Actor, c charter.Charter, x ChangeRequest, now, today time.Time) (ChangeRequest, error) {
	if err := g.askedBy(by); err != nil {
		return x, err
	}
	if err := g.open(x.Kind); err != nil {
		return x, err
	}
	k, _ := x.Kind.rules()
	found := written(x.Reason, "/reason", longestReason)
	if !slices.Contains(charter.Languages, x.Language) {
		found = append(found, ErrUnknownWord.With("given", clipped(x.Language)).At("/language"))
	}
	if k.days {
		found = append(found, g.extends(c, &x, today)...)
	} else {
		x.EndsOn = nil
	}
	if k.plan {
		found = append(found, g.replans(c, &x)...)
	} else {
		x.Before, x.After = Plan{}, Plan{}
	}
	if err := problem.Join(found); err != nil {
		return x, err
	}
	x.ID, x.Programme, x.State, x.Person, x.Organisation, x.At = uuid.New(), g.ID, ChangeAsked, by.Person, by.Hat.Organisation, now
	x.CharterVersion, x.Version = c.Version, 1
	return x, nil
}

// extends judges a new end: later than the old one, no further than the charter's
// longest programme, and asked in time. More money may be asked for within the time.
func (g ProgrammeCase) extends(c charter.Charter, x *ChangeRequest, today time.Time) (found []problem.Problem) {
	if x.EndsOn == nil && x.Kind == NoCostExtension {
		return []problem.Problem{ErrRequired.At("/ends_on")}
	}
	if x.EndsOn != nil {
		last := AddMonths(*g.StartsOn, c.Proposals.MaximumMonths.Value).AddDate(0, 0, -1)
		switch {
		case !x.EndsOn.After(*g.EndsOn):
			found = append(found, ErrEndNotLater.With("day", *x.EndsOn, "ends", *g.EndsOn).At("/ends_on"))
		case x.EndsOn.After(last):
			found = append(found, ErrEndTooFar.With("day", *x.EndsOn, "last", last, "months", c.Proposals.MaximumMonths.Value).At("/ends_on"))
		}
	}
	until := AddMonths(*g.EndsOn, -c.Reporting.ExtensionNoticeMonths.Value)
	if x.Late = today.After(until); x.Late && c.Reporting.LateExtensions.Value == charter.LateRefused {
		found = append(found, ErrLateExtension.With("until", until, "months", c.Reporting.ExtensionNoticeMonths.Value, "ends", *g.EndsOn))
	}
	return found
}

// AddMonths is the day so many months later, or the last of that month where it is
// shorter: a month after 31 January is the end of February.
func AddMonths(day time.Time, n int) time.Time {
	y, m, d := day.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(d, first.AddDate(0, 1, -1).Day())-1)
}

// fits refuses a request that the programme has moved away from since it was made.
func (x ChangeRequest) fits(g ProgrammeCase) error {
	k, _ := x.Kind.rules()
	switch {
	case x.State != ChangeAsked:
		return ErrChangeState.With("ref", x.Ref, "state", string(x.State))
	case !slices.Contains(k.from, g.State):
		return ErrProgrammeState.With("programme", g.Code, "state", string(g.State))
	case k.plan && !x.Before.equal(g.Plan):
		return ErrProgrammeMoved.With("ref", x.Ref)
	case x.EndsOn != nil && !x.EndsOn.After(*g.EndsOn):
		return ErrEndNotLater.With("day", *x.EndsOn, "ends", *g.EndsOn)
	}
	return problem.Join(x.After.sent(g))
}

// ForTheBody tells whether the body decides; else the secretariat records it.
func (x ChangeRequest) ForTheBody() bool { return x.Kind != BudgetRevision || x.Beyond }

// WaitsFor is who moves the request on: "secretariat", who puts it on an agenda or
// records it, or "body", where it is on one; "" for nobody.
func (x ChangeRequest) WaitsFor(listed bool) string {
	switch {
	case x.State != ChangeAsked:
		return ""
	case listed:
		return "body"
	}
	return string(Secretariat)
}

// Measure says how far a revision goes from what the body last decided, or went when it
// was settled. What the secretariat recorded since counts with it: else the charter's
// share could be taken again and again, a slice at a time.
func (x *ChangeRequest) Measure(g ProgrammeCase, c charter.Charter) {
	if x.Kind != BudgetRevision || x.State == ChangeWithdrawn {
		return
	}
	if fixed, settled := g.Decided[x.ID]; settled {
		x.Drift = x.After.Since(fixed, c)
		return
	}
	x.Drift = x.After.Since(g.Fixed, c)
	x.Beyond = slices.ContainsFunc(x.Drift, func(m Moved) bool { return m.Beyond })
}

// Record is the secretariat's act on a request that needs no decision of the body; two
// persons answer for it, whatever hats they wear, the second with no hand in the proposal.
func (x ChangeRequest) Record(g ProgrammeCase, by Actor) (ChangeRequest, error) {
	if err := x.fits(g); err != nil {
		return x, err
	}
	switch {
	case x.Kind != BudgetRevision:
		return x, ErrForTheBody.With("ref", x.Ref)
	case x.Beyond:
		return x, x.tooFar(g)
	case x.Person == by.Person:
		return x, ErrOwnChange.With("ref", x.Ref)
	}
	if err := g.Of.apart(by); err != nil {
		return x, err
	}
	return x.settled(ChangeRecorded), nil
}

// tooFar refuses to record a revision, with each share and line that moves too far.
func (x ChangeRequest) tooFar(g ProgrammeCase) error {
	var found []problem.Problem
	for _, m := range x.Drift {
		if m.Beyond {
			of := m.Line
			if of == "" {
				of = g.code(m.Organisation)
			}
			found = append(found, ErrMovesTooFar.With("ref", x.Ref, "of", of, "decided", m.Before, "amount", m.After, "share", m.Share))
		}
	}
	return problem.Join(found)
}

// Withdraw takes a request back before anybody decides on it: who asked may, and
// whoever may ask. Listed tells that a meeting has it on its agenda.
func (x ChangeRequest) Withdraw(g ProgrammeCase, by Actor, listed bool) (ChangeRequest, error) {
	switch err := g.askedBy(by); {
	case err != nil:
		return x, err
	case x.State != ChangeAsked:
		return x, ErrChangeState.With("ref", x.Ref, "state", string(x.State))
	case listed:
		return x, ErrChangeListed.With("ref", x.Ref)
	}
	return x.settled(ChangeWithdrawn), nil
}

func (x ChangeRequest) settled(state ChangeState) ChangeRequest {
	x.State = state
	x.Version++
	return x
}

// May lists what by can do to the request now, as far as its rules go.
func (x ChangeRequest) May(g ProgrammeCase, by Actor, listed bool) []string {
	var may []string
	if _, err := x.Withdraw(g, by, listed); err == nil {
		may = append(may, "change.withdraw")
	}
	if _, err := x.Record(g, by); err == nil {
		may = append(may, "change.record")
	}
	if !listed && x.ForTheBody() && x.fits(g) == nil {
		may = append(may, "question.list")
	}
	return may
}

// Done is the step in the programme's life that the request asks for, once it is
// decided; a programme that had not started goes back to that.
func (x ChangeRequest) Done(p Programme, decision uuid.UUID, by Actor, now time.Time) ProgrammeStep {
	k, _ := x.Kind.rules()
	state := k.to
	switch {
	case state == "":
		state = p.State
	case state == ProgrammeActive && p.StartsOn == nil:
		state = ProgrammeApproved
	}
	step := p.Step(k.step, state, decision, "", by, now)
	if x.EndsOn != nil {
		step.EndsOn = x.EndsOn
	}
	return step
}

// change fits a question to the request it names: what is asked for is what is put.
func (q Question) change(c charter.Charter, x ChangeCase) (Question, error) {
	switch err := x.decidable(); {
	case err != nil:
		return Question{}, err
	case x.Listed:
		return Question{}, ErrChangeListed.With("ref", x.Ref).At("/change")
	}
	earmark := q.Earmark
	q.Proposal, q.ProposalVersion, q.Change, q.Waives, q.Earmark = uuid.Nil, 0, x.ID, uuid.Nil, ""
	q.Amount, q.Shares = x.After.less(x.Before, c.Fund.Currency.Value.Currency)
	if !q.Amount.IsPositive() {
		q.Shares = nil
		return q, nil
	}
	if earmark != "" && (earmark != x.Programme.Area || c.Allocation.Earmark.Value == charter.NoEarmarks) {
		return Question{}, ErrGrantEarmark.With("earmark", clipped(earmark), "area", x.Programme.Area).At("/earmark")
	}
	q.Earmark = earmark
	return q, nil
}
