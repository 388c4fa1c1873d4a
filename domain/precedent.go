package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Precedent is what the body decided of a like item.
type Precedent struct {
	Number        string
	Title         string
	Language      string
	Procedure     charter.Procedure
	AdoptedAt     time.Time
	Change        ChangeKind  // of a revision; else ""
	Area          string      // of the proposal that it was about; "" where there was none
	States        []uuid.UUID // whose programme it was
	Organisations []uuid.UUID // who applied, and who took part
	Like          []Likeness  // in what it is like the item
}

// Likeness is something that two items have in common beside their kind.
type Likeness string

const (
	SameState        Likeness = "state"
	SameOrganisation Likeness = "organisation"
	SameChange       Likeness = "change" // the same kind of change of a programme is asked
	SameArea         Likeness = "area"
)

// mostPrecedents are shown beside an item: what is read before it is decided.
const mostPrecedents = 5

// Precedents are those decisions of the item's kind that are most like it: the more they have
// in common the earlier, and of equals the newest first. That they bind nobody, the charter
// says by saying nothing.
func (i Item) Precedents(past []Precedent) []Precedent {
	list := make([]Precedent, len(past))
	for n, p := range past {
		p.Like = i.likeness(p)
		list[n] = p
	}
	slices.SortStableFunc(list, func(a, b Precedent) int {
		return cmp.Or(cmp.Compare(len(b.Like), len(a.Like)), b.AdoptedAt.Compare(a.AdoptedAt), cmp.Compare(b.Number, a.Number))
	})
	return list[:min(len(list), mostPrecedents)]
}

func (i Item) likeness(p Precedent) []Likeness {
	like := []Likeness{}
	shared := func(l Likeness, have bool) {
		if have {
			like = append(like, l)
		}
	}
	shared(SameChange, i.Change != nil && i.Change.Kind == p.Change)
	if i.Case == nil {
		return like
	}
	among := func(list []uuid.UUID) func(uuid.UUID) bool {
		return func(id uuid.UUID) bool { return slices.Contains(list, id) }
	}
	takesPart := func(s GrantShare) bool { return slices.Contains(p.Organisations, s.Organisation) }
	shared(SameState, slices.ContainsFunc(i.Case.States, among(p.States)))
	shared(SameOrganisation, slices.Contains(p.Organisations, i.Case.Organisation) || slices.ContainsFunc(i.Case.Shares, takesPart))
	shared(SameArea, p.Area != "" && p.Area == i.Case.Area)
	return like
}
