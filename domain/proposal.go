package domain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrProposalStage = problem.New(problem.Conflict, "wrong-stage")
	ErrNotInCall     = problem.New(problem.Invalid, "area-not-in-call")
	ErrOtherArea     = problem.New(problem.Invalid, "objective-of-another-area")
	ErrBelowMinimum  = problem.New(problem.Invalid, "amount-below-minimum")
	ErrAboveMaximum  = problem.New(problem.Invalid, "amount-above-maximum")
	ErrNotAState     = problem.New(problem.Invalid, "not-a-state")
	ErrNotUN         = problem.New(problem.Invalid, "not-a-un-organisation")
	ErrShareTwice    = problem.New(problem.Invalid, "organisation-named-twice")
	ErrNotEndorsed   = problem.New(problem.Conflict, "not-endorsed")
)

// Stage is where a proposal stands.
type Stage string

const (
	Draft      Stage = "draft"
	Submitted  Stage = "submitted"
	Returned   Stage = "returned" // by screening, with what to mend; may be changed and submitted again
	Ineligible Stage = "ineligible"
	Eligible   Stage = "eligible" // screened, and open to scores and to the body
	Approved   Stage = "approved"
	Declined   Stage = "declined"
	Withdrawn  Stage = "withdrawn"
)

var stages = []Stage{Draft, Submitted, Returned, Ineligible, Eligible, Approved, Declined, Withdrawn}

// Known tells whether s is a stage at all.
func (s Stage) Known() bool { return slices.Contains(stages, s) }

// Phase is what a proposal is written as: where the call runs in two stages a concept
// note, then, when the body selects it, a joint programme document; in one stage that
// from the first.
type Phase string

const (
	Concept  Phase = "concept"
	Document Phase = "document"
)

