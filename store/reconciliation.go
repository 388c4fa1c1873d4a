package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Reconciled is a line with all that is known of it.
type Reconciled struct {
	domain.ReconciledLine
	NoteBy     string // who said why it waits
	NoteAt     time.Time
	Match      *domain.Match
	Matched    []domain.Movement  // of the match
	Candidates []domain.Candidate // where it is suggested, best first
}

// Reconciliation lists lines of the bank, oldest value date first: those in a
// state, or all.
func (s *Store) Reconciliation(ctx context.Context, by domain.Actor, which Lines, w Window) (Page[Reconciled], error) {
	return read(ctx, s, by, func(t *tx) (page Page[Reconciled], err error) {
		after, err := w.afterID()
		if err != nil {
			return page, err
		}
		suggested, err := t.suggestions()
		if err != nil {
			return page, err
		}
		var found []Reconciled
		for more := true; more && len(found) < w.fetch(); { // what is suggested, SQL cannot pick
			lines, err := t.linesAfter(which, after, w.fetch())
			if err != nil {
				return page, err
			}
			more = len(lines) == w.fetch()
			for _, l := range lines {
				after = l.ID
				if one := reconciled(l, suggested); which.State == "" || one.State == which.State {
					found = append(found, one)
				}
			}
		}
		page = pageOf(w, found[:min(len(found), w.fetch())], func(r Reconciled) string { return r.ID.String() })
		return page, t.explain(page.Items)
	})
}

// ReconciledLine is one line.
func (s *Store) ReconciledLine(ctx context.Context, by domain.Actor, id uuid.UUID) (Reconciled, error) {
	return read(ctx, s, by, func(t *tx) (Reconciled, error) {
		l, err := t.line(id)
		if err != nil {
			return Reconciled{}, err
		}
		suggested, err := t.suggestions()
		if err != nil {
			return Reconciled{}, err
		}
		page := []Reconciled{reconciled(l, suggested)}
		return page[0], t.explain(page)
	})
}

// suggestions are what the open lines may be, by line.
func (t *tx) suggestions() (map[uuid.UUID][]domain.Candidate, error) {
	lines, open, err := t.openSides()
	if err != nil {
		return nil, err
	}
	return domain.Suggest(lines, open, t.charter.Agent.MatchWindowDays.Value), nil
}

func reconciled(l standingLine, suggested map[uuid.UUID][]domain.Candidate) Reconciled {
	r := Reconciled{ReconciledLine: l.ReconciledLine, NoteBy: l.noteBy, NoteAt: l.noteAt, Candidates: suggested[l.ID]}
	if l.match != uuid.Nil {
		r.Match = &domain.Match{ID: l.match}
	}
	if r.State == domain.LineUnmatched && len(r.Candidates) > 0 {
		r.State = domain.LineSuggested
	}
	return r
}

// explain loads the matches of a page's lines.
func (t *tx) explain(page []Reconciled) error {
	for i := range page {
		if page[i].Match == nil {
			continue
		}
		list, err := t.matches(`m.id = ?`, page[i].Match.ID)
		if err != nil {
			return err
		}
		page[i].Match = &list[0].Match
		moved, err := t.movements(`x.match = ?`, page[i].Match.ID)
		if err != nil {
			return err
		}
		for _, m := range moved {
			page[i].Matched = append(page[i].Matched, m.Movement)
		}
	}
	return nil
}

// Lines picks lines of the bank: those of a state, "" for any, and of a statement,
// uuid.Nil for any.
type Lines struct {
	State     domain.LineState
	Statement uuid.UUID
}

const ofStatement = ` AND (?::uuid = '00000000-0000-0000-0000-000000000000' OR l.statement = ?)`

// narrowed is, for each state, what SQL can tell of it; Suggest tells the rest.
var narrowed = map[domain.LineState]string{
	"":                    `true`,
	domain.LineMatched:    `x.line IS NOT NULL AND m.rule <> 'suspense'`,
	domain.LineInSuspense: `m.rule = 'suspense'`,
	domain.LineSuggested:  `x.line IS NULL AND n.state IS NULL`,
	domain.LineUnmatched:  `x.line IS NULL AND n.state IS NULL`,
	domain.LineOnHold:     `x.line IS NULL AND n.state = 'on-hold'`,
	domain.LineOtherFund:  `x.line IS NULL AND n.state = 'another-fund'`,
	domain.LinePending:    `x.line IS NULL AND n.state = 'pending'`,
}

func (t *tx) linesAfter(which Lines, after uuid.UUID, limit int) ([]standingLine, error) {
	condition, known := narrowed[which.State]
	if !known {
		return nil, domain.ErrUnknownWord.With("given", string(which.State)).At("state")
	}
	const tail = `ORDER BY l.value_on, l.id LIMIT ?`
	if after == uuid.Nil {
		return t.lines(condition+ofStatement, tail, which.Statement, which.Statement, limit)
	}
	return t.lines(condition+ofStatement+` AND (l.value_on, l.id) > (SELECT z.value_on, z.id FROM bank_lines z WHERE z.id = ?)`, tail, which.Statement, which.Statement, after, limit)
}

// OpenMovements are the movements that no bank line has answered yet, oldest value
// date first; those that a fund brought along are none.
func (s *Store) OpenMovements(ctx context.Context, by domain.Actor) ([]domain.Movement, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Movement, error) {
		_, open, err := t.openSides()
		return open, err
	})
}

// Standing is how many lines of a statement, or of the bank where it is
// uuid.Nil, stand in each state.
func (s *Store) Standing(ctx context.Context, by domain.Actor, statement uuid.UUID) (map[domain.LineState]int, error) {
	return read(ctx, s, by, func(t *tx) (map[domain.LineState]int, error) {
		suggested, err := t.suggestions()
		if err != nil {
			return nil, err
		}
		open, err := t.lines(narrowed[domain.LineUnmatched]+ofStatement, "", statement, statement)
		if err != nil {
			return nil, err
		}
		count := map[domain.LineState]int{}
		for _, l := range open {
			count[reconciled(l, suggested).State]++
		}
		rows, err := t.Raw(`SELECT CASE WHEN m.rule = 'suspense' THEN 'suspense' WHEN m.id IS NOT NULL THEN 'matched' ELSE n.state END, count(*)
			FROM bank_lines l LEFT JOIN matched_lines x ON x.line = l.id LEFT JOIN matches m ON m.id = x.match
			LEFT JOIN LATERAL (SELECT o.state FROM line_notes o WHERE o.line = l.id ORDER BY o.at DESC, o.id DESC LIMIT 1) n ON true
			WHERE (m.id IS NOT NULL OR n.state IS NOT NULL)`+ofStatement+` GROUP BY 1`, statement, statement).Rows()
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var state domain.LineState
			var n int
			if err := rows.Scan(&state, &n); err != nil {
				return nil, err
			}
			count[state] = n
		}
		return count, rows.Err()
	})
}
