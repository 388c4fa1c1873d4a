package store

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// PortfolioFile is what a set of approvals would do, and what could be in it.
type PortfolioFile struct {
	domain.Portfolio
	Candidates []domain.PortfolioEntry // documents before the body that the actor has in sight, by ref
	LeftOut    int                     // of what was asked for: not before the body, or out of the actor's sight; nothing tells which
	Rules      charter.Charter         // in force
}

// Portfolio weighs the chosen proposals, in their order, under the charter in force. call
// narrows the candidates to one; what is chosen counts whatever its call. What an
// interest takes out of sight is no candidate and counts for nothing.
func (s *Store) Portfolio(ctx context.Context, by domain.Actor, call uuid.UUID, chosen []uuid.UUID) (PortfolioFile, error) {
	return read(ctx, s, by, func(t *tx) (f PortfolioFile, err error) {
		f.Rules = t.charter
		all, calls, err := t.offers()
		if err != nil {
			return f, err
		}
		var set []domain.PortfolioEntry
		for _, id := range chosen {
			if i := slices.IndexFunc(all, func(e domain.PortfolioEntry) bool { return e.Proposal == id }); i >= 0 {
				set = append(set, all[i])
			}
		}
		f.LeftOut = len(chosen) - len(set)
		for i, e := range all {
			if call == uuid.Nil || calls[i] == call {
				f.Candidates = append(f.Candidates, e)
			}
		}
		granted, err := t.granted()
		if err != nil {
			return f, err
		}
		pots, err := t.potsNow(t.charter)
		f.Portfolio = domain.Weigh(set, granted, pots, t.charter)
		return f, err
	})
}

// offers are the documents before the body that the actor has in sight, with their calls.
func (t *tx) offers() (list []domain.PortfolioEntry, calls []uuid.UUID, err error) {
	proposals, err := t.proposals(`p.stage = 'eligible' AND p.phase = 'document' ORDER BY p.ref LIMIT ?`, mostAssessed)
	if err != nil {
		return nil, nil, err
	}
	var states []uuid.UUID
	for _, p := range proposals {
		states = append(states, p.States()...)
	}
	groups, err := t.groupsOf(states)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range proposals {
		rules, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return nil, nil, err
		}
		declared, err := t.declared(p.ID, t.by.Hat.Organisation, t.by.Person)
		if err != nil {
			return nil, nil, err
		}
		if p.Hides(t.by, rules, declared) {
			continue
		}
		prepared, err := t.preparedWith(p.ID)
		if err != nil {
			return nil, nil, err
		}
		var shares []domain.GrantShare
		for _, s := range p.Shares {
			if s.Amount != nil {
				shares = append(shares, domain.GrantShare{Organisation: s.Organisation, Amount: *s.Amount})
			}
		}
		list, calls = append(list, p.Offer(shares, prepared, groups)), append(calls, p.Call)
	}
	return list, calls, nil
}

// groupsOf are the groups in which states are today.
func (t *tx) groupsOf(states []uuid.UUID) (map[uuid.UUID][]charter.Group, error) {
	return t.groupsOn(states, t.today())
}

// granted are the programmes that the body granted, whoever asks: they are public. What
// was given to write a document with is none, nor what the fund's history brought in: of
// that no state, no area and no sum that the body granted is on record.
func (t *tx) granted() (list []domain.PortfolioEntry, err error) {
	var states []uuid.UUID
	err = t.each(`SELECT j.code, j.title, j.area, `+grantedSum+`, p.state, to_json(coalesce(p.other_states, '{}')) FROM programmes j LEFT JOIN proposals p ON p.id = j.proposal
		WHERE NOT j.preparation AND j.state NOT IN ('cancelled', 'past') ORDER BY j.code`, func(scan func(...any) error) error {
		var e domain.PortfolioEntry
		var amount decimal.Decimal
		var state uuid.NullUUID
		var others []byte
		if err := scan(&e.Ref, &e.Title, &e.Area, &amount, &state, &others); err != nil {
			return err
		}
		if err := json.Unmarshal(others, &e.States); err != nil {
			return err
		}
		if state.Valid {
			e.States = append([]uuid.UUID{state.UUID}, e.States...)
		}
		e.Amount = ledger.New(amount, t.currency())
		states, list = append(states, e.States...), append(list, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	groups, err := t.groupsOf(states)
	for i := range list {
		list[i].Groups = groups
	}
	return list, err
}

// availableNow is the money that no decision has taken, by earmark.
func (t *tx) availableNow() (map[string]ledger.Money, error) {
	held, err := pairs[string, decimal.Decimal](t.Raw(`SELECT substr(account, length('fund:available:') + 1), held FROM balances WHERE account LIKE 'fund:available:%'`).Rows())
	free := make(map[string]ledger.Money, len(held))
	for earmark, amount := range held {
		free[earmark] = ledger.New(amount, t.currency())
	}
	return free, err
}
