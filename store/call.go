package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// CallFile is a call as somebody sees it now.
type CallFile struct {
	domain.Call
	State domain.CallState
	May   []string // acts that the domain would not refuse; policy has its own say
}

// CreateCall announces a call under the charter in force.
func (s *Store) CreateCall(ctx context.Context, by Ask, c domain.Call) (CallFile, error) {
	return act(ctx, s, by, "call.create", func(t *tx) (CallFile, error) {
		if err := c.Check(t.charter); err != nil {
			return CallFile{}, err
		}
		year := t.today().Year()
		n, err := t.next(domain.CallRef(year, 0)[:len("CALL-2026")])
		if err != nil {
			return CallFile{}, err
		}
		c.ID, c.Ref, c.CharterVersion, c.Version, c.CreatedAt = uuid.New(), domain.CallRef(year, n), t.charter.Version, 1, t.now
		c.Stages, c.ConceptForm, c.DocumentForm = max(c.Stages, 1), max(c.ConceptForm, 1), max(c.DocumentForm, 1)
		t.on("call", c.ID)
		t.changed("ref", c.Ref)
		t.changed("opens_at", c.OpensAt)
		t.changed("closes_at", c.ClosesAt)
		areas, err := json.Marshal(c.Areas)
		if err != nil {
			return CallFile{}, err
		}
		var ceiling *decimal.Decimal
		if c.Ceiling != nil {
			ceiling = &c.Ceiling.Amount
		}
		err = t.Exec(`INSERT INTO calls (id, ref, title, text, opens_at, closes_at, areas, ceiling, currency, stages, concept_form, document_form, charter_version, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ARRAY(SELECT jsonb_array_elements_text(?::jsonb)), ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.Ref, c.Title, c.Text,
			c.OpensAt, c.ClosesAt, string(areas), ceiling, string(t.currency()), c.Stages, c.ConceptForm, c.DocumentForm, c.CharterVersion, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		return t.callFile(c)
	})
}

// ExtendCall moves a call's closing instant to a later one, for a reason that
// stands on the call.
func (s *Store) ExtendCall(ctx context.Context, by Ask, id uuid.UUID, version int, e domain.Extension) (CallFile, error) {
	return act(ctx, s, by, "call.extend", func(t *tx) (CallFile, error) {
		t.on("call", id)
		c, err := t.call(id, "FOR UPDATE")
		if err != nil {
			return CallFile{}, err
		}
		if c.Version != version {
			return CallFile{}, domain.ErrStale
		}
		if e, err = c.Extend(e.To, e.Reason, t.now); err != nil {
			return CallFile{}, err
		}
		t.changed("closes_at", e.To)
		c.Version++
		err = t.Exec(`INSERT INTO call_extensions (call, n, was, until, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, e.N, e.Was, e.To, e.Reason, t.by.Person, t.now).Error
		if err != nil {
			return CallFile{}, err
		}
		if err := t.Exec(`UPDATE calls SET closes_at = ?, version = ? WHERE id = ?`, c.ClosesAt, c.Version, id).Error; err != nil {
			return CallFile{}, err
		}
		return t.callFile(c)
	})
}

// Call shows one call.
func (s *Store) Call(ctx context.Context, by domain.Actor, id uuid.UUID) (CallFile, error) {
	return read(ctx, s, by, func(t *tx) (CallFile, error) {
		c, err := t.call(id, "")
		if err != nil {
			return CallFile{}, err
		}
		return t.callFile(c)
	})
}

// Calls lists calls in the order of their refs.
func (s *Store) Calls(ctx context.Context, by domain.Actor, w Window) (Page[CallFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[CallFile], error) {
		list, err := t.calls(`c.ref > ? ORDER BY c.ref LIMIT ?`, w.After, w.fetch())
		if err != nil {
			return Page[CallFile]{}, err
		}
		files := make([]CallFile, len(list))
		for i, c := range list {
			if files[i], err = t.callFile(c); err != nil {
				return Page[CallFile]{}, err
			}
		}
		return pageOf(w, files, func(f CallFile) string { return f.Ref }), nil
	})
}

func (t *tx) callFile(c domain.Call) (CallFile, error) {
	rules, err := t.charterOf(c.CharterVersion)
	return CallFile{c, c.State(t.now), c.May(t.by.Hat, t.now, rules)}, err
}

// call loads one, locked where lock says so.
func (t *tx) call(id uuid.UUID, lock string) (domain.Call, error) {
	list, err := t.calls(`c.id = ? `+lock, id)
	if err != nil {
		return domain.Call{}, err
	}
	if len(list) == 0 {
		return domain.Call{}, domain.ErrMissing
	}
	return list[0], nil
}

func (t *tx) calls(condition string, args ...any) ([]domain.Call, error) {
	rows, err := t.Raw(`SELECT c.id, c.ref, c.title, c.text, c.opens_at, c.closes_at, array_to_json(c.areas), c.ceiling, c.currency,
			c.stages, c.concept_form, c.document_form, c.charter_version, c.version, c.created_at,
			(SELECT coalesce(json_agg(json_build_object('N', e.n, 'Was', e.was, 'To', e.until, 'Reason', e.reason, 'At', e.at) ORDER BY e.n), '[]')
			 FROM call_extensions e WHERE e.call = c.id)
		FROM calls c WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Call
	for rows.Next() {
		var c domain.Call
		var areas, extensions []byte
		var ceiling decimal.NullDecimal
		var currency ledger.Currency
		if err := rows.Scan(&c.ID, &c.Ref, &c.Title, &c.Text, &c.OpensAt, &c.ClosesAt, &areas, &ceiling, &currency,
			&c.Stages, &c.ConceptForm, &c.DocumentForm, &c.CharterVersion, &c.Version, &c.CreatedAt, &extensions); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(areas, &c.Areas); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(extensions, &c.Extensions); err != nil {
			return nil, err
		}
		if ceiling.Valid {
			m := ledger.New(ceiling.Decimal, currency)
			c.Ceiling = &m
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
