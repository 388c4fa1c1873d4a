package domain

import (
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Hand is somebody through whose hands a proposal has been: who works or has worked on it,
// handed it in, or appealed for it. Rules of two people compare persons, not hats
// (rulings.md): a hand judges nothing of it.
type Hand struct {
	Person uuid.UUID
	Wrote  bool // false of whoever only handed it in on the word of its applicant's letter
}

// Hands are all of a proposal's.
type Hands []Hand

// Has tells whether a person is among them. Nobody, the public, never is.
func (h Hands) Has(person uuid.UUID) bool {
	return person != uuid.Nil && slices.ContainsFunc(h, func(x Hand) bool { return x.Person == person })
}

// wrote tells whether a person is among those who wrote it.
func (h Hands) wrote(person uuid.UUID) bool {
	return person != uuid.Nil && slices.ContainsFunc(h, func(x Hand) bool { return x.Person == person && x.Wrote })
}

// apart refuses whoever works on the proposal, has, or handed it in, for an act of those who judge it.
func (p Proposal) apart(by Actor) error {
	if p.Hands.Has(by.Person) {
		return ErrWorkedOn.With("ref", p.Ref)
	}
	return nil
}

// Without leaves those out of a room who have had the item's proposal in their hands:
// for this item they are not there. Their alternates may come in.
func (h Hands) Without(room []Presence) []Presence {
	return slices.DeleteFunc(slices.Clone(room), func(p Presence) bool { return h.Has(p.Person) })
}

// Apart are the seats with those alone to speak for them who have not had the proposal in hand.
func (h Hands) Apart(sitting []Sitting) []Sitting {
	left := slices.Clone(sitting)
	for n, s := range left {
		left[n].Speakers = slices.DeleteFunc(slices.Clone(s.Speakers), h.Has)
	}
	return left
}

// found tells whether an organisation on the body has nobody left to speak for it but hands of
// the proposal: its seats are then recused, as for any other stake that the facts show.
func (h Hands) found(organisation uuid.UUID, sitting []Sitting) bool {
	return nobodyLeft(organisation, sitting, h.Has)
}

// nobodyLeft tells whether an organisation has people to speak for it, and all of them are out.
func nobodyLeft(organisation uuid.UUID, sitting []Sitting, out func(person uuid.UUID) bool) bool {
	speakers := 0
	for _, s := range sitting {
		if s.Organisation != organisation {
			continue
		}
		for _, person := range s.Speakers {
			if !out(person) {
				return false
			}
			speakers++
		}
	}
	return speakers > 0
}

// blinded tells whether by, as one of the body, has no sight of how the item is judged since
// it has been through by's hands.
func (h Hands) blinded(by Actor) bool {
	return (by.Hat.Role == Member || by.Hat.Role == Coordinator) && h.Has(by.Person) ||
		by.Hat.Role == Secretariat && h.wrote(by.Person)
}

// Listed are the interests that go on record when the item is put on the agenda. Whether an
// organisation has somebody to speak for it is seen when the question is put, and so is what
// follows from a merge of organisations, which may be taken back before.
func (i Item) Listed() []Interest {
	return slices.DeleteFunc(slices.Clone(i.Interests), func(x Interest) bool { return x.Kind == charter.WorkedOn || x.Merged })
}

// kept adds to an organisation's stakes the one that its people have in the item.
func (i Item) kept(organisation uuid.UUID, sitting []Sitting) []charter.InterestKind {
	kinds := i.stakes(organisation)
	if i.Hands.found(organisation, sitting) {
		kinds = append(kinds, charter.WorkedOn)
	}
	return kinds
}

// Of is the proposal that the item is about, or that its programme comes of; Nil where it is about none.
func (i Item) Of() uuid.UUID {
	switch {
	case i.Case != nil:
		return i.Case.ID
	case i.Move != nil && i.Move.Standing != nil:
		return i.Move.Standing.Proposal
	}
	return uuid.Nil
}
