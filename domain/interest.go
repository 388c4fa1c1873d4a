package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrDeclared refuses the same interest of the same organisation twice.
var ErrDeclared = problem.New(problem.Conflict, "interest-on-record")

// Sources of an interest: said by its owner for the item, found in the facts, following
// from what its owner has declared once, or known to the secretariat.
const (
	InterestDeclared  = "declared"
	InterestFound     = "found"
	InterestStanding  = "standing"
	InterestSuggested = "suggested"
)

// Interest is a stake of an organisation in an item.
type Interest struct {
	ID           uuid.UUID
	Organisation uuid.UUID
	Code         string
	Kind         charter.InterestKind
	Effect       charter.Effect // that the charter gave the kind
	Source       string
	Note         string
	Person       uuid.UUID // who declared or suggested it; nobody where it was found
	Standing     uuid.UUID // that it follows from, or Nil
	DrawnFrom    uuid.UUID // where it was first said, of another item of the same matter; Nil where that was here
	DrawnOf      string    // that item's reference
	At           time.Time
	Dismissed    *Dismissal // it has no effect then
	Merged       bool       // found, and there only as long as two organisations are one
}

// RollSeat is a seat that has a part in a question, as the roll has it.
type RollSeat struct {
	Seat         uuid.UUID
	Name         string
	Constituency string
	Organisation uuid.UUID
	Code         string
	Chair        bool
	Recused      bool
	Reason       string         // the kind of interest that counts most, or ""
	Effect       charter.Effect // its effect
	Serving      time.Time      // since when the organisation is on the body
}

func (r RollSeat) standsFor(by Actor) bool {
	return r.Organisation == by.Hat.Organisation && r.Chair == (by.Hat.Role == Coordinator)
}

// role is the one under which somebody stands for the seat.
func (r RollSeat) role() Role {
	if r.Chair {
		return Coordinator
	}
	return Member
}

// DrawRoll lists the seats that are held, each recused or not by the interests
// of its organisation.
func DrawRoll(c charter.Charter, sitting []Sitting, interests []Interest) []RollSeat {
	roll := make([]RollSeat, 0, len(sitting))
	for _, s := range sitting {
		r := RollSeat{Seat: s.ID, Name: s.Name, Constituency: s.Constituency, Organisation: s.Organisation, Code: s.Code, Chair: s.Chair(), Serving: s.Serving}
		kind, effect := strongest(c, r.role(), s.Organisation, s.unbound(interests))
		r.Recused, r.Reason, r.Effect = effect.Recuses(), string(kind), effect
		roll = append(roll, r)
	}
	return roll
}

// Stakes are the interests of an organisation that follow from a proposal's
// facts. Contributing to the pool is none, or no donor could sit.
func (g GrantCase) Stakes(kin Kin, organisation uuid.UUID) []charter.InterestKind {
	var kinds []charter.InterestKind
	if kin.Among(g.States, organisation) {
		kinds = append(kinds, charter.OwnState)
	}
	if kin.Same(g.Organisation, organisation) {
		kinds = append(kinds, charter.OwnOrganisation)
	}
	if slices.ContainsFunc(g.Shares, func(s GrantShare) bool { return kin.Same(s.Organisation, organisation) }) {
		kinds = append(kinds, charter.ImplementingPartner)
	}
	return kinds
}

// stakes are an organisation's in the proposal that the item is about, or in the
// programme that enters or leaves the pipeline.
func (i Item) stakes(organisation uuid.UUID) []charter.InterestKind {
	if i.Case != nil {
		return i.Case.Stakes(i.Kin, organisation)
	}
	return i.Move.stakes(i.Kin, organisation)
}

