package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/form"
	"startupfund/domain/problem"
)

// Refusals about what is asked of an applicant about a submission.
var (
	ErrNotWaiting      = problem.New(problem.Conflict, "clarification-not-waiting") // answered, withdrawn, or of an earlier version
	ErrWaitsAlready    = problem.New(problem.Conflict, "clarification-waits")       // one question of a thread at a time
	ErrAssessorsSilent = problem.New(problem.Conflict, "assessors-do-not-ask")      // by the charter
	ErrWishSettled     = problem.New(problem.Conflict, "wish-settled")              // passed on, or refused, before
)

// Clarification is a thread on one submitted version: what the secretariat asks of
// the applicant, and the answers. Neither changes what was submitted, and no entry
// is ever changed.
type Clarification struct {
	ID       uuid.UUID
	Proposal uuid.UUID
	Version  int       // the submission that it is about
	Number   int       // within the proposal
	Wish     uuid.UUID // of the assessor for whom it is asked; Nil where it is the secretariat's own
	Field    string    // a JSON Pointer into the content; "" where it is about a section or the whole
	Section  string
	Entries  []ClarificationEntry
	Draft    *ClarificationDraft // of the answer; nil while nobody wrote one
}

// EntryKind is what an entry of a thread is.
type EntryKind string

const (
	EntryAsked     EntryKind = "asked"
	EntryAnswered  EntryKind = "answered"
	EntryWithdrawn EntryKind = "withdrawn" // the question, with the reason
)

// ClarificationEntry is one word in a thread.
type ClarificationEntry struct {
	N        int
	Kind     EntryKind
	Language string
	Text     string
	Due      *time.Time // of a question: the instant before which an answer is in time
	Person   uuid.UUID
	At       time.Time
	Files    []uuid.UUID // attachments that an answer came with
}

// ClarificationDraft is the answer as the team writes it, until whoever leads gives it.
type ClarificationDraft struct {
	Language string
	Text     string
	Version  int // from 1
	Person   uuid.UUID
	At       time.Time
}

// ClarificationWish is what an assessor would have the secretariat ask. The
// applicant's side never learns of it, nor whose it was.
type ClarificationWish struct {
	ID             uuid.UUID
	Proposal       uuid.UUID
	Version        int
	Field, Section string
	Language, Text string
	Person         uuid.UUID
	Organisation   uuid.UUID
	At             time.Time
	Passed         bool // on to the applicant
	Refusal        *WishRefusal
}

// WishRefusal is why the secretariat does not pass a wish on.
type WishRefusal struct {
	Reason string
	Person uuid.UUID
	At     time.Time
}

// Waiting is a clarification's question that an answer is due to.
func (c Clarification) waiting() *ClarificationEntry {
	if n := len(c.Entries); n > 0 && c.Entries[n-1].Kind == EntryAsked {
		return &c.Entries[n-1]
	}
	return nil
}

// ClarificationState is how a thread stands.
type ClarificationState string

const (
	ClarificationOpen      ClarificationState = "open"
	ClarificationAnswered  ClarificationState = "answered"
	ClarificationWithdrawn ClarificationState = "withdrawn"
	ClarificationLapsed    ClarificationState = "lapsed" // unanswered, and its version is no longer under review
)

// State is how the thread stands on a proposal.
func (c Clarification) State(p Proposal) ClarificationState {
	switch {
	case c.waiting() == nil && c.Entries[len(c.Entries)-1].Kind == EntryWithdrawn:
		return ClarificationWithdrawn
	case c.waiting() == nil:
		return ClarificationAnswered
	case p.Submission != c.Version || p.underReview() != nil:
		return ClarificationLapsed
	}
	return ClarificationOpen
}

// Due is the instant before which the open question is answered in time; nil where
// none is open.
func (c Clarification) Due(p Proposal) *time.Time {
	if c.State(p) != ClarificationOpen {
		return nil
	}
	return c.waiting().Due
}

// Late tells of an answer that came when it was overdue.
func (c Clarification) Late(e ClarificationEntry) bool {
	return e.Kind == EntryAnswered && e.N > 1 && !e.At.Before(*c.Entries[e.N-2].Due)
}

// DraftVersion is the one that whoever saves the draft must have read.
func (c Clarification) DraftVersion() int {
	if c.Draft == nil {
		return 1
	}
	return c.Draft.Version + 1
}

// underReview refuses what is not before the secretariat or the body now.
func (p Proposal) underReview() error { return p.in(Submitted, Eligible) }

// SeesReview refuses, as missing, whoever has no part in the review of a
// submission: its own people have theirs; of the body, whoever may see scores. An
// interest that hides scores hides what is asked, answered and advised too.
func (p Proposal) SeesReview(by Actor, seats []Seating, ch charter.Charter) error {
	if by.Hat.Role == Applicant || by.Hat.Role == FocalPoint {
		if p.Insider(by) && p.Submission > 0 {
			return nil
		}
		return ErrMissing
	}
	_, _, err := p.ScoresFor(by, seats, nil, ch)
	return err
}

