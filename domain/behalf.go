package domain

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Behalf says why the secretariat submitted for an applicant, and on the ground of
// which paper of theirs.
type Behalf struct {
	Reason       string
	Reference    string // of the applicant's letter
	DocumentHash string // SHA-256 of its scan, 64 hexadecimal digits; "" without one
	Person       uuid.UUID
	At           time.Time
}

// SubmitFor hands in what the applicant wrote, as the secretariat. The hash of the
// content that the applicant's letter names is given with it: nothing else than
// what they asked for is handed in, and nobody needs to read a draft for it.
func (p *Proposal) SubmitFor(by Actor, g Case, x Behalf, named string, at time.Time) (Submission, error) {
	if by.Hat.Role != Secretariat {
		return Submission{}, ErrForbidden
	}
	x.Reference = strings.TrimSpace(x.Reference)
	wrong := append(written(x.Reason, "/reason", longestReason), text(x.Reference, "/reference", 300)...)
	if x.DocumentHash != "" && !hashForm.MatchString(x.DocumentHash) {
		wrong = append(wrong, ErrPaperHash.At("/document_hash"))
	}
	if !hashForm.MatchString(named) {
		wrong = append(wrong, ErrPaperHash.At("/content_hash"))
	}
	if err := problem.Join(wrong); err != nil {
		return Submission{}, err
	}
	if _, hash := p.canonical(); named != hex.EncodeToString(hash) {
		return Submission{}, ErrNotTheWords.With("ref", p.Ref).At("/content_hash")
	}
	v, err := p.Submit(g, at)
	if err != nil {
		return Submission{}, err
	}
	x.Person, x.At = by.Person, at
	v.Behalf = &x
	return v, nil
}

// ErrNotTheWords refuses to hand in another content than the letter names. It does
// not say what the draft has: that is the applicant's.
var ErrNotTheWords = problem.New(problem.Conflict, "letter-names-other-content")
