package domain

import (
	"slices"

	"github.com/google/uuid"
)

// Kin tells which organisations are one by now: of each that was merged into another, what
// it is in the end, however many merges away. Merging rewrites nothing of either, so
// whatever asks whether a stake is an organisation's own asks here, and a merge that is
// taken back gives back what was. The zero value knows of none.
type Kin map[uuid.UUID]uuid.UUID

func (k Kin) now(organisation uuid.UUID) uuid.UUID {
	if into, merged := k[organisation]; merged {
		return into
	}
	return organisation
}

// Same tells whether two are one organisation. Nobody is none.
func (k Kin) Same(one, other uuid.UUID) bool {
	return one != uuid.Nil && k.now(one) == k.now(other)
}

// Among tells whether an organisation is one of some.
func (k Kin) Among(some []uuid.UUID, organisation uuid.UUID) bool {
	return slices.ContainsFunc(some, func(o uuid.UUID) bool { return k.Same(o, organisation) })
}

// Of are all that are one with an organisation, itself first.
func (k Kin) Of(organisation uuid.UUID) []uuid.UUID {
	all := []uuid.UUID{organisation}
	add := func(o uuid.UUID) {
		if o != organisation && k.Same(o, organisation) && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	for merged, into := range k {
		add(merged)
		add(into)
	}
	slices.SortFunc(all[1:], func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return all
}
