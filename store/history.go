package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/problem"
)

// ErrNotEmpty refuses to put a published past under books that already began.
var ErrNotEmpty = problem.New(problem.Conflict, "fund-not-empty")

// ImportHistory makes an empty fund the one that a published history tells of: its
// name, its organisations and programmes, and its vouchers, all or nothing. The
// agent's fee for comparison is at the charter's rate. A fund whose books have a
// voucher takes none, and so a history is never imported twice.
func (s *Store) ImportHistory(ctx context.Context, by Ask, code, name string, rows []domain.HistoryRow) (domain.History, error) {
	return act(ctx, s, by, "history.import", func(t *tx) (domain.History, error) {
		none := domain.History{}
		t.on("fund", code)
		h, err := domain.NewHistory(code, rows, t.charter.Agent.FeeRate.Value.Decimal)
		if err != nil {
			return none, err
		}
		if err := t.found(code, name); err != nil {
			return none, err
		}
		if err := t.historyNames(h); err != nil {
			return none, err
		}
		t.changed("rows", len(rows))
		t.changed("closing", h.Closing)
		return h, t.post(h.Vouchers...)
	})
}

// found gives the fund its code and name, where the books are still empty. The
// lock lets one import in at a time.
func (t *tx) found(code, name string) error {
	if err := t.Exec(`LOCK TABLE fund IN SHARE ROW EXCLUSIVE MODE`).Error; err != nil {
		return err
	}
	var begun bool
	if err := t.Raw(`SELECT EXISTS (SELECT FROM vouchers)`).Row().Scan(&begun); err != nil {
		return err
	}
	if begun {
		return ErrNotEmpty
	}
	return t.Exec(`INSERT INTO fund (code, name, currency, founded_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (only_one) DO UPDATE SET code = EXCLUDED.code, name = EXCLUDED.name`, code, name, string(t.currency()), t.now).Error
}

// historyNames writes who and what the history speaks of.
func (t *tx) historyNames(h domain.History) error {
	type organisation struct {
		ID        uuid.UUID `json:"id"`
		Code      string    `json:"code"`
		Name      string    `json:"name"`
		ShortName string    `json:"short_name"`
		Kind      string    `json:"kind"`
		Reference string    `json:"iati_ref"`
	}
	type programme struct {
		ID    uuid.UUID `json:"id"`
		Code  string    `json:"code"`
		Title string    `json:"title"`
	}
	organisations, programmes := make([]organisation, len(h.Organisations)), make([]programme, len(h.Programmes))
	for i, o := range h.Organisations {
		organisations[i] = organisation{uuid.New(), o.Code, o.Name, o.Acronym, o.Kind(), o.Reference}
	}
	for i, p := range h.Programmes {
		programmes[i] = programme{uuid.New(), p.Code, p.Title}
	}
	list, err := json.Marshal(map[string]any{"organisations": organisations, "programmes": programmes})
	if err != nil {
		return err
	}
	err = t.Exec(`WITH list AS (SELECT ?::jsonb AS j), made AS (
			INSERT INTO organisations (id, code, name, short_name, kind, iati_ref, created_at)
			SELECT id, code, name, short_name, kind, nullif(iati_ref, ''), ?::timestamptz
			FROM list, jsonb_to_recordset(j->'organisations') AS x (id uuid, code text, name text, short_name text, kind text, iati_ref text)
			ON CONFLICT (code) DO NOTHING)
		INSERT INTO programmes (id, code, title, state, charter_version, created_at)
			SELECT id, code, title, 'past', ?::int, ?::timestamptz FROM list, jsonb_to_recordset(j->'programmes') AS x (id uuid, code text, title text)`,
		string(list), t.now, t.charter.Version, t.now).Error
	if err != nil {
		return err
	}
	made, err := t.organisations(`o.id IN (SELECT (x->>'id')::uuid FROM jsonb_array_elements(?::jsonb->'organisations') x)`, string(list))
	if err != nil {
		return err
	}
	var names []domain.Alias
	for _, o := range made { // those that were here before have their names
		names = append(names, o.KnownNames()...)
	}
	return t.addAliases(names...)
}
