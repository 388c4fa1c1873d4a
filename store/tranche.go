package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// PlanTranches says how an organisation's part of a programme is paid; after is the number
// of the plan that the planner has read.
func (s *Store) PlanTranches(ctx context.Context, by Ask, programme, organisation uuid.UUID, parts []int, reason string, after int) (ExpenditurePart, error) {
	return act(ctx, s, by, "tranches.plan", func(t *tx) (p ExpenditurePart, err error) {
		t.on("programme", programme)
		of, err := t.programmeCase(programme, true)
		if err != nil {
			return p, err
		}
		if !slices.ContainsFunc(of.Programme.Shares, func(x domain.GrantShare) bool { return x.Organisation == organisation }) {
			return p, domain.ErrMissing
		}
		made, err := t.tranchePlans(programme, organisation)
		if err != nil {
			return p, err
		}
		plan, err := domain.PlanOf(of.Programme, t.charter, made).Plan(t.by, parts, reason, after, t.now)
		if err != nil {
			return p, err
		}
		t.changed("organisation", of.Codes[organisation])
		t.changed("parts", plan.Parts)
		wire, err := json.Marshal(plan.Parts)
		if err != nil {
			return p, err
		}
		if err := t.Exec(`INSERT INTO tranche_plans (programme, organisation, n, parts, reason, person, at) SELECT ?, ?, ?, array_agg(x::integer ORDER BY i), ?, ?, ?
			FROM jsonb_array_elements_text(?::jsonb) WITH ORDINALITY e(x, i)`, programme, organisation, plan.N, plan.Reason, plan.Person, plan.At, string(wire)).Error; err != nil {
			return p, err
		}
		return t.expenditurePart(of, organisation)
	})
}

// tranchePlans are those made for a part, oldest first.
func (t *tx) tranchePlans(programme, organisation uuid.UUID) (list []domain.TranchePlan, err error) {
	err = t.each(`SELECT n, to_json(parts)::text, reason, person, at FROM tranche_plans WHERE programme = ? AND organisation = ? ORDER BY n`, func(scan func(...any) error) error {
		var p domain.TranchePlan
		var parts string
		if err := scan(&p.N, &parts, &p.Reason, &p.Person, &p.At); err != nil {
			return err
		}
		list = append(list, p)
		return json.Unmarshal([]byte(parts), &list[len(list)-1].Parts)
	}, programme, organisation)
	return list, err
}

// paidPart loads what the tranches of an organisation's part are judged by, under some rules.
// Cases of organisations that are loaded are not loaded again.
func (t *tx) paidPart(of domain.ProgrammeCase, organisation uuid.UUID, rules charter.Charter, loaded map[uuid.UUID]domain.ExpenditureCase) (p domain.PaidPart, err error) {
	made, err := t.tranchePlans(of.Programme.ID, organisation)
	if err != nil {
		return p, err
	}
	zero := ledger.Zero(t.currency())
	p = domain.PaidPart{Plan: domain.PlanOf(of.Programme, rules, made), Granted: zero, Released: zero,
		Scope: domain.Scoped{Released: zero, Spent: zero, Committed: zero}}
	released := map[uuid.UUID]ledger.Money{}
	err = t.each(`SELECT organisation, sum(amount), min(released_at) FROM transfer_requests WHERE programme = ? AND stage IN ('released', 'sent', 'acknowledged') GROUP BY organisation`,
		func(scan func(...any) error) error {
			var id uuid.UUID
			var sum decimal.Decimal
			var first time.Time
			err := scan(&id, &sum, &first)
			if id == organisation {
				p.First = &first
			}
			released[id] = ledger.New(sum, t.currency())
			return err
		}, of.Programme.ID)
	if err != nil {
		return p, err
	}
	for _, share := range of.Programme.Shares {
		own := share.Organisation == organisation
		sum, paid := released[share.Organisation]
		if own {
			p.Granted = share.Amount
			if paid {
				p.Released = sum
			}
		}
		if !paid || !own && rules.Agent.TranchePer.Value == charter.PerOrganisation {
			continue
		}
		g, ok := loaded[share.Organisation]
		if !ok {
			if g, err = t.expenditureCase(of, share.Organisation); err != nil {
				return p, err
			}
			loaded[share.Organisation] = g
		}
		spent, committed, last := g.Use()
		p.Scope.Released, p.Scope.Spent, p.Scope.Committed = p.Scope.Released.Add(sum), p.Scope.Spent.Add(spent), p.Scope.Committed.Add(committed)
		if last != nil {
			p.Papers = append(p.Papers, *last)
		}
		p.Owed = append(p.Owed, overdue(g.Owed(t.today()), t.today())...)
	}
	return p, t.reportsIn(of.Programme, &p)
}

