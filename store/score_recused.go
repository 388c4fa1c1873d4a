package store

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// scores of a proposal, whatever submission they are about, each seat's earlier ones too.
func (t *tx) scores(p domain.Proposal, rules charter.Charter) ([]domain.Score, error) {
	list, err := t.scoreRows(p.ID)
	if err != nil {
		return nil, err
	}
	return t.withRecused(p, rules, list)
}

// withRecused marks those whose organisation an interest keeps from judging by now.
func (t *tx) withRecused(p domain.Proposal, rules charter.Charter, list []domain.Score) ([]domain.Score, error) {
	declared := map[uuid.UUID][]charter.InterestKind{}
	for _, s := range list {
		if _, known := declared[s.Person]; known {
			continue
		}
		kinds, err := t.declared(p.ID, s.Organisation, s.Person)
		if err != nil {
			return nil, err
		}
		declared[s.Person] = kinds
	}
	return p.RecusedSince(list, declared, rules), nil
}
