package domain

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrEndorsed refuses to endorse the same content for the same state again.
var ErrEndorsed = problem.New(problem.Conflict, "already-endorsed")

// Endorsement is a state's word for one content of a proposal, named by its hash.
// A change of the content leaves it standing, for what it was given for.
type Endorsement struct {
	ID       uuid.UUID
	Proposal uuid.UUID
	Hash     []byte // SHA-256 of the content
	Content  []byte // the very bytes; nil of those given before they were kept
	State    uuid.UUID
	Person   uuid.UUID // the focal point; of a signed paper, who checked it
	Paper    uuid.UUID // Nil where the focal point endorsed here
	Note     string    // the note verbale or letter, where there is one
	At       time.Time
}

// Endorse gives the word of an owner state, by its accredited focal point who had no hand in
// it, for what the proposal says now.
func (p Proposal) Endorse(by Actor, given []Endorsement, note string, at time.Time) (Endorsement, error) {
	state := by.Hat.Organisation
	if by.Hat.Role != FocalPoint || state == uuid.Nil || !slices.Contains(p.States(), state) {
		return Endorsement{}, ErrMissing
	}
	if err := cmp.Or(p.Editable(), p.apart(by)); err != nil {
		return Endorsement{}, err
	}
	if p.EndorsedFor(state, given) {
		return Endorsement{}, ErrEndorsed.With("ref", p.Ref)
	}
	if len([]rune(note)) > longestReason {
		return Endorsement{}, ErrTooLong.With("limit", longestReason).At("/note")
	}
	if err := problem.Join(plain(note, "/note")); err != nil {
		return Endorsement{}, err
	}
	content, hash := p.canonical()
	return Endorsement{Proposal: p.ID, Hash: hash, Content: content, State: state, Person: by.Person, Note: note, At: at}, nil
}

// EndorsedFor tells whether a state has endorsed exactly this content.
func (p Proposal) EndorsedFor(state uuid.UUID, given []Endorsement) bool {
	return p.endorsers(given)[state]
}

// EndorsedBy tells whether as many owner states as the rules ask have endorsed
// exactly this content.
func (p Proposal) EndorsedBy(rules charter.Proposals, given []Endorsement) bool {
	have := p.endorsers(given)
	states, n := p.States(), 0
	for _, s := range states {
		if have[s] {
			n++
		}
	}
	return len(states) > 0 && n >= rules.Endorsing(len(states))
}

// endorsers are the states that have endorsed exactly this content, which is written out once for them all.
func (p Proposal) endorsers(given []Endorsement) map[uuid.UUID]bool {
	_, hash := p.canonical()
	found := map[uuid.UUID]bool{}
	for _, e := range given {
		if bytes.Equal(e.Hash, hash) {
			found[e.State] = true
		}
	}
	return found
}

// ContentNow is what the proposal says now, as it would be frozen, and its hash.
func (p Proposal) ContentNow() (content, hash []byte) { return p.canonical() }
