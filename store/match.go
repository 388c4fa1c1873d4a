package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// MatchByRule looks once more for what is surely the same, among all that is open:
// what was booked since the last statement may explain a line of it.
func (s *Store) MatchByRule(ctx context.Context, by Ask) (Imported, error) {
	return act(ctx, s, by, "match.run", func(t *tx) (Imported, error) {
		t.on("bank", t.currency())
		if _, err := t.fundAccounts("FOR UPDATE"); err != nil {
			return Imported{}, err
		}
		matches, waiting, err := t.matchByRule()
		in := importing{tx: t}
		in.count(matches, waiting)
		t.changed("matched", in.Matched)
		return in.Imported, err
	})
}

// MatchLines matches what a person names: lines and postings of the bank.
func (s *Store) MatchLines(ctx context.Context, by Ask, lines []uuid.UUID, postings []int64, reason string) (domain.Match, error) {
	return act(ctx, s, by, "match.make", func(t *tx) (domain.Match, error) {
		if _, err := t.fundAccounts("FOR UPDATE"); err != nil {
			return domain.Match{}, err
		}
		named, err := t.namedLines(lines)
		if err != nil {
			return domain.Match{}, err
		}
		moved, err := t.namedMovements(postings)
		if err != nil {
			return domain.Match{}, err
		}
		m, err := domain.MatchByHand(t.by, named, moved, reason)
		if err != nil {
			return domain.Match{}, err
		}
		m.ID, m.At = uuid.New(), t.now
		t.on("match", m.ID)
		t.changed("lines", m.Lines)
		t.changed("postings", m.Postings)
		return m, t.saveMatches([]domain.Match{m})
	})
}

func (t *tx) namedLines(ids []uuid.UUID) ([]domain.BankLine, error) {
	list := make([]domain.BankLine, len(ids))
	for i, id := range ids {
		l, err := t.line(id)
		if err != nil {
			return nil, err
		}
		if l.State.Done() {
			return nil, domain.ErrLineMatched.With("what", "line").At("/lines")
		}
		list[i] = l.BankLine
	}
	return list, nil
}

func (t *tx) namedMovements(ids []int64) ([]domain.Movement, error) {
	list := make([]domain.Movement, len(ids))
	for i, id := range ids {
		found, err := t.movements(`p.id = ?`, id)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, domain.ErrNotAMovement.With("given", id).At("/postings")
		}
		if found[0].matched {
			return nil, domain.ErrLineMatched.With("what", "posting").At("/postings")
		}
		list[i] = found[0].Movement
	}
	return list, nil
}

// UndoMatch takes a match back, with its reason; its history stays. That of a
// receipt in suspense takes the voucher back with it, by a reversal.
func (s *Store) UndoMatch(ctx context.Context, by Ask, id uuid.UUID, reason string) (struct{}, error) {
	return act(ctx, s, by, "match.undo", func(t *tx) (none struct{}, err error) {
		t.on("match", id)
		if _, err := t.fundAccounts("FOR UPDATE"); err != nil {
			return none, err
		}
		m, err := only(t.matches(`m.id = ?`, id))
		if err != nil {
			return none, err
		}
		if err := m.Undo(m.undone, reason); err != nil {
			return none, err
		}
		if err := t.Exec(`INSERT INTO match_undoings (match, reason, person, at) VALUES (?, ?, ?, ?)`, id, strings.TrimSpace(reason), t.by.Person, t.now).Error; err != nil {
			return none, err
		}
		if err := t.Exec(`DELETE FROM matched_lines WHERE match = ?`, id).Error; err != nil {
			return none, err
		}
		if err := t.Exec(`DELETE FROM matched_postings WHERE match = ?`, id).Error; err != nil {
			return none, err
		}
		t.changed("rule", string(m.Rule))
		if m.Rule == domain.BySuspense || m.Rule == domain.ByBooking {
			return none, t.unbook(m.Postings[0], reason)
		}
		return none, nil
	})
}

