package charter

// Interests says what a member's stake in an item does.
type Interests struct {
	Kinds []Interest
	// Pool is the effect of contributing to the pool from which an item is paid.
	Pool Rule[Effect]
	// Emptied is what a constituency counts for when all its seats are recused.
	Emptied Rule[Emptied]
	// DismissedBy is who may set an interest in an item aside, with a reason that stays:
	// never one of their own, nor once the roll is frozen.
	DismissedBy Rule[[]Dismisser] `since:"7"`
	Chair       ChairInterest
}

// Interest is one kind of stake and its effect.
type Interest struct {
	Kind   InterestKind
	Name   Rule[Names]
	Effect Rule[Effect]
}

// InterestKind is where a stake comes from.
type InterestKind string

const (
	OwnState            InterestKind = "own-state"            // the proposal's owner or endorser is the seat's state
	OwnOrganisation     InterestKind = "own-organisation"     // the applicant is the seat's organisation
	ImplementingPartner InterestKind = "implementing-partner" // the seat's organisation takes part in carrying it out
	ProgrammeDonor      InterestKind = "programme-donor"      // gives to this programme beside the pool
	Personal            InterestKind = "personal"             // the person's own
	OtherInterest       InterestKind = "other"

	// WorkedOn is the person's own hand in what is before the body. It follows from the
	// record alone: no charter says what it does, and nobody declares it.
	WorkedOn InterestKind = "worked-on"
)

func (InterestKind) among() []string {
	return words(OwnState, OwnOrganisation, ImplementingPartner, ProgrammeDonor, Personal, OtherInterest)
}

// Effect is what an interest does, each including those before it.
type Effect string

const (
	NoEffect  Effect = "none"
	Declare   Effect = "declare"    // on record, and takes part
	Abstain   Effect = "abstain"    // stays, and takes no position
	Leave     Effect = "leave"      // leaves the room for the item
	LoseSight Effect = "lose-sight" // nor reads its deliberation, scores and positions
)

func (Effect) among() []string { return words(NoEffect, Declare, Abstain, Leave, LoseSight) }

func (e Effect) rank() int {
	for i, w := range e.among() {
		if w == string(e) {
			return i
		}
	}
	return -1
}

// Recuses tells whether an effect takes the seat out of the item: from abstaining
// upwards.
func (e Effect) Recuses() bool { return e.rank() >= Abstain.rank() }

// Includes tells whether e goes as far as f.
func (e Effect) Includes(f Effect) bool { return e.rank() >= f.rank() }

// Emptied is what becomes of a constituency with nobody left.
type Emptied string

const (
	CountsAsAbsent Emptied = "counts-as-absent" // a minimum of each constituency is then not met
	LowersQuorum   Emptied = "lowers-quorum"    // the minimum is not asked of it for this item
)

func (Emptied) among() []string { return words(CountsAsAbsent, LowersQuorum) }

// ChairInterest is the exception for the Chair, whose organisation chairs, serves
// the body and implements at once.
type ChairInterest struct {
	// OwnOrganisation is the effect on the Chair when the Chair's organisation
	// applies or implements. It replaces that of the kind.
	OwnOrganisation Rule[Effect]
	// Secretariat is the same for the secretariat's staff, who are of that
	// organisation too.
	Secretariat Rule[Effect]
	// HandsOverFrom is the least effect at which the Chair gives the item to Presides.
	HandsOverFrom Rule[Effect]
	Presides      Rule[Presider]
}

// Presider is who chairs an item that the Chair may not.
type Presider string

const (
	LongestServing Presider = "longest-serving-member" // of those present and not recused
	Designated     Presider = "designee"               // the Chair's designee, of another organisation
	ElectedForItem Presider = "elected-for-the-item"
)

func (Presider) among() []string { return words(LongestServing, Designated, ElectedForItem) }

// Effect is what a kind of interest does to a member.
func (i Interests) Effect(kind InterestKind) Effect {
	k, ok := find(i.Kinds, kind, func(k Interest) InterestKind { return k.Kind })
	if !ok {
		return LoseSight // a kind nobody provided for shows nothing to anyone
	}
	return k.Effect.Value
}

// Known tells whether the charter has a kind.
func (i Interests) Known(kind InterestKind) bool {
	_, ok := find(i.Kinds, kind, func(k Interest) InterestKind { return k.Kind })
	return ok
}

// Dismisser is who may set an interest aside.
type Dismisser string

const (
	DismissedByPresider    Dismisser = "presider" // over the item; before anybody presides, the Chair without an interest that hands it over
	DismissedBySecretariat Dismisser = "secretariat"
)

func (Dismisser) among() []string { return words(DismissedByPresider, DismissedBySecretariat) }
