package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// BudgetFile is a proposal's budget with what it is judged by, as somebody sees it.
type BudgetFile struct {
	Ref     string
	Content domain.Content // now, or of the version asked for
	Version int            // 0 is now
	Charter charter.Charter
	Ceiling domain.Ceiling
	With    int            // the version it is compared with; 0 is none
	Earlier domain.Content // of that version
	Named   map[uuid.UUID]Named
	// Parties may have cells: the entities of the United Nations, and who asks for a
	// share; by code, with their other names.
	Parties []domain.Organisation
}

// Budget shows the budget of a version, 0 for what one sees now, compared with that
// of another, 0 for none.
func (s *Store) Budget(ctx context.Context, by domain.Actor, id uuid.UUID, version, with int) (BudgetFile, error) {
	return read(ctx, s, by, func(t *tx) (BudgetFile, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return BudgetFile{}, err
		}
		return t.budgetFile(p, version, with)
	})
}

// DraftBudget is the budget now, for somebody who may change it.
func (s *Store) DraftBudget(ctx context.Context, by domain.Actor, id uuid.UUID) (BudgetFile, error) {
	return read(ctx, s, by, func(t *tx) (BudgetFile, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return BudgetFile{}, err
		}
		if err := p.Budgeted(t.by); err != nil {
			return BudgetFile{}, err
		}
		return t.budgetFile(p, 0, 0)
	})
}

func (t *tx) budgetFile(p domain.Proposal, version, with int) (f BudgetFile, err error) {
	f = BudgetFile{Ref: p.Ref, Content: p.Content, Version: version, With: with}
	if version != 0 {
		if f.Content, err = t.contentOf(p.ID, version); err != nil {
			return f, err
		}
	}
	if with != 0 {
		if f.Earlier, err = t.contentOf(p.ID, with); err != nil {
			return f, err
		}
	}
	g, err := t.grounds(p.Call, uuid.Nil, f.Content)
	if err != nil {
		return f, err
	}
	f.Charter, f.Ceiling = g.Charter, g.Ceiling(f.Content)
	if f.Named, err = t.named(append(f.Content.Organisations(), f.Earlier.Organisations()...)...); err != nil {
		return f, err
	}
	f.Parties, err = t.organisations(`o.kind = 'un' AND `+mergedInto+` IS NULL OR o.id IN ? ORDER BY o.code`, append(f.Content.Organisations(), uuid.Nil))
	return f, err
}

// contentOf is what a version of a proposal says.
func (t *tx) contentOf(proposal uuid.UUID, n int) (domain.Content, error) {
	v, err := t.submission(proposal, n)
	if err != nil {
		return domain.Content{}, err
	}
	return domain.Frozen(v.Content)
}