// Proposal is a concept note or a joint programme document: whose it is, what it says now, and what was
// submitted. Submitter, owner state and endorser are separate facts.
type Proposal struct {
	ID           uuid.UUID
	Ref          string // "P-2026-014"
	Call         uuid.UUID
	CallRef      string
	Organisation uuid.UUID // who submits
	Team         Team      // who works on it
	// Kin tells which organisations are one by now.
	Kin Kin
	// Aside are the kinds of interest that every item about it has on record of an
	// organisation, each dismissed.
	Aside map[uuid.UUID][]charter.InterestKind
	Hands Hands // who does or did, handed it in or appealed for it: they do not judge it
	Content
	Eligibility    []EligibilityAnswer // given before it was begun
	Phase          Phase
	Form           int // version of the phase's form under which it was begun
	Stage          Stage
	Submission     int  // the newest frozen version; 0 before the first
	Advised        bool // whom it was loaded for is asked for advice on what was submitted last
	AssessedFrom   int  // scores of this submission or a later one are about what the newest says
	SubmittedAt    *time.Time
	CharterVersion int // the call's
	Version        int
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Submission is a version of a proposal as it was handed in: the very bytes, their
// SHA-256, and the receipt. Scores and decisions name it.
type Submission struct {
	N       int
	Content []byte
	Hash    []byte
	Receipt string // "CALL-2026-01/P-2026-014/1"
	Late    bool   // taken after the call closed, where the charter flags instead of refusing
	At      time.Time
	Behalf  *Behalf // where the secretariat handed it in for the applicant
}

// Case is what a proposal is judged by, beside what it says itself.
type Case struct {
	Call          Call
	Charter       charter.Charter
	Kinds         map[uuid.UUID]string // of the organisations that the content names
	Codes         map[uuid.UUID]string // what people call them
	Merged        map[uuid.UUID]string // names of those among them that are another's other name by now
	Endorsements  []Endorsement
	SignOffs      []SignOff
	Confirmations []Confirmation
	Verdicts      Verdicts
	Attachments   []Attachment    // those that stand
	Answered      map[string]bool // the call's questions of eligibility, by key, of who begins
	Others        []OtherEntry    // of the same owner states in the call, where the call limits those
	Screening     *Screening      // the latest finding, with its points
	Returned      *time.Time      // when it was last given back to be written on: to be mended, or as a document
}

// ProposalRef names the n-th proposal of a year.
func ProposalRef(year int, n int64) string { return fmt.Sprintf("P-%d-%03d", year, n) }

// Begin makes a draft in a call that takes entries, for the organisation under
// whose hat it is begun, once the answers to the call's questions qualify it. The ref is given when it is kept.
func Begin(id uuid.UUID, by Actor, g Case, c Content, at time.Time) (Proposal, error) {
	if _, err := g.Call.Takes(at, g.Charter); err != nil {
		return Proposal{}, err
	}
	answers, err := g.Call.Qualify(g.Answered)
	if err != nil {
		return Proposal{}, err
	}
	if c, err = c.tidy(g.Kinds); err != nil {
		return Proposal{}, err
	}
	p := Proposal{ID: id, Eligibility: answers, Call: g.Call.ID, CallRef: g.Call.Ref, Organisation: by.Hat.Organisation, Content: c,
		Stage: Draft, CharterVersion: g.Call.CharterVersion, Version: 1, CreatedAt: at, UpdatedAt: at}
	p.Phase, p.Form = g.Call.Begins()
	p.Content, err = p.answered(c)
	return p, err
}

// Entering tells whether the proposal is yet to be handed in for the first time: that
// is what the call's deadline is for. A joint programme document that follows a
// selected note, and what was given back, come after it.
func (p Proposal) Entering() bool { return p.Stage == Draft && p.Submission == 0 }

// Insider tells whether somebody sees a proposal before it is submitted, and while
// it is being mended: the submitter's people and the team, the owner states' focal
// points, the auditor.
func (p Proposal) Insider(by Actor) bool {
	switch by.Hat.Role {
	case Applicant:
		return p.colleague(by.Hat) || p.Team.Of(by) != ""
	case FocalPoint:
		return by.Hat.Organisation != uuid.Nil && slices.Contains(p.States(), by.Hat.Organisation)
	}
	return by.Hat.Role == Auditor
}

// Reaches refuses, as missing, a proposal out of the actor's reach. Whoever is no
// insider sees what was submitted and nothing else.
func (p Proposal) Reaches(by Actor) error {
	if p.Insider(by) || by.Scope == Any && p.Submission > 0 || by.Hat.Role == Expert && p.Advised {
		return nil
	}
	return ErrMissing
}

// Editable refuses a change of what was handed in and not given back.
func (p Proposal) Editable() error { return p.in(Draft, Returned) }

func (p Proposal) in(stages ...Stage) error {
	if slices.Contains(stages, p.Stage) {
		return nil
	}
	return ErrProposalStage.With("stage", string(p.Stage), "ref", p.Ref)
}

// Save takes new content for what is not, or no longer, handed in. It may be
// incomplete: a draft is judged when it is submitted. An endorsement of other
// content does not count for it.
func (p *Proposal) Save(c Content, kinds map[uuid.UUID]string, at time.Time) error {
	if err := p.Editable(); err != nil {
		return err
	}
	c, err := c.tidy(kinds)
	if err != nil {
		return err
	}
	if c, err = p.answered(c); err != nil {
		return err
	}
	p.Content, p.UpdatedAt = c, at
	return nil
}

// Submit freezes the content as the next version, or says everything that stands
// in the way at once. The deadline holds for the first version: what screening
// gave back may be mended and submitted again while it is in that stage.
func (p *Proposal) Submit(g Case, at time.Time) (Submission, error) {
	if err := p.Editable(); err != nil {
		return Submission{}, err
	}
	late := false
	if p.Entering() {
		var err error
		if late, err = g.Call.Takes(at, g.Charter); err != nil {
			return Submission{}, err
		}
	}
	if err := problem.Join(p.lacks(g, at)); err != nil {
		return Submission{}, err
	}
	if due := p.Due(g); due != nil && !at.Before(*due) {
		late = true
	}
	p.Stage, p.UpdatedAt, p.SubmittedAt = Submitted, at, &at
	p.Submission++
	bytes, hash := p.canonical(g.Attachments...)
	return Submission{N: p.Submission, Content: bytes, Hash: hash, Late: late, At: at,
		Receipt: fmt.Sprintf("%s/%s/%d", g.Call.Ref, p.Ref, p.Submission)}, nil
}

// Due is the instant before which what was given back, to be mended or to be written as a
// document, is handed in again; nil for what is not, or where the charter knows none. What
// comes later is taken, and its receipt says that it is late.
func (p Proposal) Due(g Case) *time.Time {
	days := g.Charter.Screening.MendingDays.Value
	if p.Stage == Draft {
		days = g.Charter.Screening.DocumentDays.Value
	}
	if p.Editable() != nil || p.Entering() || g.Returned == nil || days == 0 {
		return nil
	}
	due := g.Charter.Begins(g.Charter.Day(*g.Returned).AddDate(0, 0, days+1))
	return &due
}

// Lacks lists everything for which a submission would be refused now; nothing for
// what is not being written.
func (p Proposal) Lacks(g Case, at time.Time) []problem.Problem {
	if p.Editable() != nil {
		return nil
	}
	found := p.lacks(g, at)
	if p.Entering() {
		if _, err := g.Call.Takes(at, g.Charter); err != nil {
			var shut problem.Problem
			if errors.As(err, &shut) {
				found = append([]problem.Problem{shut}, found...)
			}
		}
	}
	return found
}

// lacks lists what a draft still needs before it can be submitted.
func (p Proposal) lacks(g Case, at time.Time) []problem.Problem {
	found := append(p.Content.lacks(g), p.lacksAnswers(g, at)...)
	if p.Phase == Document && len(p.Budget) == 0 {
		found = append(found, ErrRequired.At("/budget"))
	}
	rules := g.Charter.Proposals
	if rules.EndorsementRequired.Value && p.State != uuid.Nil && !p.EndorsedBy(rules, g.Endorsements) {
		found = append(found, ErrNotEndorsed.At("/state"))
	}
	if rules.SignedOff.Value && !p.SignedOff(g.SignOffs) {
		found = append(found, ErrNotSignedOff.At("/state"))
	}
	if rules.PartsConfirmed.Value {
		found = append(found, p.unconfirmed(g.Confirmations)...)
	}
	if g.Screening != nil {
		found = append(found, p.openPoints(g.Screening.Points)...)
	}
	return append(found, lacksFiles(g)...)
}

// Withdraw takes a proposal back before it is decided on. What was submitted stays
// on record.
func (p *Proposal) Withdraw(at time.Time) error {
	if err := p.in(Draft, Submitted, Returned, Eligible); err != nil {
		return err
	}
	p.Stage, p.UpdatedAt = Withdrawn, at
	return nil
}

// May lists the acts that a person under this hat can do to the proposal now, by
// the same rules as the acts themselves. Seats are those her organisation holds.
func (p Proposal) May(by Actor, g Case, seats []Seating, at time.Time) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	switch by.Hat.Role {
	case Applicant:
		copied := p
		_, err := copied.Submit(g, at)
		can("proposal.save", cmp.Or(p.Budgeted(by), p.Editable()))
		can("proposal.submit", cmp.Or(p.Led(by), err))
		copied = p
		can("proposal.withdraw", cmp.Or(p.Led(by), copied.Withdraw(at)))
	case FocalPoint:
		_, err := p.Endorse(by, g.Endorsements, "", at)
		can("proposal.endorse", err)
	case Secretariat:
		can("proposal.decline", p.declinable(by, g.Verdicts))
		can("proposal.reopen", p.reopenable(by, g.Verdicts))
	case Member:
		_, err := p.assessor(by, seats, g.Charter)
		can("score.submit", err)
	}
	return append(may, p.MayScreening(by, g.Screening, g.Charter, at)...)
}
