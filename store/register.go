package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// RegisterEntry is a proposal as lists show it: what is written to its insiders, to
// all others what was submitted last.
type RegisterEntry struct {
	domain.Proposal // without team, answers, shares and budget
	Goals           []string
	Late            bool // one of its submissions came after the call had closed, or later than it was to be back
	Submitter       Named
	Owners          []Named // its states, the owner state first
	Excerpt         []domain.Piece
}

// RegisterAsk narrows and orders what is listed; what is zero narrows nothing.
type RegisterAsk struct {
	Sought      domain.Sought
	Chosen      map[string][]string // by dimension: one of these
	Least, Most *decimal.Decimal    // of the amount asked for, both included
	From, Until *time.Time          // days of the last submission, both included
	Order       string              // a column's name, with "-" before it the other way; "" is by ref, or what relevance best first
	Window
}

// Proposals lists those within the actor's reach.
func (s *Store) Proposals(ctx context.Context, by domain.Actor, f RegisterAsk) (Page[RegisterEntry], error) {
	return read(ctx, s, by, func(t *tx) (Page[RegisterEntry], error) {
		v, err := t.register(f, false)
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		o, err := orderOf(f.Order, v)
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		after, err := f.places(o.name, 2)
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		var list []RegisterEntry
		var keys []string
		err = t.entries(v, o, after, f.fetch(), func(e RegisterEntry, key string) error {
			list, keys = append(list, e), append(keys, key)
			return nil
		})
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		n := 0
		p := pageOf(f.Window, list, func(RegisterEntry) string { n = f.limit() - 1; return keys[n] })
		return p, t.excerpts(v, f.Sought, p.Items)
	})
}

// EachProposal gives every proposal within the actor's reach that was asked for, one
// after the other, however many there are.
func (s *Store) EachProposal(ctx context.Context, by domain.Actor, f RegisterAsk, do func(RegisterEntry) error) error {
	_, err := read(ctx, s, by, func(t *tx) (struct{}, error) {
		v, err := t.register(f, false)
		if err != nil {
			return struct{}{}, err
		}
		o, err := orderOf(f.Order, v)
		if err != nil {
			return struct{}{}, err
		}
		// A slow line takes longer than any reading that is held does.
		if err := t.Exec(`SET LOCAL statement_timeout = '30min'`).Error; err != nil {
			return struct{}{}, err
		}
		return struct{}{}, t.entries(v, o, nil, 0, func(e RegisterEntry, _ string) error { return do(e) })
	})
	return err
}

// entries reads a part of the register in an order, after a place of it, and gives
// each entry with its place. A limit of 0 is none.
func (t *tx) entries(v view, o ordered, after []string, limit int, do func(RegisterEntry, string) error) error {
	where, args := v.where()
	says := ""
	if v.loose != "" && v.begin == "" {
		where, args, says = v.likely()
	}
	query := `SELECT e.seen, e.proposal, e.ref_key, ` + o.key + ` AS k FROM register e WHERE ` + where
	args = append(append([]any{}, o.args...), args...)
	if after != nil {
		if !sound(o.kind, after[0]) {
			return domain.ErrMalformed.With("parameter", "after")
		}
		query += ` AND (` + o.key + `, e.ref_key) ` + o.after + ` (?::` + o.kind + `, ?)`
		args = append(append(args, o.args...), after[0], after[1])
	}
	query += ` ORDER BY k ` + o.way + `, e.ref_key ` + o.way
	if says != "" {
		query, args = `SELECT * FROM (`+query+` OFFSET 0) y WHERE `+says+` ORDER BY y.k `+o.way+`, y.ref_key `+o.way, append(args, v.best)
	}
	if limit > 0 {
		query += ` LIMIT ?`
		args = append(args, limit)
	}
	rows, err := t.Raw(`SELECT e.proposal, e.ref, e.ref_key, e.call, e.call_ref, e.organisation, o.code, o.name, e.title, e.language, e.area, array_to_json(e.objectives),
			array_to_json(e.goals), e.scope, e.phase, e.stage, e.amount, e.currency, e.submitted_at, e.late, e.charter_version, e.version, x.k::text,
			(SELECT submission FROM proposals WHERE id = e.proposal OFFSET 0),
			coalesce((SELECT json_agg(json_build_object('ID', u.id, 'Code', s.code, 'Name', s.name) ORDER BY u.n)
				FROM unnest(e.states) WITH ORDINALITY u(id, n), LATERAL (SELECT code, name FROM organisations WHERE id = u.id OFFSET 0) s), '[]')
		FROM (`+query+`) x JOIN register e USING (seen, proposal) JOIN organisations o ON o.id = e.organisation
		ORDER BY x.k `+o.way+`, x.ref_key `+o.way, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, refKey, key, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if err := do(e, place(o.name, key, refKey)); err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanEntry(rows *sql.Rows) (e RegisterEntry, refKey, key string, err error) {
	var objectives, goals, owners []byte
	var amount decimal.Decimal
	var currency ledger.Currency
	if err = rows.Scan(&e.ID, &e.Ref, &refKey, &e.Call, &e.CallRef, &e.Organisation, &e.Submitter.Code, &e.Submitter.Name, &e.Title, &e.Language, &e.Area,
		&objectives, &goals, &e.Scope, &e.Phase, &e.Stage, &amount, &currency, &e.SubmittedAt, &e.Late, &e.CharterVersion, &e.Version, &key, &e.Submission, &owners); err != nil {
		return e, "", "", err
	}
	for from, into := range map[*[]byte]any{&objectives: &e.Objectives, &goals: &e.Goals, &owners: &e.Owners} {
		if err := json.Unmarshal(*from, into); err != nil {
			return e, "", "", err
		}
	}
	e.Submitter.ID = e.Organisation
	asked := ledger.New(amount, currency)
	e.Shares = []domain.Asked{{Amount: &asked}} // their sum: it is what Amount tells
	if len(e.Owners) > 0 {
		e.State = e.Owners[0].ID
	}
	return e, refKey, key, nil
}
