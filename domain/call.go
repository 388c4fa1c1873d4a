package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/form"
	"startupfund/domain/problem"
)

var (
	ErrCallNotOpen   = problem.New(problem.Conflict, "call-not-open")
	ErrCallClosed    = problem.New(problem.Conflict, "call-closed")
	ErrCallBackwards = problem.New(problem.Invalid, "call-closes-before-it-opens")
	ErrCallOver      = problem.New(problem.Invalid, "call-would-be-over")
	ErrCallAnnounced = problem.New(problem.Conflict, "call-announced")
	ErrCallDraft     = problem.New(problem.Conflict, "call-not-announced")
	ErrLateRefused   = problem.New(problem.Invalid, "late-entries-refused")
	ErrNotLater      = problem.New(problem.Invalid, "extension-not-later")
	ErrStateFull     = problem.New(problem.Conflict, "state-has-its-entries")
	ErrStateCeiling  = problem.New(problem.Invalid, "state-over-its-ceiling")
)

// Call invites concept notes for a time. It is open from OpensAt, included, to
// ClosesAt, excluded: what arrives at exactly the closing instant is late. It is
// drafted by the secretariat, who alone sees it until it is announced; from then
// on its conditions stand, and only the closing instant, answers and corrected
// words come after.
type Call struct {
	ID  uuid.UUID
	Ref string // "CALL-2026-01"
	Words
	OpensAt, ClosesAt time.Time // zero while a draft does not say
	QuestionsUntil    *time.Time
	Limits
	Areas          []string            // keys of thematic areas, in the charter's order
	Languages      []string            // in which an entry may be written
	Late           charter.LateEntries // what becomes of late entries; "" leaves the charter's
	Total          charter.Total       // what assessors' totals come to; "" leaves the charter's. See Sheet
	Stages         int                 // 1: entries are joint programme documents; 2: concept notes, and those selected write the document
	ConceptForm    int                 // versions of the forms on which its proposals are written; a draft begins with the newest. See Begins
	DocumentForm   int
	ScoringSheet   string // version of the charter's score sheet; with CharterVersion it names it
	CharterVersion int    // the rules under which its proposals are judged
	Version        int
	CreatedAt      time.Time
	AnnouncedAt    *time.Time   // nil of a draft
	Extensions     []Extension  // oldest first
	Corrections    []Correction // oldest first
}

// Extension moved a call's closing instant, for a reason that everyone sees.
type Extension struct {
	N      int
	Was    time.Time
	To     time.Time
	Reason string
	At     time.Time
}

// CallState is where a call stands at an instant.
type CallState string

const (
	CallDraft   CallState = "draft"
	CallPlanned CallState = "planned"
	CallOpen    CallState = "open"
	CallClosed  CallState = "closed"
)

// CallRef names the n-th call of a year.
func CallRef(year int, n int64) string { return fmt.Sprintf("CALL-%d-%02d", year, n) }