// place finds what a question is about in the form; nothing named is the whole.
func (p Proposal) place(field, section string) (string, []problem.Problem) {
	if field == "" && section == "" {
		return "", nil
	}
	sheet, err := p.OnForm()
	if err != nil {
		return "", []problem.Problem{form.ErrNoForm.With("phase", string(p.Phase), "version", p.Form)}
	}
	return placed(sheet, field, section, "")
}

// asked is a question that the applicant has the charter's days to answer: to the
// end of the last one.
func asked(by Actor, n int, language, text string, c charter.Charter, at time.Time) ClarificationEntry {
	due := c.Begins(c.Day(at).AddDate(0, 0, c.Screening.ClarificationDays.Value+1))
	return ClarificationEntry{N: n, Kind: EntryAsked, Language: language, Text: strings.TrimSpace(text), Due: &due, Person: by.Person, At: at}
}

// AskClarification opens a thread on the submission under review. Wish is the
// assessor's that it passes on, in the secretariat's words; nil for none. Past are
// the threads so far.
func (p Proposal) AskClarification(by Actor, field, section, language, text string, wish *ClarificationWish, past []Clarification, c charter.Charter, at time.Time) (Clarification, error) {
	if by.Hat.Role != Secretariat {
		return Clarification{}, ErrForbidden
	}
	if err := p.underReview(); err != nil {
		return Clarification{}, err
	}
	x := Clarification{ID: uuid.New(), Proposal: p.ID, Version: p.Submission, Number: len(past) + 1, Field: field}
	if wish != nil {
		if err := wish.settled(); err != nil {
			return Clarification{}, err
		}
		x.Wish = wish.ID
	}
	var found []problem.Problem
	x.Section, found = p.place(field, section)
	found = append(append(found, spoken(language, "/language")...), written(text, "/text", longestEnquiry)...)
	if err := problem.Join(found); err != nil {
		return Clarification{}, err
	}
	x.Entries = []ClarificationEntry{asked(by, 1, language, text, c, at)}
	return x, nil
}

// AskFurther puts the next question of a thread, once the one before is answered.
func (p Proposal) AskFurther(by Actor, x Clarification, language, text string, c charter.Charter, at time.Time) (ClarificationEntry, error) {
	if err := p.mayAskFurther(by, x); err != nil {
		return ClarificationEntry{}, err
	}
	if err := problem.Join(append(spoken(language, "/language"), written(text, "/text", longestEnquiry)...)); err != nil {
		return ClarificationEntry{}, err
	}
	return asked(by, len(x.Entries)+1, language, text, c, at), nil
}

func (p Proposal) mayAskFurther(by Actor, x Clarification) error {
	switch {
	case by.Hat.Role != Secretariat:
		return ErrForbidden
	case p.underReview() != nil:
		return p.underReview()
	case x.State(p) == ClarificationOpen:
		return ErrWaitsAlready.With("number", x.Number)
	case x.Version != p.Submission: // a new question is about what is read now
		return ErrNotWaiting.With("number", x.Number, "version", x.Version)
	}
	return nil
}

// WithdrawQuestion takes the open question back, with a reason that both sides read.
func (p Proposal) WithdrawQuestion(by Actor, x Clarification, language, reason string, at time.Time) (ClarificationEntry, error) {
	if by.Hat.Role != Secretariat {
		return ClarificationEntry{}, ErrForbidden
	}
	if x.State(p) != ClarificationOpen {
		return ClarificationEntry{}, ErrNotWaiting.With("number", x.Number, "version", x.Version)
	}
	if err := problem.Join(append(spoken(language, "/language"), written(reason, "/text", longestReason)...)); err != nil {
		return ClarificationEntry{}, err
	}
	return ClarificationEntry{N: len(x.Entries) + 1, Kind: EntryWithdrawn, Language: language, Text: strings.TrimSpace(reason), Person: by.Person, At: at}, nil
}

// DraftAnswer keeps the answer as it is being written, by whoever of the team
// writes. It may be empty.
func (p Proposal) DraftAnswer(by Actor, x Clarification, language, text string, at time.Time) (ClarificationDraft, error) {
	if err := p.mayAnswer(by, x, Lead, Editor, Finance); err != nil {
		return ClarificationDraft{}, err
	}
	if err := problem.Join(append(spoken(language, "/language"), bounded(text, "/text", longestAnswer)...)); err != nil {
		return ClarificationDraft{}, err
	}
	return ClarificationDraft{language, text, x.DraftVersion(), by.Person, at}, nil
}

// AnswerClarification gives the answer, by whoever leads, with the files that show it; late
// ones are taken and shown as late. What was submitted stays as it is.
func (p Proposal) AnswerClarification(by Actor, x Clarification, language, text string, files []Attachment, at time.Time) (ClarificationEntry, error) {
	if err := p.mayAnswer(by, x, Lead); err != nil {
		return ClarificationEntry{}, err
	}
	if err := problem.Join(append(append(spoken(language, "/language"), written(text, "/text", longestAnswer)...), unfinished(files)...)); err != nil {
		return ClarificationEntry{}, err
	}
	e := ClarificationEntry{N: len(x.Entries) + 1, Kind: EntryAnswered, Language: language, Text: strings.TrimSpace(text), Person: by.Person, At: at}
	for _, a := range files {
		e.Files = append(e.Files, a.ID)
	}
	return e, nil
}

