package domain

import (
	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// RecusedSince marks the scores of organisations that an interest keeps from judging the
// proposal by now, though it was not on record when they judged. Declared are the interests
// on record in it that bind whoever scored, by that person.
func (p Proposal) RecusedSince(all []Score, declared map[uuid.UUID][]charter.InterestKind, ch charter.Charter) []Score {
	for n, s := range all {
		e := ToAssess{Proposal: p, Rules: ch, Declared: map[uuid.UUID][]charter.InterestKind{s.Organisation: declared[s.Person]}}
		all[n].Recused = !e.Judges(s.Organisation)
	}
	return all
}

// Judges tells whether no interest keeps an organisation from judging the proposal.
func (e ToAssess) Judges(organisation uuid.UUID) bool {
	_, recused := Seating{Declared: e.Declared[organisation]}.recused(e.Rules)
	return !recused && len(e.Proposal.Recusals(organisation, e.Rules)) == 0
}

// stillJudging parts scores into those whose organisation may judge, and the others.
func stillJudging(all []Score) (list, recused []Score) {
	for _, s := range all {
		if s.Recused {
			recused = append(recused, s)
		} else {
			list = append(list, s)
		}
	}
	return list, recused
}