// unbook reverses the voucher of a posting that was booked from a line, and matches the
// two with each other: nothing at the bank answers to them.
func (t *tx) unbook(posting int64, reason string) error {
	found, err := t.movements(`p.id = ?`, posting)
	if err != nil {
		return err
	}
	v, err := t.voucher(found[0].Voucher)
	if err != nil {
		return err
	}
	back := v.Reverse(uuid.New(), t.today(), strings.TrimSpace(reason))
	if err := t.post(back); err != nil {
		return err
	}
	reversal, err := t.movements(`v.id = ?`, back.ID)
	if err != nil {
		return err
	}
	return t.saveMatches([]domain.Match{{ID: uuid.New(), Rule: domain.ByReversal, Confidence: domain.Sure, Reason: strings.TrimSpace(reason),
		Postings: []int64{posting, reversal[0].Posting}, At: t.now}})
}

// SuspendLine books a receipt that nobody can name, and matches it at once.
func (s *Store) SuspendLine(ctx context.Context, by Ask, id uuid.UUID) (domain.Match, error) {
	return act(ctx, s, by, "bank-line.suspend", func(t *tx) (domain.Match, error) {
		t.on("bank-line", id)
		if _, err := t.fundAccounts("FOR UPDATE"); err != nil {
			return domain.Match{}, err
		}
		l, err := t.line(id)
		if err != nil {
			return domain.Match{}, err
		}
		v, err := l.Suspend(l.State, uuid.New())
		if err != nil {
			return domain.Match{}, err
		}
		if err := t.post(v); err != nil {
			return domain.Match{}, err
		}
		moved, err := t.movements(`v.id = ?`, v.ID)
		if err != nil {
			return domain.Match{}, err
		}
		m := domain.Match{ID: uuid.New(), Rule: domain.BySuspense, Confidence: domain.Personal, Lines: []uuid.UUID{id},
			Postings: []int64{moved[0].Posting}, Person: t.by.Person, At: t.now}
		t.changed("amount", l.Amount)
		return m, t.saveMatches([]domain.Match{m})
	})
}

