package domain

import (
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
)

// ProgrammeCase is what the rules of a change look at.
type ProgrammeCase struct {
	Programme
	Of      Proposal                   // that it comes of, with its team
	Plan    Plan                       // in force
	Fixed   Plan                       // that the body last decided: by the grant, an extension with cost, or a revision
	FixedBy string                     // number of that decision; "" for the one that made the programme
	Decided map[uuid.UUID]Plan         // by a change of the plan that is settled: the one that the body had last decided before it
	Free    map[uuid.UUID]ledger.Money // by organisation: allocated, and neither released nor asked for
	Open    []ChangeRequest            // that are asked for
	Codes   map[uuid.UUID]string
}

// Convener is the organisation that convenes the programme.
func (g ProgrammeCase) Convener() uuid.UUID {
	if len(g.Of.Shares) > 0 {
		return g.Of.Shares[0].Organisation
	}
	return uuid.Nil
}

// Sees tells whether a programme's file, beyond what is public, is within by's reach.
func (g ProgrammeCase) Sees(by Actor) bool {
	switch {
	case by.Scope == Any:
		return true
	case by.Hat.Role == PUNO:
		return slices.ContainsFunc(g.Shares, func(s GrantShare) bool { return by.Reaches(s.Organisation) })
	}
	return g.Of.Reaches(by) == nil
}

// askedBy refuses who may not speak for the programme: that is the lead of its
// team, the organisation that convenes it, and the secretariat.
func (g ProgrammeCase) askedBy(by Actor) error {
	switch by.Hat.Role {
	case Secretariat:
		return nil
	case Applicant:
		return g.Of.Led(by)
	case PUNO:
		if by.Hat.Organisation == g.Convener() {
			return nil
		}
	}
	return ErrNotItsAsker.With("programme", g.Code)
}

// Askable lists the kinds of change that by may ask for now.
func (g ProgrammeCase) Askable(by Actor) []ChangeKind {
	kinds := []ChangeKind{}
	if g.askedBy(by) != nil {
		return kinds
	}
	for _, k := range changes {
		if g.open(k.kind) == nil {
			kinds = append(kinds, k.kind)
		}
	}
	return kinds
}

// open refuses a change that the programme's state does not allow, or that is asked
// for already.
func (g ProgrammeCase) open(kind ChangeKind) error {
	k, known := kind.rules()
	switch {
	case !known:
		return ErrUnknownWord.With("given", clipped(string(kind))).At("/kind")
	case g.Preparation && kind != Cancellation:
		return ErrOfPreparation.With("programme", g.Code)
	case !slices.Contains(k.from, g.State) || k.days && g.EndsOn == nil:
		return ErrProgrammeState.With("programme", g.Code, "state", string(g.State))
	}
	for _, x := range g.Open {
		if x.Kind == kind {
			return ErrAskedAlready.With("ref", x.Ref)
		}
	}
	return nil
}