// Found are the interests of those who sit, as the facts have them: of their organisation,
// and of those that are one with it by now.
func (i Item) Found(sitting []Sitting, now time.Time) []Interest {
	var found []Interest
	add := func(s Sitting, x Interest) {
		x.Organisation = s.Organisation
		if onRecord := x.alike; slices.ContainsFunc(i.Interests, onRecord) || slices.ContainsFunc(found, onRecord) {
			return
		}
		x.ID, x.Code, x.At = uuid.New(), s.Code, now
		x.Effect = effectOn(i.Charter, plainRole(s.Organisation, sitting), x.Kind)
		found = append(found, x)
	}
	alone := i
	alone.Kin = nil // the same item as if no organisation had been merged
	for _, s := range sitting {
		for _, k := range i.kept(s.Organisation, sitting) {
			add(s, Interest{Kind: k, Source: InterestFound, Merged: !slices.Contains(alone.kept(s.Organisation, sitting), k)})
		}
		for _, x := range i.touching(s.Organisation) {
			add(s, Interest{Kind: x.Kind, Source: InterestStanding, Note: x.Note, Person: x.Person, Standing: x.ID,
				Merged: !slices.ContainsFunc(alone.touching(s.Organisation), func(o StandingInterest) bool { return o.ID == x.ID })})
		}
		for _, x := range i.Interests {
			if x.Organisation != s.Organisation && i.Kin.Same(x.Organisation, s.Organisation) && x.stands() && x.binds() == uuid.Nil {
				add(s, Interest{Kind: x.Kind, Source: InterestFound, Note: x.Note, Merged: true})
			}
		}
	}
	return found
}

// plainRole is the role for which an interest's effect is written down: the Chair's where
// the organisation holds no other seat, which has the plain effect.
func plainRole(organisation uuid.UUID, sitting []Sitting) Role {
	if slices.ContainsFunc(sitting, func(o Sitting) bool { return o.Organisation == organisation && !o.Chair() }) {
		return Member
	}
	return Coordinator
}

// Declare puts an interest of by's own organisation on record or, of the kind "personal",
// of by's own person.
func (i Item) Declare(by Actor, kind charter.InterestKind, note string, now time.Time) (Interest, error) {
	mine := Interest{ID: uuid.New(), Organisation: by.Hat.Organisation, Code: by.Hat.Code, Kind: kind,
		Effect: effectOn(i.Charter, by.Hat.Role, kind), Source: InterestDeclared, Note: note, Person: by.Person, At: now}
	switch err := i.declarable(by); {
	case !i.Charter.Interests.Known(kind):
		return Interest{}, ErrUnknownWord.With("given", clipped(string(kind))).At("/kind")
	case len([]rune(note)) > longestReason:
		return Interest{}, ErrTooLong.With("limit", longestReason).At("/note")
	case err != nil:
		return Interest{}, err
	case slices.ContainsFunc(i.Interests, func(x Interest) bool { return x.alike(mine) && x.stands() }):
		return Interest{}, ErrDeclared.With("kind", string(kind))
	}
	return mine, nil
}

// declarable refuses a declaration that comes too late, since once the roll is
// frozen an interest could no longer recuse, and one by whoever stands for no
// seat: an adviser reads, and takes no seat out of a decision.
func (i Item) declarable(by Actor) error {
	switch {
	case i.State != QuestionListed:
		return ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	case by.Hat.Role == Member && by.Hat.Capacity == Adviser:
		return ErrAdviser
	case !slices.ContainsFunc(i.Roll, func(r RollSeat) bool { return r.standsFor(by) }):
		return ErrNoSeat.With("organisation", by.Hat.Code)
	}
	return nil
}

// Hidden tells whether the item's deliberation and positions are out of by's
// sight, and by which interest. Who has left the room for an item does not
// follow it from outside either: leaving hides it until it is closed.
func (i Item) Hidden(by Actor) (charter.InterestKind, bool) {
	if i.Hands.blinded(by) {
		return charter.WorkedOn, true
	}
	kind, effect := strongest(i.Charter, by.Hat.Role, by.Hat.Organisation, i.borne(by.Hat.Organisation, by.Person))
	return kind, effect.Includes(charter.LoseSight) || effect.Includes(charter.Leave) && i.UnderWay()
}