// NoteLine says why a line waits, or that it is another fund's.
func (s *Store) NoteLine(ctx context.Context, by Ask, id uuid.UUID, state domain.LineState, reason string) (struct{}, error) {
	return act(ctx, s, by, "bank-line.note", func(t *tx) (none struct{}, err error) {
		t.on("bank-line", id)
		if _, err := t.fundAccounts("FOR UPDATE"); err != nil {
			return none, err
		}
		l, err := t.line(id)
		if err != nil {
			return none, err
		}
		reason = strings.TrimSpace(reason)
		if err := l.State.MayNote(state, reason); err != nil {
			return none, err
		}
		t.changed("state", string(state))
		return none, t.Exec(`INSERT INTO line_notes (id, line, state, reason, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			uuid.New(), id, string(state), reason, t.by.Person, t.now).Error
	})
}

// matchByRule matches what is sure among all that is open, and counts the lines
// that wait. The caller has locked the accounts.
func (t *tx) matchByRule() (matches []domain.Match, waiting int, err error) {
	lines, open, err := t.openSides()
	if err != nil {
		return nil, 0, err
	}
	matches = domain.MatchSure(lines, open, t.charter.Agent.MatchWindowDays.Value)
	for i := range matches {
		matches[i].ID, matches[i].At = uuid.New(), t.now
	}
	if err := t.saveMatches(matches); err != nil {
		return nil, 0, err
	}
	err = t.Raw(`SELECT count(*) FROM bank_lines l WHERE NOT EXISTS (SELECT FROM matched_lines x WHERE x.line = l.id)`).Row().Scan(&waiting)
	return matches, waiting, err
}

// openSides are the lines that rules may look at and the movements they may find.
func (t *tx) openSides() ([]domain.BankLine, []domain.Movement, error) {
	waiting, err := t.lines(`x.line IS NULL`, `ORDER BY l.value_on, l.id`)
	if err != nil {
		return nil, nil, err
	}
	lines := make([]domain.BankLine, 0, len(waiting))
	for _, l := range waiting {
		if l.State.Open() {
			lines = append(lines, l.BankLine)
		}
	}
	moved, err := t.movements(`x.posting IS NULL AND v.kind NOT IN ('opening', 'history')`)
	if err != nil {
		return nil, nil, err
	}
	open := make([]domain.Movement, len(moved))
	for i, m := range moved {
		open[i] = m.Movement
	}
	return lines, open, nil
}

// wireMatch is a match as its INSERT reads it, a thousand at a time.
type wireMatch struct {
	ID         uuid.UUID         `json:"id"`
	Rule       domain.MatchRule  `json:"rule"`
	Confidence domain.Confidence `json:"confidence"`
	Reason     string            `json:"reason"`
	Lines      []uuid.UUID       `json:"lines"`
	Postings   []int64           `json:"postings"`
	Person     *uuid.UUID        `json:"person"`
	At         time.Time         `json:"at"`
}

// saveMatches writes matches and what they match: a line or a posting that stands
// in one already is refused by the database's own promise.
func (t *tx) saveMatches(matches []domain.Match) error {
	for batch := range slices.Chunk(matches, 1000) {
		wire := make([]wireMatch, len(batch))
		for i, m := range batch {
			wire[i] = wireMatch{m.ID, m.Rule, m.Confidence, m.Reason, append([]uuid.UUID{}, m.Lines...), append([]int64{}, m.Postings...), orNull(m.Person), m.At}
		}
		b, err := json.Marshal(wire)
		if err != nil {
			return err
		}
		err = t.Exec(`WITH kept AS (
				INSERT INTO matches (id, rule, confidence, reason, lines, postings, person, at)
				SELECT id, rule, confidence, reason, ARRAY(SELECT jsonb_array_elements_text(lines)::uuid),
					ARRAY(SELECT jsonb_array_elements_text(postings)::bigint), person, at
				FROM jsonb_to_recordset(?::jsonb) AS w (id uuid, rule text, confidence text, reason text, lines jsonb, postings jsonb, person uuid, at timestamptz)
				RETURNING id, lines, postings),
			l AS (INSERT INTO matched_lines (line, match) SELECT unnest(lines), id FROM kept)
			INSERT INTO matched_postings (posting, match) SELECT unnest(postings), id FROM kept`, string(b)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// keptMatch is a match and whether it was undone.
type keptMatch struct {
	domain.Match
	undone bool
}

func (t *tx) matches(condition string, args ...any) ([]keptMatch, error) {
	rows, err := t.Raw(`SELECT m.id, m.rule, m.confidence, m.reason, to_jsonb(m.lines)::text, to_jsonb(m.postings)::text, m.person, m.at, u.match IS NOT NULL
		FROM matches m LEFT JOIN match_undoings u ON u.match = m.id WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []keptMatch
	for rows.Next() {
		var m keptMatch
		var lines, postings string
		var person uuid.NullUUID
		if err := rows.Scan(&m.ID, &m.Rule, &m.Confidence, &m.Reason, &lines, &postings, &person, &m.At, &m.undone); err != nil {
			return nil, err
		}
		m.Person, m.At = person.UUID, m.At.UTC()
		if err := json.Unmarshal([]byte(lines), &m.Lines); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(postings), &m.Postings); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// keptMovement is a movement and whether it stands in a match.
type keptMovement struct {
	domain.Movement
	matched bool
}

// movements loads the postings on the bank's account that meet the condition on p,
// their voucher v and their place x in a match, by value date. A reversal is known
// under the references of what it reverses: a payment that comes back.
func (t *tx) movements(condition string, args ...any) ([]keptMovement, error) {
	bank := string(domain.BankAccount(t.currency()))
	rows, err := t.Raw(`SELECT p.id, v.id, v.number, v.kind, CASE WHEN p.taker = b.code THEN p.amount ELSE -p.amount END, p.currency,
			v.booked_on, v.value_on, v.memo, x.posting IS NOT NULL, coalesce(d.bank_reference, ''), coalesce(r.ref, ''), coalesce(g.ref, ''),
			coalesce(o.name, ''), coalesce(o.short_name, ''), coalesce(o.code, '')
		FROM (SELECT ?::text AS code) b JOIN postings p ON p.taker = b.code OR p.giver = b.code
		JOIN vouchers v ON v.id = p.voucher LEFT JOIN matched_postings x ON x.posting = p.id
		LEFT JOIN deposits d ON d.voucher = coalesce(v.reverses, v.id) LEFT JOIN agreements g ON g.id = d.agreement
		LEFT JOIN transfer_tries y ON y.transfer_voucher = coalesce(v.reverses, v.id)
		LEFT JOIN transfer_requests r ON r.id = y.request OR r.transfer_voucher = coalesce(v.reverses, v.id)
		LEFT JOIN organisations o ON o.id = coalesce(g.contributor, r.organisation)
			OR coalesce(g.contributor, r.organisation) IS NULL AND o.code = split_part(CASE WHEN p.taker = b.code THEN p.giver ELSE p.taker END, ':', 3)
		WHERE `+condition+` ORDER BY v.value_on, v.number, p.n`, append([]any{bank}, args...)...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []keptMovement
	for rows.Next() {
		m, err := scanMovement(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

func scanMovement(rows *sql.Rows) (m keptMovement, err error) {
	var amount decimal.Decimal
	var currency, bankRef, transfer, agreement string
	var name, short, code string
	err = rows.Scan(&m.Posting, &m.Voucher, &m.Number, &m.Kind, &amount, &currency, &m.BookedOn, &m.ValueOn, &m.Memo, &m.matched,
		&bankRef, &transfer, &agreement, &name, &short, &code)
	m.Amount = ledger.New(amount, ledger.Currency(currency))
	m.References, m.Shared = known(bankRef, transfer), known(agreement)
	m.Parties = known(name, short, code)
	return m, err
}

// known leaves out what is empty.
func known(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

var _ = ask(
	Question{"matches-agree", "the lines and postings of a match differ in their sums", `
		WITH stand AS (SELECT id, lines, postings FROM matches m WHERE NOT EXISTS (SELECT FROM match_undoings u WHERE u.match = m.id)),
		bank AS (SELECT s.id, sum(l.amount) AS amount FROM stand s, unnest(s.lines) x JOIN bank_lines l ON l.id = x GROUP BY s.id),
		books AS (SELECT s.id, sum(CASE WHEN p.taker LIKE 'agent:bank:%' THEN p.amount ELSE -p.amount END) AS amount
			FROM stand s, unnest(s.postings) x JOIN postings p ON p.id = x GROUP BY s.id)
		SELECT s.id::text FROM stand s LEFT JOIN bank USING (id) LEFT JOIN books USING (id)
		WHERE coalesce(bank.amount, 0) <> coalesce(books.amount, 0)`},
	Question{"matches-stand", "what is matched now differs from the matches not undone", `
		SELECT coalesce(a.match, b.match)::text FROM
			(SELECT m.id AS match, l::text AS what FROM matches m, unnest(m.lines) l WHERE NOT EXISTS (SELECT FROM match_undoings u WHERE u.match = m.id)
			 UNION ALL SELECT m.id, p::text FROM matches m, unnest(m.postings) p WHERE NOT EXISTS (SELECT FROM match_undoings u WHERE u.match = m.id)) a
		FULL JOIN (SELECT match, line::text AS what FROM matched_lines UNION ALL SELECT match, posting::text FROM matched_postings) b
			ON a.match = b.match AND a.what = b.what
		WHERE a.match IS NULL OR b.match IS NULL`},
	Question{"suspense-has-its-line", "a receipt in suspense is not matched to the bank line it was booked from", `
		SELECT v.number::text FROM vouchers v JOIN postings p ON p.voucher = v.id
		WHERE v.kind = 'suspense' AND v.subject_kind = 'bank-line' AND NOT EXISTS (SELECT FROM vouchers r WHERE r.reverses = v.id)
		AND NOT EXISTS (SELECT FROM matched_postings x JOIN matched_lines l ON l.match = x.match WHERE x.posting = p.id AND l.line::text = v.subject)`},
)