// reportsIn adds which narrative reports of a programme are overdue, and when the others came.
func (t *tx) reportsIn(of domain.Programme, p *domain.PaidPart) error {
	if of.Decision == uuid.Nil {
		return nil
	}
	lines, err := t.reportLines([]ProgrammeFile{{Programme: of}})
	if err != nil {
		return err
	}
	for _, l := range lines[of.ID] {
		switch {
		case !l.Asked || l.Kind == domain.EvaluationReport:
		case l.Came != nil:
			p.Papers = append(p.Papers, *l.Came)
		default:
			p.Owed = append(p.Owed, overdue([]domain.ReportDue{l.ReportDue}, t.today())...)
		}
	}
	return nil
}

func overdue(list []domain.ReportDue, today time.Time) (late []domain.ReportDue) {
	for _, d := range list {
		if d.Late(today) > 0 {
			late = append(late, d)
		}
	}
	return late
}

// lockParts holds all parts of a request's programme still, in the order in which a new
// request does: what the test counts is then what the books have, however many release at once.
func (t *tx) lockParts(request uuid.UUID) error {
	if err := t.Exec(`SELECT FROM programmes WHERE id = (SELECT programme FROM transfer_requests WHERE id = ?) FOR SHARE`, request).Error; err != nil {
		return err
	}
	return t.Exec(`SELECT FROM programme_shares WHERE programme = (SELECT programme FROM transfer_requests WHERE id = ?) ORDER BY organisation FOR UPDATE`, request).Error
}

// tranches finds of which tranche the requests would be that are not released yet.
func (t *tx) tranches(list []transferFile) error {
	type programme struct {
		domain.ProgrammeCase
		parts map[uuid.UUID]domain.ExpenditureCase // by organisation
	}
	cases := map[uuid.UUID]programme{}
	for i, f := range list {
		if f.Over() {
			continue
		}
		of, ok := cases[f.Programme]
		if !ok {
			g, err := t.programmeCase(f.Programme, false)
			if err != nil {
				return err
			}
			of = programme{g, map[uuid.UUID]domain.ExpenditureCase{}}
			cases[f.Programme] = of
		}
		rules, err := t.charterOf(f.CharterVersion)
		if err != nil {
			return err
		}
		part, err := t.paidPart(of.ProgrammeCase, f.Organisation, rules, of.parts)
		if err != nil {
			return err
		}
		next := part.Next(rules)
		g := &list[i].grounds
		g.Tranche, g.Released = &next, part.Released
		if part.Plan.N > 0 {
			g.Papers = append(g.Papers, part.Plan.At)
		}
		if next.Tested {
			g.Papers = append(g.Papers, part.Papers...)
		}
		if rules.Agent.MemorandumRequired.Value {
			err = t.each(`SELECT greatest(created_at, lower(in_force)::timestamptz) FROM mous WHERE organisation = ? AND in_force @> ?::date`, func(scan func(...any) error) error {
				var at time.Time
				err := scan(&at)
				g.Papers = append(g.Papers, at)
				return err
			}, f.Organisation, t.today())
			if err != nil {
				return err
			}
		}
	}
	return nil
}
