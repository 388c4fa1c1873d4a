package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrNoElection refuses to name who is to preside where the charter lets nobody be elected
// for the item, or somebody presides.
var ErrNoElection = problem.New(problem.Conflict, "no-election")

// Naming is whom a seat in the room names to preside over an item, where the Chair may not
// and the charter has one of those present elected for it. It is kept for ever.
type Naming struct {
	N            int
	Seat         uuid.UUID
	SeatName     string
	Organisation uuid.UUID // that held the seat
	Code         string
	Person       uuid.UUID // who is named
	Name         string
	By           uuid.UUID // who spoke for the seat
	Recorded     uuid.UUID
	Elected      bool // more than half had named the same with this
	At           time.Time
}

// electing tells whether one of those present is to be elected for the item now.
func (i Item) electing() bool {
	return !i.InWriting() && i.Charter.Interests.Chair.Presides.Value == charter.ElectedForItem && i.Session.State == MeetingOpen &&
		(i.State == QuestionListed || i.State == QuestionOpen) && i.Presiding() == uuid.Nil
}

// electors are the people in the room for seats that take part in the item: they name one
// of themselves.
func (i Item) electors() (list []Presence) {
	for _, r := range i.Roll {
		if r.Chair || r.Recused {
			continue
		}
		for _, p := range i.Room {
			if p.Seat == r.Seat && p.Organisation == r.Organisation {
				list = append(list, p)
			}
		}
	}
	return list
}

// namings are those of the meeting that has the item now: whom another meeting elected, that
// one's room did.
func (i Item) namings() (list []Naming) {
	for _, n := range i.Namings {
		if i.Session.OpenedAt != nil && !n.At.Before(*i.Session.OpenedAt) {
			list = append(list, n)
		}
	}
	return list
}

// elected is who was elected for the item last; nobody, where the charter elects nobody.
func (i Item) elected() (person uuid.UUID) {
	if i.Charter.Interests.Chair.Presides.Value != charter.ElectedForItem {
		return uuid.Nil
	}
	for _, n := range i.namings() {
		if n.Elected {
			person = n.Person
		}
	}
	return person
}

// Elect names somebody in the room to preside over the item, for a seat in it: by's, or the
// one named where the secretariat records. A seat may change its word until somebody is
// elected, by more than half of the seats that are there and take part.
func (i Item) Elect(by Actor, seat, person uuid.UUID, now time.Time) (Naming, error) {
	if !i.electing() {
		return Naming{}, ErrNoElection.With("item", i.called())
	}
	r, speaks, err := i.speaker(by, seat)
	if err != nil {
		return Naming{}, err
	}
	room := i.electors()
	named := slices.IndexFunc(room, func(p Presence) bool { return p.Person == person })
	if named < 0 {
		return Naming{}, ErrNotPresent.At("/person")
	}
	x := Naming{N: len(i.Namings) + 1, Seat: r.Seat, SeatName: r.Name, Organisation: r.Organisation, Code: r.Code, Person: person, Name: room[named].Name,
		By: speaks, Recorded: by.Person, At: now}
	i.Namings = append(slices.Clone(i.Namings), x)
	x.Elected = 2*i.votesFor(person) > len(room)
	return x, nil
}

// votesFor counts the seats in the room whose last word names a person, since somebody was
// elected last.
func (i Item) votesFor(person uuid.UUID) (n int) {
	last := map[uuid.UUID]uuid.UUID{}
	for _, x := range i.namings() {
		if last[x.Seat] = x.Person; x.Elected {
			clear(last)
		}
	}
	for _, p := range i.electors() {
		if last[p.Seat] == person {
			n++
		}
	}
	return n
}

// Election is how far the election of who presides over an item is.
type Election struct {
	Open    bool // it is held now
	Needed  int  // seats that must name the same
	Elected uuid.UUID
	Names   []Naming // the first first
	Among   []Presence
}

// Election tells it; nothing, where the charter elects nobody or nothing was said.
func (i Item) Election() *Election {
	if !i.electing() && len(i.Namings) == 0 {
		return nil
	}
	room := i.electors()
	return &Election{i.electing(), len(room)/2 + 1, i.elected(), i.Namings, room}
}

// mayInElection is what by can do in it.
func (i Item) mayInElection(by Actor) []string {
	if i.electing() && slices.ContainsFunc(i.electors(), func(p Presence) bool { _, _, err := i.speaker(by, p.Seat); return err == nil }) {
		return []string{"chair.elect"}
	}
	return nil
}
