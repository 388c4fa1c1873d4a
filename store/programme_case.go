package store

import (
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// programmeCase loads what the rules of a change look at: the programme, held for an
// act where one is under way, its plan in force, and what of its money is not yet
// asked for.
func (t *tx) programmeCase(id uuid.UUID, toAct bool) (g domain.ProgrammeCase, err error) {
	var f ProgrammeFile
	if toAct {
		f, err = t.programmeForUpdate(id)
	} else {
		f, err = only(t.programmes(`j.id = ?`, id))
	}
	if err != nil || f.Programme.Proposal == uuid.Nil {
		return domain.ProgrammeCase{Programme: f.Programme}, err
	}
	g = domain.ProgrammeCase{Programme: f.Programme, Plan: domain.Plan{Shares: f.Shares}, Free: map[uuid.UUID]ledger.Money{}, Codes: map[uuid.UUID]string{}}
	of, err := t.proposalsAs(func(domain.Proposal) bool { return false }, `p.id = ?`, f.Programme.Proposal)
	if err != nil {
		return g, err
	}
	g.Of = of[0]
	if err := t.plans(&g); err != nil {
		return g, err
	}
	rows, err := t.Raw(`SELECT s.organisation, o.code, coalesce((SELECT held FROM balances WHERE account = 'fund:allocated:' || p.code || ':' || o.code), 0)
			- coalesce((SELECT sum(amount) FROM transfer_requests r WHERE r.programme = p.id AND r.organisation = o.id AND r.stage IN ('requested', 'signed', 'prepared')), 0)
		FROM programme_shares s JOIN programmes p ON p.id = s.programme JOIN organisations o ON o.id = s.organisation WHERE p.id = ?`, id).Rows()
	if err != nil {
		return g, err
	}
	defer rows.Close()
	for rows.Next() {
		var organisation uuid.UUID
		var code string
		var free decimal.Decimal
		if err := rows.Scan(&organisation, &code, &free); err != nil {
			return g, err
		}
		g.Free[organisation], g.Codes[organisation] = ledger.New(free, t.currency()), code
	}
	if err := rows.Err(); err != nil {
		return g, err
	}
	rows.Close()
	open, err := t.changeRows(`x.programme = ? AND x.state = 'asked'`, id)
	for _, x := range open {
		g.Open = append(g.Open, x.ChangeRequest)
	}
	return g, err
}

// plans finds the budget in force, which is what the last change of the plan left or
// the proposal had, and the plan that the body last decided: the one in force, or where
// the secretariat has recorded revisions since, the one that the first of them changed:
// now, and before each change that is settled.
func (t *tx) plans(g *domain.ProgrammeCase) error {
	done, err := t.changeRows(`x.programme = ? AND x.state IN ('adopted', 'recorded', 'not-adopted') AND x.after IS NOT NULL ORDER BY x.settled_at, x.n`, g.ID)
	if err != nil {
		return err
	}
	g.Plan.Budget = g.Of.Budget
	var changed *domain.Plan
	g.Decided = map[uuid.UUID]domain.Plan{}
	for i, x := range done {
		if g.Decided[x.ID] = x.Before; changed != nil {
			g.Decided[x.ID] = *changed
		}
		if x.State == domain.ChangeRefused {
			continue
		}
		g.Plan.Budget = x.After.Budget
		switch {
		case x.State == domain.ChangeAdopted:
			g.FixedBy, changed = x.Decision, nil
		case changed == nil:
			changed = &done[i].Before
		}
	}
	if g.Fixed = g.Plan; changed != nil {
		g.Fixed = *changed
	}
	return nil
}
