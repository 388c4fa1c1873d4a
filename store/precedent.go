package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Precedents are the decisions most like an item; missing, where the item is out of by's
// sight.
func (s *Store) Precedents(ctx context.Context, by domain.Actor, question uuid.UUID) ([]domain.Precedent, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Precedent, error) {
		i, err := t.item(question, false)
		if err != nil {
			return nil, err
		}
		if _, hidden := i.Hidden(by); hidden {
			return nil, domain.ErrMissing
		}
		past, err := t.decidedBefore(i.Question)
		return i.Precedents(past), err
	})
}

// decidedBefore are the decisions of a question's kind, its own left out.
func (t *tx) decidedBefore(q domain.Question) (list []domain.Precedent, err error) {
	err = t.each(`SELECT d.number, d.title, d.language, d.procedure, d.adopted_at, coalesce(x.kind, ''), coalesce(p.area, ''),
			to_json(array_remove(p.other_states || p.state, NULL) || ARRAY(SELECT DISTINCT e.state FROM endorsements e WHERE e.proposal = p.id)),
			to_json(ARRAY(SELECT p.organisation WHERE p.id IS NOT NULL UNION SELECT (s->>'organisation')::uuid FROM jsonb_array_elements(p.shares) s))
		FROM decisions d JOIN questions q ON q.id = d.question LEFT JOIN change_requests x ON x.id = q.change LEFT JOIN conditions w ON w.id = q.waives
		LEFT JOIN programmes j ON j.id = coalesce(x.programme, w.programme) LEFT JOIN proposals p ON p.id = coalesce(d.proposal, j.proposal)
		WHERE d.kind = ? AND d.question <> ?`, func(scan func(...any) error) error {
		var p domain.Precedent
		var states, organisations []byte
		if err := scan(&p.Number, &p.Title, &p.Language, &p.Procedure, &p.AdoptedAt, &p.Change, &p.Area, &states, &organisations); err != nil {
			return err
		}
		if states != nil {
			if err := json.Unmarshal(states, &p.States); err != nil {
				return err
			}
		}
		list = append(list, p)
		return json.Unmarshal(organisations, &list[len(list)-1].Organisations)
	}, string(q.Kind), q.ID)
	return list, err
}