// AnswerFiles refuses who may not bring files to the answer now, or take them back: it is
// who writes it, while the question waits.
func (p Proposal) AnswerFiles(by Actor, x Clarification) error {
	return p.mayAnswer(by, x, Lead, Editor, Finance)
}

// asksAgain tells whether whoever owes something that was due before an instant is asked
// for it on a day: on the first day after its last, and every so many from then on.
func asksAgain(due, day time.Time, c charter.Charter) bool {
	last := c.Day(due.Add(-1))
	return day.After(last) && ReportDue{Due: last}.RemindOn(day, c.Reporting)
}

// RemindOn tells whether the applicant is asked again for the answer to the open question
// on a day.
func (c Clarification) RemindOn(p Proposal, day time.Time, rules charter.Charter) bool {
	due := c.Due(p)
	return due != nil && asksAgain(*due, day, rules)
}

func (p Proposal) mayAnswer(by Actor, x Clarification, roles ...TeamRole) error {
	switch err := p.worked(by, roles...); {
	case by.Hat.Role != Applicant:
		return ErrNotInTeam.With("ref", p.Ref)
	case err != nil:
		return err
	case x.State(p) != ClarificationOpen:
		return ErrNotWaiting.With("number", x.Number, "version", x.Version)
	}
	return nil
}

// WishClarification is an assessor's word on what the secretariat should ask, where
// the charter lets assessors ask. Whoever does not see the scores has none.
func (p Proposal) WishClarification(by Actor, seats []Seating, field, section, language, text string, c charter.Charter, at time.Time) (ClarificationWish, error) {
	if err := p.mayWish(by, seats, c); err != nil {
		return ClarificationWish{}, err
	}
	w := ClarificationWish{ID: uuid.New(), Proposal: p.ID, Version: p.Submission, Field: field, Language: language, Text: strings.TrimSpace(text),
		Person: by.Person, Organisation: by.Hat.Organisation, At: at}
	var found []problem.Problem
	w.Section, found = p.place(field, section)
	found = append(append(found, spoken(language, "/language")...), written(text, "/text", longestEnquiry)...)
	return w, problem.Join(found)
}

func (p Proposal) mayWish(by Actor, seats []Seating, c charter.Charter) error {
	if by.Hat.Role != Member {
		return ErrForbidden
	}
	if err := p.SeesReview(by, seats, c); err != nil {
		return err
	}
	if err := p.underReview(); err != nil {
		return err
	}
	if !c.Screening.AssessorsAsk.Value {
		return ErrAssessorsSilent
	}
	return nil
}

func (w ClarificationWish) settled() error {
	if w.Passed || w.Refusal != nil {
		return ErrWishSettled
	}
	return nil
}

// RefuseWish says why a wish is not passed on.
func (p Proposal) RefuseWish(by Actor, w ClarificationWish, reason string, at time.Time) (WishRefusal, error) {
	if by.Hat.Role != Secretariat {
		return WishRefusal{}, ErrForbidden
	}
	if err := w.settled(); err != nil {
		return WishRefusal{}, err
	}
	return WishRefusal{strings.TrimSpace(reason), by.Person, at}, problem.Join(written(reason, "/reason", longestReason))
}

// SeesWish tells whether by reads a wish: the secretariat, the Chair and the auditor
// all of them; of the body, whose it is.
func (w ClarificationWish) SeesWish(by Actor) bool {
	return slices.Contains([]Role{Secretariat, Coordinator, Auditor}, by.Hat.Role) || by.Hat.Role == Member && by.Hat.Organisation == w.Organisation
}

// MayClarify lists what by can do now about clarifications as a whole.
func (p Proposal) MayClarify(by Actor, seats []Seating, c charter.Charter) (may []string) {
	if by.Hat.Role == Secretariat && p.underReview() == nil {
		may = append(may, "clarification.ask")
	}
	if p.mayWish(by, seats, c) == nil {
		may = append(may, "clarification.wish")
	}
	return may
}

// MayWith lists what by can do now with one thread.
func (p Proposal) MayWith(by Actor, x Clarification) (may []string) {
	if p.mayAskFurther(by, x) == nil {
		may = append(may, "clarification.ask")
	}
	if by.Hat.Role == Secretariat && x.State(p) == ClarificationOpen {
		may = append(may, "clarification.withdraw")
	}
	if p.mayAnswer(by, x, Lead, Editor, Finance) == nil {
		may = append(may, "clarification.draft")
	}
	if p.mayAnswer(by, x, Lead) == nil {
		may = append(may, "clarification.answer")
	}
	return may
}
