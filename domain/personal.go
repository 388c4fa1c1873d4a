package domain

import (
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// binds is the person whom an interest binds alone: of the kind "personal", whoever declared
// it, for the item or once. Any other binds its organisation, and so does one that the
// secretariat suggests, which names nobody.
func (x Interest) binds() uuid.UUID {
	if x.Kind == charter.Personal && (x.Source == InterestDeclared || x.Source == InterestStanding) {
		return x.Person
	}
	return uuid.Nil
}

// alike tells whether two are one interest of one owner.
func (x Interest) alike(o Interest) bool {
	return x.Organisation == o.Organisation && x.Kind == o.Kind && x.binds() == o.binds()
}

// personal is what a person's own interests in the item do to that person: rules of two people
// compare persons, whatever the hat (rulings.md).
func (i Item) personal(person uuid.UUID) charter.Effect {
	if person == uuid.Nil {
		return charter.NoEffect
	}
	parties, area := i.parties()
	bound := func(x Interest) bool { return x.binds() == person && x.stands() }
	touched := func(x StandingInterest) bool {
		return x.Kind == charter.Personal && x.Person == person && x.Touches(i.Kin, parties, area) && !i.aside(Interest{Organisation: x.Organisation, Kind: x.Kind, Source: InterestStanding, Person: person})
	}
	if slices.ContainsFunc(i.Interests, bound) || slices.ContainsFunc(i.Standing, touched) {
		return i.Charter.Interests.Effect(charter.Personal)
	}
	return charter.NoEffect
}

// Personal tells whether anybody has an interest in the item that binds one person.
func (i Item) Personal() bool {
	return slices.ContainsFunc(i.Interests, func(x Interest) bool { return x.binds() != uuid.Nil }) ||
		slices.ContainsFunc(i.Standing, func(x StandingInterest) bool { return x.Kind == charter.Personal })
}

// unbound leaves out the interests that bind one person while the seat has another who may
// speak for it. Where everybody who may is bound, the seat is.
func (s Sitting) unbound(interests []Interest) []Interest {
	bound := func(person uuid.UUID) bool {
		return slices.ContainsFunc(interests, func(x Interest) bool { return x.binds() == person && x.stands() })
	}
	taken := len(s.Speakers) > 0 && !slices.ContainsFunc(s.Speakers, func(p uuid.UUID) bool { return !bound(p) })
	return slices.DeleteFunc(slices.Clone(interests), func(x Interest) bool {
		return x.binds() != uuid.Nil && (!taken || !slices.Contains(s.Speakers, x.binds()))
	})
}

// InRoom are those in the room who count for the item. Whom an interest of their own takes out
// of it is not there, where somebody else may speak for the seat, and may come in.
func (i Item) InRoom() []Presence {
	return slices.DeleteFunc(slices.Clone(i.Room), func(p Presence) bool {
		seat := slices.IndexFunc(i.Roll, func(r RollSeat) bool { return r.Seat == p.Seat && !r.Chair && !r.Recused })
		return seat >= 0 && i.personal(p.Person).Recuses()
	})
}

// recusing are the names of the seats on the roll that a person's own interest takes out.
func (i Item) recusing(x Interest) []string {
	seats := []string{}
	for _, r := range i.Roll {
		if r.Organisation == x.Organisation && r.Recused && r.Reason == string(x.Kind) {
			seats = append(seats, r.Name)
		}
	}
	return seats
}

// bound tells whether every one of those who speak for an organisation has an interest of
// their own that recuses.
func (e ToAssess) bound(organisation uuid.UUID, sitting []Sitting) bool {
	out := func(person uuid.UUID) bool { return slices.Contains(e.Bound, person) }
	return nobodyLeft(organisation, sitting, out) && e.Rules.Interests.Effect(charter.Personal).Recuses()
}
