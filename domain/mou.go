package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Refusals of memoranda.
var (
	ErrMOUEnds    = problem.New(problem.Invalid, "mou-ends-before-it-begins")
	ErrMOUOverlap = problem.New(problem.Conflict, "mou-overlaps")
)

// MOU is the memorandum of understanding under which an organisation may receive
// the fund's money.
type MOU struct {
	ID               uuid.UUID
	Organisation     uuid.UUID
	OrganisationCode string
	Ref              string
	From             time.Time  // the first day it is in force
	Until            *time.Time // the last one; nil while none is agreed
}

// Sign checks a memorandum about to be recorded.
func (m MOU) Sign() (MOU, error) {
	switch {
	case strings.TrimSpace(m.Ref) == "":
		return m, ErrRequired.At("/ref")
	case tooLong(m.Ref, longestReference):
		return m, ErrTooLong.With("limit", longestReference).At("/ref")
	case m.Until != nil && m.Until.Before(m.From):
		return m, ErrMOUEnds.With("from", m.From, "until", *m.Until).At("/until")
	}
	return m, nil
}
