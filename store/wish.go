package store

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	"startupfund/domain"
)

// WishRecord is an assessor's wish with whose it is.
type WishRecord struct {
	domain.ClarificationWish
	By   string
	From Named
}

func (q inquiry) wish(id uuid.UUID) (*domain.ClarificationWish, error) {
	for _, w := range q.wishes {
		if w.ID == id {
			return &w.ClarificationWish, nil
		}
	}
	return nil, domain.ErrMissing
}

// WishClarification keeps what an assessor would have asked.
func (s *Store) WishClarification(ctx context.Context, by Ask, proposal uuid.UUID, field, section, language, text string) (ClarificationFile, error) {
	return act(ctx, s, by, "clarification.wish", func(t *tx) (ClarificationFile, error) {
		q, err := t.inquiry(proposal, true)
		if err != nil {
			return ClarificationFile{}, err
		}
		w, err := q.WishClarification(t.by, q.seats, field, section, language, text, q.rules, t.now)
		if err != nil {
			return ClarificationFile{}, err
		}
		t.changed("wish", w.ID)
		err = t.Exec(`INSERT INTO clarification_wishes (id, proposal, version, field, section, language, text, person, organisation, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			w.ID, w.Proposal, w.Version, w.Field, w.Section, w.Language, w.Text, w.Person, w.Organisation, w.At).Error
		if err != nil {
			return ClarificationFile{}, err
		}
		return t.clarificationFile(proposal)
	})
}

// RefuseWish says why a wish is not passed on; whose it is is told.
func (s *Store) RefuseWish(ctx context.Context, by Ask, proposal, id uuid.UUID, reason string) (ClarificationFile, error) {
	return act(ctx, s, by, "clarification.refuse", func(t *tx) (ClarificationFile, error) {
		q, err := t.inquiry(proposal, true)
		if err != nil {
			return ClarificationFile{}, err
		}
		w, err := q.wish(id)
		if err != nil {
			return ClarificationFile{}, err
		}
		r, err := q.RefuseWish(t.by, *w, reason, t.now)
		if err != nil {
			return ClarificationFile{}, err
		}
		t.changed("wish", w.ID)
		t.concerned = w.Person
		if err := t.Exec(`INSERT INTO clarification_refusals (wish, reason, person, at) VALUES (?, ?, ?, ?)`, w.ID, r.Reason, r.Person, r.At).Error; err != nil {
			return ClarificationFile{}, err
		}
		return t.clarificationFile(proposal)
	})
}

// wishes are what assessors would have asked about a proposal, the latest first.
func (t *tx) wishes(proposal uuid.UUID) ([]WishRecord, error) {
	rows, err := t.Raw(`SELECT w.id, w.proposal, w.version, w.field, w.section, w.language, w.text, w.person, w.organisation, w.at, p.name, o.code, o.name, o.kind,
			c.id IS NOT NULL, r.reason, r.person, r.at
		FROM clarification_wishes w JOIN persons p ON p.id = w.person JOIN organisations o ON o.id = w.organisation
		LEFT JOIN clarifications c ON c.wish = w.id LEFT JOIN clarification_refusals r ON r.wish = w.id
		WHERE w.proposal = ? ORDER BY w.at DESC, w.id`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []WishRecord
	for rows.Next() {
		var w WishRecord
		var reason sql.NullString
		var person uuid.NullUUID
		var at sql.NullTime
		if err := rows.Scan(&w.ID, &w.Proposal, &w.Version, &w.Field, &w.Section, &w.Language, &w.Text, &w.Person, &w.Organisation, &w.At, &w.By,
			&w.From.Code, &w.From.Name, &w.From.Kind, &w.Passed, &reason, &person, &at); err != nil {
			return nil, err
		}
		w.From.ID = w.Organisation
		if reason.Valid {
			w.Refusal = &domain.WishRefusal{Reason: reason.String, Person: person.UUID, At: at.Time}
		}
		list = append(list, w)
	}
	return list, rows.Err()
}

// unwished are the wishes of assessors that nobody has passed on or refused.
func (t *tx) unwished() ([]domain.Task, error) {
	return t.waiting("proposal", "clarification.refuse", `SELECT p.id, p.ref, coalesce(v.content::jsonb->>'title', p.title), min(w.at) FROM proposals p
		JOIN clarification_wishes w ON w.proposal = p.id JOIN proposal_versions v ON v.proposal = p.id AND v.n = p.submission
		WHERE p.stage IN ('submitted', 'eligible') AND NOT EXISTS (SELECT FROM clarifications c WHERE c.wish = w.id)
		AND NOT EXISTS (SELECT FROM clarification_refusals r WHERE r.wish = w.id) GROUP BY p.id, v.content ORDER BY min(w.at) LIMIT ?`)
}
