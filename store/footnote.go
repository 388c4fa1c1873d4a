package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Footnotes lists the notes on names of organisations: of one, all that there were;
// of none, those that stand on a day, today where it is zero.
func (s *Store) Footnotes(ctx context.Context, by domain.Actor, organisation uuid.UUID, on time.Time) ([]domain.Footnote, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Footnote, error) {
		if organisation != uuid.Nil {
			return t.footnotes(`f.organisation = ?`, organisation)
		}
		if on.IsZero() {
			on = t.today()
		}
		return t.footnotes(`f.from_on <= ? AND (e.until_on IS NULL OR e.until_on > ?)`, day(on), day(on))
	})
}

func (t *tx) footnotes(condition string, args ...any) ([]domain.Footnote, error) {
	rows, err := t.Raw(`SELECT f.id, f.organisation, o.code, f.texts, f.from_on, f.source, e.until_on, coalesce(e.reason, ''),
			to_jsonb(array_remove(ARRAY[o.name, o.short_name] || ARRAY(SELECT a.text FROM organisation_aliases a
				WHERE a.organisation = o.id AND a.ended_at IS NULL AND a.kind IN ('name', 'former-name') ORDER BY a.text), ''))
		FROM footnotes f JOIN organisations o ON o.id = f.organisation LEFT JOIN footnote_endings e ON e.footnote = f.id
		WHERE `+condition+` ORDER BY o.code, f.from_on, f.id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Footnote
	for rows.Next() {
		var f domain.Footnote
		var texts, names []byte
		if err := rows.Scan(&f.ID, &f.Organisation, &f.Code, &texts, &f.From, &f.Source, &f.Until, &f.Reason, &names); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(texts, &f.Texts); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(names, &f.Names); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// AddFootnote has a note stand below wherever a name of an organisation stands.
func (s *Store) AddFootnote(ctx context.Context, by Ask, organisation uuid.UUID, texts domain.Worded, from time.Time, source string) (domain.Footnote, error) {
	return act(ctx, s, by, "organisation.footnote", func(t *tx) (domain.Footnote, error) {
		t.on("organisation", organisation)
		o, err := t.organisation(organisation, lockOrganisation)
		if err != nil {
			return domain.Footnote{}, err
		}
		f, err := o.Footnote(uuid.New(), texts, from, source)
		if err != nil {
			return f, err
		}
		kept, err := json.Marshal(f.Texts)
		if err != nil {
			return f, err
		}
		t.changed("footnote", f.ID)
		t.changed("from", day(f.From))
		if err := t.Exec(`INSERT INTO footnotes (id, organisation, texts, from_on, source, person, at) VALUES (?, ?, ?::jsonb, ?, ?, ?, ?)`,
			f.ID, o.ID, string(kept), day(f.From), f.Source, t.by.Person, t.now).Error; err != nil {
			return f, err
		}
		return t.footnote(f.ID)
	})
}

// EndFootnote lets one stand until a day.
func (s *Store) EndFootnote(ctx context.Context, by Ask, id uuid.UUID, until time.Time, reason string) (domain.Footnote, error) {
	return act(ctx, s, by, "organisation.footnote", func(t *tx) (domain.Footnote, error) {
		f, err := t.footnote(id)
		if err != nil {
			return f, err
		}
		t.on("organisation", f.Organisation)
		if _, err := t.organisation(f.Organisation, lockOrganisation); err != nil {
			return f, err
		}
		if f, err = t.footnote(id); err != nil { // as it is now that it is held
			return f, err
		}
		if f, err = f.End(until, reason); err != nil {
			return f, err
		}
		t.changed("footnote", f.ID)
		t.changed("until", day(*f.Until))
		return f, t.Exec(`INSERT INTO footnote_endings (footnote, until_on, reason, person, at) VALUES (?, ?, ?, ?, ?)`,
			f.ID, day(*f.Until), f.Reason, t.by.Person, t.now).Error
	})
}

func (t *tx) footnote(id uuid.UUID) (domain.Footnote, error) {
	return only(t.footnotes(`f.id = ?`, id))
}
