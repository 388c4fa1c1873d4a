package store

import (
	"database/sql"
	"encoding/json"

	"github.com/google/uuid"

	"startupfund/domain"
)

// fileNames are the names of the files that answers came with.
func (t *tx) fileNames(q inquiry) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	ids := []uuid.UUID{uuid.Nil}
	for _, x := range q.threads {
		for _, e := range x.Entries {
			ids = append(ids, e.Files...)
		}
	}
	if len(ids) == 1 {
		return names, nil
	}
	list, err := t.attachments("a.id IN ?", ids)
	for _, f := range list {
		names[f.ID] = f.Name
	}
	return names, err
}

// entryNames are the people in the threads. The applicants' side does not read who
// asked: an office speaks.
func (t *tx) entryNames(q inquiry) (map[uuid.UUID]string, error) {
	applicants := t.by.Hat.Role == domain.Applicant || t.by.Hat.Role == domain.FocalPoint
	ids := []uuid.UUID{uuid.Nil}
	for _, x := range q.threads {
		for _, e := range x.Entries {
			if !applicants || e.Kind == domain.EntryAnswered {
				ids = append(ids, e.Person)
			}
		}
		if x.Draft != nil {
			ids = append(ids, x.Draft.Person)
		}
	}
	return pairs[uuid.UUID, string](t.Raw(`SELECT id, name FROM persons WHERE id IN ?`, ids).Rows())
}

// clarifications are a proposal's threads, the latest first.
func (t *tx) clarifications(proposal uuid.UUID) ([]domain.Clarification, error) {
	rows, err := t.Raw(`SELECT c.id, c.proposal, c.version, c.number, c.wish, c.field, c.section, d.language, d.text, d.version, d.person, d.at,
			(SELECT json_agg(json_build_object('N', e.n, 'Kind', e.kind, 'Language', e.language, 'Text', e.text, 'Due', e.due_at, 'Person', e.person, 'At', e.at,
				'Files', (SELECT json_agg(f.attachment ORDER BY a.at, a.id) FROM clarification_files f JOIN attachments a ON a.id = f.attachment WHERE f.clarification = c.id AND f.n = e.n))
				ORDER BY e.n) FROM clarification_entries e WHERE e.clarification = c.id)
		FROM clarifications c LEFT JOIN clarification_drafts d ON d.clarification = c.id WHERE c.proposal = ? ORDER BY c.number DESC`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Clarification
	for rows.Next() {
		var x domain.Clarification
		var wish, person uuid.NullUUID
		var language, text sql.NullString
		var version sql.NullInt64
		var at sql.NullTime
		var entries []byte
		if err := rows.Scan(&x.ID, &x.Proposal, &x.Version, &x.Number, &wish, &x.Field, &x.Section, &language, &text, &version, &person, &at, &entries); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(entries, &x.Entries); err != nil {
			return nil, err
		}
		x.Wish = wish.UUID
		if version.Valid {
			x.Draft = &domain.ClarificationDraft{Language: language.String, Text: text.String, Version: int(version.Int64), Person: person.UUID, At: at.Time}
		}
		list = append(list, x)
	}
	return list, rows.Err()
}
