package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Searches are the person's own, by name.
func (s *Store) Searches(ctx context.Context, by domain.Actor) ([]domain.SavedSearch, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.SavedSearch, error) { return t.searches() })
}

func (t *tx) searches() ([]domain.SavedSearch, error) {
	rows, err := t.Raw(`SELECT id, list, name, query, opens, at FROM saved_searches WHERE person = ? ORDER BY list, lower(name), name`, t.by.Person).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.SavedSearch
	for rows.Next() {
		var x domain.SavedSearch
		if err := rows.Scan(&x.ID, &x.List, &x.Name, &x.Query, &x.Opens, &x.At); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// KeepSearch keeps a search under a name, in the place of what the person kept under
// it before. Where the list opens with it, it opens with no other.
func (s *Store) KeepSearch(ctx context.Context, by Ask, list, name, query string, opens bool) (domain.SavedSearch, error) {
	return act(ctx, s, by, "search.keep", func(t *tx) (domain.SavedSearch, error) {
		// Two at once would each count the same: the person is held while one is kept.
		var held uuid.UUID
		if err := missing(t.Raw(`SELECT id FROM persons WHERE id = ? FOR UPDATE`, t.by.Person).Row().Scan(&held)); err != nil {
			return domain.SavedSearch{}, err
		}
		kept, err := t.searches()
		if err != nil {
			return domain.SavedSearch{}, err
		}
		x, err := domain.KeepSearch(list, name, query, opens, 0, t.now)
		if err != nil {
			return x, err
		}
		beside := 0
		for _, k := range kept {
			if k.Name == x.Name && k.List == x.List {
				x.ID = k.ID
			} else {
				beside++
			}
		}
		if _, err := domain.KeepSearch(list, name, query, opens, beside, t.now); err != nil {
			return x, err
		}
		t.on("search", x.ID)
		if opens {
			if err := t.Exec(`UPDATE saved_searches SET opens = false WHERE person = ? AND list = ? AND opens`, t.by.Person, x.List).Error; err != nil {
				return x, err
			}
		}
		return x, t.Exec(`INSERT INTO saved_searches (id, person, list, name, query, opens, at) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT one_search_a_name DO UPDATE SET query = excluded.query, opens = excluded.opens, at = excluded.at`,
			x.ID, t.by.Person, x.List, x.Name, x.Query, x.Opens, x.At).Error
	})
}

// DropSearch removes one of the person's own.
func (s *Store) DropSearch(ctx context.Context, by Ask, id uuid.UUID) (struct{}, error) {
	return act(ctx, s, by, "search.drop", func(t *tx) (none struct{}, err error) {
		t.on("search", id)
		gone := t.Exec(`DELETE FROM saved_searches WHERE id = ? AND person = ?`, id, t.by.Person)
		if gone.Error == nil && gone.RowsAffected == 0 {
			return none, domain.ErrMissing
		}
		return none, gone.Error
	})
}