// borne are the interests that an organisation has in the item now under a person's hat, so
// without what binds other persons: on record, of those that are one with it by now, and as
// the item shows them, but for those that were set aside. What came to light only once the
// question was put holds as long as there is what it came from.
func (i Item) borne(organisation, person uuid.UUID) (list []Interest) {
	shown := i.shown(organisation)
	for _, x := range shown {
		if !i.aside(x) {
			list = append(list, x)
		}
	}
	for _, x := range i.Interests {
		mine := x
		mine.Organisation = organisation
		kind := func(o Interest) bool { return o.Kind == x.Kind }
		passing := x.Source == InterestFound && i.since(x) && !slices.ContainsFunc(shown, kind)
		other := x.Organisation != organisation && (x.binds() != person && !i.Kin.Same(x.Organisation, organisation) || i.aside(mine))
		if !passing && !other {
			list = append(list, mine)
		}
	}
	return slices.DeleteFunc(list, func(x Interest) bool { return x.binds() != uuid.Nil && x.binds() != person })
}

// since tells whether an interest came to light once the question was put: the roll, frozen
// then, is counted as it stood.
func (i Item) since(x Interest) bool { return i.OpenedAt != nil && x.At.After(*i.OpenedAt) }

// Since are the interests of seats on the frozen roll of an open question that have come to
// light since it was put: organisations were merged meanwhile. They go on its record. The
// roll, the quorum and what was said stay as they were; the seat says and sees no more of
// it. Whoever presides may withdraw the question and have it listed anew.
func (i Item) Since(now time.Time) []Interest {
	if i.State != QuestionOpen {
		return nil
	}
	at := i.notBefore(now)
	if !at.After(*i.OpenedAt) {
		at = i.OpenedAt.Add(time.Microsecond) // the finest that is kept
	}
	var sitting []Sitting
	for _, r := range i.Roll {
		sitting = append(sitting, Sitting{Seat: Seat{ID: r.Seat, Name: r.Name, Constituency: r.Constituency}, Organisation: r.Organisation, Code: r.Code})
	}
	return slices.DeleteFunc(i.Found(sitting, at), func(x Interest) bool { return !x.Merged })
}

// Unnamed tells whether not even the item's title is for by to read: until it is adopted,
// when what was decided is everybody's.
func (i Item) Unnamed(by Actor) bool {
	_, hidden := i.Hidden(by)
	return hidden && i.State != QuestionAdopted
}

// shown are the interests that an organisation has by what the item says, or by what it has
// declared once.
func (i Item) shown(organisation uuid.UUID) (list []Interest) {
	for _, k := range i.stakes(organisation) {
		list = append(list, Interest{Organisation: organisation, Kind: k, Source: InterestFound})
	}
	for _, x := range i.touching(organisation) {
		list = append(list, Interest{Organisation: organisation, Kind: x.Kind, Source: InterestStanding, Person: x.Person})
	}
	return list
}

// strongest is the interest of an organisation that goes furthest under a role, of those that stand.
func strongest(c charter.Charter, role Role, organisation uuid.UUID, interests []Interest) (charter.InterestKind, charter.Effect) {
	kind, most := charter.InterestKind(""), charter.NoEffect
	for _, x := range interests {
		if x.Organisation != organisation || !x.stands() {
			continue
		}
		if e := effectOn(c, role, x.Kind); kind == "" || !most.Includes(e) {
			kind, most = x.Kind, e
		}
	}
	return kind, most
}

// effectOn is what a kind of interest does under a role. The Chair and the
// secretariat are of an organisation that implements too: the charter has an
// effect of their own for that; what the Chair declares as a person blinds no
// secretary. Those who read by office have no interests.
func effectOn(c charter.Charter, role Role, kind charter.InterestKind) charter.Effect {
	ofTheHouse := kind == charter.OwnOrganisation || kind == charter.ImplementingPartner
	switch {
	case role == Coordinator && ofTheHouse:
		return c.Interests.Chair.OwnOrganisation.Value
	case role == Secretariat:
		return c.Interests.Chair.Secretariat.Value
	case role == Member || role == Coordinator:
		return c.Interests.Effect(kind)
	}
	return charter.NoEffect
}

// EffectOf is what the reason that the roll gives a seat does to it.
func (i Item) EffectOf(r RollSeat) charter.Effect {
	switch {
	case r.Reason == "":
		return charter.NoEffect
	case r.Chair:
		return effectOn(i.Charter, Coordinator, charter.InterestKind(r.Reason))
	}
	return effectOn(i.Charter, Member, charter.InterestKind(r.Reason))
}
