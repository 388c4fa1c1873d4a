package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var ErrNotFormer = problem.New(problem.Invalid, "not-a-focal-point-of-that-state")

// Accreditation is the note by which a state says who endorses for it, from a day
// on, and in whose place.
type Accreditation struct {
	State        uuid.UUID
	From         time.Time // the first day
	Reference    string    // of the note verbale
	DocumentHash string    // SHA-256 of its scan, or ""
	Replaces     uuid.UUID // the membership that ends the day before; Nil for none
}

// Accredit refuses a note that cannot be one. Whom it replaces is a focal point of
// that state on the day before; what they endorsed stands.
func (a Accreditation) Accredit(by Actor, state Organisation, former *Membership) error {
	var wrong []problem.Problem
	if state.Kind != State {
		wrong = append(wrong, ErrNotAState.At("/state"))
	}
	if a.From.IsZero() {
		wrong = append(wrong, ErrRequired.At("/from"))
	}
	wrong = append(wrong, text(strings.TrimSpace(a.Reference), "/reference", 300)...)
	if a.DocumentHash != "" && !hashForm.MatchString(a.DocumentHash) {
		wrong = append(wrong, ErrPaperHash.At("/document_hash"))
	}
	if former != nil {
		before := a.From.AddDate(0, 0, -1)
		if former.Role != FocalPoint || former.Organisation != a.State || !a.From.IsZero() && !former.HeldOn(before) {
			wrong = append(wrong, ErrNotFormer.At("/replaces"))
		} else if by.Person == former.Person {
			return ErrOneself
		}
	}
	return problem.Join(wrong)
}
