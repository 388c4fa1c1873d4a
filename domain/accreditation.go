package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrNotFormer   = problem.New(problem.Invalid, "not-a-focal-point-of-that-state")
	ErrByNote      = problem.New(problem.Invalid, "accredited-by-note") // a focal point is made by a state's note, not by a grant
	ErrReplaced    = problem.New(problem.Conflict, "focal-point-replaced-already")
	ErrNoteCounted = problem.New(problem.Conflict, "note-counted-already")
)

// Accreditation is the note by which a state says who endorses for it, from a day
// on, and in whose place. It counts when another person of the secretariat has
// compared its scan with it.
type Accreditation struct {
	ID           uuid.UUID // also of the membership that it grounds
	State        uuid.UUID
	Named        Person    // by address; name and language of somebody new
	From         time.Time // the first day
	Reference    string    // of the note verbale
	DocumentHash string    // SHA-256 of its scan; "" of old ones
	Replaces     uuid.UUID // the membership that ends the day before; Nil for none
	Person       uuid.UUID // who brought it
	At           time.Time
	Scanned      bool        // the scan's bytes are here
	Counts       bool        // a focal point stands on it
	Check        *PaperCheck // nil while it waits, and of those from before notes were checked
}

// Grantable refuses to make a focal point without a note that others check. The
// console takes over those whom states had named before the fund was kept here.
func (m Membership) Grantable(by Actor) error {
	if m.Role == FocalPoint && by.Hat.Role != Operator {
		return ErrByNote.At("role")
	}
	return nil
}

// Record takes in a note that can be one, for others to check. Whom it replaces is a
// focal point of that state on the day before.
func (a Accreditation) Record(by Actor, state Organisation, former *Membership) error {
	var wrong []problem.Problem
	if state.Kind != State {
		wrong = append(wrong, ErrNotAState.At("/state"))
	}
	if a.From.IsZero() {
		wrong = append(wrong, ErrRequired.At("/from"))
	}
	wrong = append(wrong, text(strings.TrimSpace(a.Reference), "/reference", 300)...)
	if !hashForm.MatchString(a.DocumentHash) {
		wrong = append(wrong, ErrPaperHash.At("/document_hash"))
	}
	if a.Replaces != uuid.Nil && !a.ends(former) {
		wrong = append(wrong, ErrNotFormer.At("/replaces"))
	}
	if err := problem.Join(wrong); err != nil {
		return err
	}
	if by.Person == a.Named.ID || former != nil && by.Person == former.Person {
		return ErrOneself
	}
	return nil
}

// ends tells whether somebody is whom the note says that it replaces, on the day before.
func (a Accreditation) ends(former *Membership) bool {
	return former != nil && former.Role == FocalPoint && former.Organisation == a.State &&
		(a.From.IsZero() || former.HeldOn(a.From.AddDate(0, 0, -1)))
}

// CheckedBy is another person's finding on the note: other than who brought it, whom
// it names and whom it replaces. What they endorsed until now stands.
func (a Accreditation) CheckedBy(by Actor, accepted bool, reason string, former *Membership, at time.Time) (PaperCheck, error) {
	if a.Counts && a.Check == nil {
		return PaperCheck{}, ErrNoteCounted
	}
	c, err := checked(a.Check, a.Person, a.Scanned, by, accepted, reason, at)
	switch {
	case err != nil:
		return c, err
	case by.Person == a.Named.ID || former != nil && by.Person == former.Person:
		return PaperCheck{}, ErrOneself
	case accepted && a.Replaces != uuid.Nil && !a.ends(former):
		return PaperCheck{}, ErrNotFormer
	}
	return c, nil
}

// May lists what by can do about the note now.
func (a Accreditation) May(by Actor) []string {
	if by.Hat.Role != Secretariat || by.Person == a.Named.ID || a.Counts {
		return nil
	}
	if _, err := checked(a.Check, a.Person, a.Scanned, by, false, "-", time.Time{}); err != nil {
		return nil
	}
	return []string{"accreditation.check"}
}