// Draw makes or replaces the draft of a call under the charter in force. It may be
// incomplete; what could not be kept is refused, each at its field.
func (c Call) Draw(as Call, ch charter.Charter) (Call, error) {
	if c.AnnouncedAt != nil {
		return c, ErrCallAnnounced.With("call", c.Ref)
	}
	as.ID, as.Ref, as.Version, as.CreatedAt = c.ID, c.Ref, c.Version, c.CreatedAt
	as.CharterVersion, as.ScoringSheet = ch.Version, fmt.Sprint(ch.Scoring.Sheet.Value)
	as.DocumentForm = cmp.Or(as.DocumentForm, c.DocumentForm, form.Newest(string(Document)))
	stages := map[charter.Stages]int{charter.OneStage: 1, charter.TwoStages: 2}[ch.Proposals.Stages.Value] // 0: as the call says
	if as.Stages == 0 {
		as.Stages = max(stages, 1)
	}
	as.ConceptForm = cmp.Or(as.ConceptForm, c.ConceptForm, form.Newest(string(Concept)))
	if as.Stages == 1 {
		as.ConceptForm = 0
	}
	if len(as.Languages) == 0 {
		for _, l := range ch.Proposals.Languages.Value {
			as.Languages = append(as.Languages, string(l))
		}
	}
	found := as.tidy(ch)
	if as.Stages < 1 || as.Stages > 2 || stages > 0 && as.Stages != stages {
		found = append(found, ErrUnknownWord.With("given", fmt.Sprint(as.Stages)).At("/stages"))
	}
	for field, v := range map[string]struct {
		phase   Phase
		version int
	}{"/concept_form": {Concept, as.ConceptForm}, "/document_form": {Document, as.DocumentForm}} {
		if _, err := form.Find(string(v.phase), v.version); err != nil && v.version != 0 {
			found = append(found, ErrUnknownWord.With("given", fmt.Sprint(v.version)).At(field))
		}
	}
	for i, l := range as.Languages {
		if !slices.Contains(ch.Proposals.Languages.Value, charter.Language(l)) || slices.Contains(as.Languages[:i], l) {
			found = append(found, ErrUnknownWord.With("given", clip(l)).At(fmt.Sprintf("/languages/%d", i)))
		}
	}
	for i, a := range as.Areas {
		if _, known := ch.Area(a); !known || slices.Contains(as.Areas[:i], a) {
			found = append(found, ErrUnknownWord.With("given", clip(a)).At(fmt.Sprintf("/areas/%d", i)))
		}
	}
	switch {
	case as.Late != "" && as.Late != charter.LateRefused && as.Late != charter.LateFlagged:
		found = append(found, ErrUnknownWord.With("given", clip(string(as.Late))).At("/late_entries"))
	case as.Late == charter.LateFlagged && ch.Proposals.LateEntries.Value == charter.LateRefused:
		found = append(found, ErrLateRefused.At("/late_entries"))
	}
	if as.Total != "" && as.Total != charter.MeanOfAssessors && as.Total != charter.SumOfAssessors {
		found = append(found, ErrUnknownWord.With("given", clip(string(as.Total))).At("/score_total"))
	}
	return as, problem.Join(append(found, as.Limits.wrong(as.Areas, ch)...))
}

// Lacks lists all that stands in the way of announcing a draft now.
func (c Call) Lacks(ch charter.Charter, at time.Time) []problem.Problem {
	found := c.Words.lacks(ch)
	if c.OpensAt.IsZero() {
		found = append(found, ErrRequired.At("/opens_at"))
	}
	switch {
	case c.ClosesAt.IsZero():
		found = append(found, ErrRequired.At("/closes_at"))
	case !c.ClosesAt.After(c.OpensAt):
		found = append(found, ErrCallBackwards.With("opens", c.OpensAt, "closes", c.ClosesAt).At("/closes_at"))
	case !c.ClosesAt.After(at):
		found = append(found, ErrCallOver.With("closes", c.ClosesAt).At("/closes_at"))
	}
	if q := c.QuestionsUntil; q != nil && !c.ClosesAt.IsZero() && (q.After(c.ClosesAt) || !q.After(at)) {
		found = append(found, ErrEnquiryDeadline.With("until", *q, "closes", c.ClosesAt).At("/questions_until"))
	}
	if len(c.Areas) == 0 {
		found = append(found, ErrRequired.At("/areas"))
	}
	// The charter may have changed since the draft was saved.
	if _, err := (Call{}).Draw(c.again(), ch); err != nil {
		found = append(found, flat(err)...)
	}
	return found
}

// again is the call as a draft to be drawn anew.
func (c Call) again() Call { c.AnnouncedAt = nil; return c }

// flat lists the refusals that were joined in one.
func flat(err error) []problem.Problem {
	p, ok := err.(problem.Problem)
	if !ok {
		return nil
	}
	also := p.Also
	p.Also = nil
	return append([]problem.Problem{p}, also...)
}

// Announce makes the call everybody's, under the charter in force; its conditions
// stand from here on.
func (c *Call) Announce(ch charter.Charter, at time.Time) error {
	if c.AnnouncedAt != nil {
		return ErrCallAnnounced.With("call", c.Ref)
	}
	if err := problem.Join(c.Lacks(ch, at)); err != nil {
		return err
	}
	c.AnnouncedAt, c.CharterVersion, c.ScoringSheet = &at, ch.Version, fmt.Sprint(ch.Scoring.Sheet.Value)
	return nil
}

