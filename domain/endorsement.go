package domain

import (
	"bytes"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// ErrEndorsed refuses to endorse the same content for the same state again.
var ErrEndorsed = problem.New(problem.Conflict, "already-endorsed")

// Endorsement is a state's word for one content of a proposal, named by its hash.
// A change of the content leaves it standing, for what it was given for.
type Endorsement struct {
	Proposal uuid.UUID
	Hash     []byte // SHA-256 of the content
	State    uuid.UUID
	Person   uuid.UUID
	Note     string // the note verbale or letter, where there is one
	At       time.Time
}

// Endorse gives the word of the owner state, by its accredited focal point, for
// what the proposal says now.
func (p Proposal) Endorse(by Actor, given []Endorsement, note string, at time.Time) (Endorsement, error) {
	if by.Hat.Role != FocalPoint || p.State == uuid.Nil || by.Hat.Organisation != p.State {
		return Endorsement{}, ErrMissing
	}
	if err := p.Editable(); err != nil {
		return Endorsement{}, err
	}
	if p.EndorsedBy(given) {
		return Endorsement{}, ErrEndorsed.With("ref", p.Ref)
	}
	if len([]rune(note)) > longestReason {
		return Endorsement{}, ErrTooLong.With("limit", longestReason).At("/note")
	}
	if err := problem.Join(plain(note, "/note")); err != nil {
		return Endorsement{}, err
	}
	_, hash := p.canonical()
	return Endorsement{Proposal: p.ID, Hash: hash, State: p.State, Person: by.Person, Note: note, At: at}, nil
}

// EndorsedBy tells whether the owner state has endorsed exactly this content.
func (p Proposal) EndorsedBy(given []Endorsement) bool {
	_, hash := p.canonical()
	for _, e := range given {
		if p.State != uuid.Nil && e.State == p.State && bytes.Equal(e.Hash, hash) {
			return true
		}
	}
	return false
}
