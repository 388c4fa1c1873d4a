package domain

import (
	"slices"

	"github.com/google/uuid"
)

// AsOne is the rota with every organisation as what it is by now: the terms, the days in
// a constituency and the groups of all that were merged into one count as its own, and
// those that are no more stand for nothing. A merge takes no cooling-off away and seats
// nobody twice; what was written down of each stays as it was.
func (r Rota) AsOne(kin Kin) Rota {
	r.Kin, r.Terms, r.Members = kin, slices.Clone(r.Terms), slices.Clone(r.Members)
	for i := range r.Terms {
		r.Terms[i].Organisation = kin.now(r.Terms[i].Organisation)
	}
	for i := range r.Members {
		r.Members[i].Organisation = kin.now(r.Members[i].Organisation)
	}
	groups := map[uuid.UUID][]GroupTerm{}
	for o, terms := range r.Groups {
		groups[kin.now(o)] = append(groups[kin.now(o)], terms...)
	}
	r.Groups = groups
	return r
}