// Discard gives a draft up, with a reason. What was announced is everybody's, and
// stays.
func (c Call) Discard(reason string) error {
	if c.AnnouncedAt != nil {
		return ErrCallAnnounced.With("call", c.Ref)
	}
	return problem.Join(written(reason, "/reason", longestReason))
}

// Reaches refuses, as missing, a draft to whoever is not of the secretariat.
func (c Call) Reaches(by Actor) error {
	if c.AnnouncedAt == nil && by.Hat.Role != Secretariat {
		return ErrMissing
	}
	return nil
}

// State is where the call stands at an instant.
func (c Call) State(at time.Time) CallState {
	switch {
	case c.AnnouncedAt == nil:
		return CallDraft
	case at.Before(c.OpensAt):
		return CallPlanned
	case at.Before(c.ClosesAt):
		return CallOpen
	}
	return CallClosed
}

// LateEntries is what becomes of late entries: what the call says, or else the
// charter.
func (c Call) LateEntries(ch charter.Charter) charter.LateEntries {
	if c.Late != "" {
		return c.Late
	}
	return ch.Proposals.LateEntries.Value
}

// Sheet is the score sheet of the call's proposals: that of the charter which the call
// was announced under, with the total that the call says, where it says one. Both
// stand from the announcement, and so before the first score.
func (c Call) Sheet(ch charter.Charter) charter.Scoring {
	sheet := ch.Scoring
	if c.Total != "" {
		sheet.Total.Value = c.Total
	}
	return sheet
}

// Begins is what an entry of the call is begun as, and on which version of its form.
// In one stage the body decides on what is handed in first, so that is the joint
// programme document; calls of one stage that were announced on a concept note, while
// there were such, keep it, and name its form.
func (c Call) Begins() (Phase, int) {
	if c.Stages == 1 && c.ConceptForm == 0 {
		return Document, c.DocumentForm
	}
	return Concept, c.ConceptForm
}

// Takes refuses an entry that comes before the call opens, and one that comes
// late where those are refused; late tells that it came late and is taken.
func (c Call) Takes(at time.Time, ch charter.Charter) (late bool, err error) {
	switch c.State(at) {
	case CallDraft:
		return false, ErrCallDraft.With("call", c.Ref)
	case CallPlanned:
		return false, ErrCallNotOpen.With("opens", c.OpensAt)
	case CallClosed:
		if c.LateEntries(ch) == charter.LateFlagged {
			return true, nil
		}
		return false, ErrCallClosed.With("closed", c.ClosesAt, "call", c.Ref)
	}
	return false, nil
}

// Extend moves the closing instant to a later one. A call that has closed stays
// closed: to open it again would be a second chance for some, so another call is
// made.
func (c *Call) Extend(to time.Time, reason string, at time.Time) (Extension, error) {
	switch c.State(at) {
	case CallDraft:
		return Extension{}, ErrCallDraft.With("call", c.Ref)
	case CallClosed:
		return Extension{}, ErrCallClosed.With("closed", c.ClosesAt, "call", c.Ref)
	}
	var found []problem.Problem
	if !to.After(c.ClosesAt) {
		found = append(found, ErrNotLater.With("closes", c.ClosesAt).At("/closes_at"))
	}
	found = append(found, written(reason, "/reason", longestReason)...)
	if err := problem.Join(found); err != nil {
		return Extension{}, err
	}
	e := Extension{N: len(c.Extensions) + 1, Was: c.ClosesAt, To: to, Reason: reason, At: at}
	c.ClosesAt = to
	c.Extensions = append(c.Extensions, e)
	return e, nil
}

// May lists the acts that a person under this hat can do to the call now.
func (c Call) May(by Hat, at time.Time, ch charter.Charter) []string {
	var may []string
	can := func(act string, yes bool) {
		if yes {
			may = append(may, act)
		}
	}
	state := c.State(at)
	switch by.Role {
	case Secretariat:
		can("call.save", state == CallDraft)
		can("call.discard", state == CallDraft)
		can("call.announce", state == CallDraft && len(c.Lacks(ch, at)) == 0)
		can("call.extend", state == CallPlanned || state == CallOpen)
		can("call.correct", state != CallDraft)
	case Applicant, FocalPoint:
		_, err := c.Takes(at, ch)
		can("proposal.create", by.Role == Applicant && err == nil)
		can("enquiry.ask", c.hears(at) == nil)
	}
	return may
}
