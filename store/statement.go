package store

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// directed is every posting with the direction it counts in: a reversal's counts
// as the posting it undoes, below zero (domain.Flow says why).
const directed = `SELECT p.voucher,
		CASE WHEN v.kind = 'reversal' THEN p.taker ELSE p.giver END AS f,
		CASE WHEN v.kind = 'reversal' THEN p.giver ELSE p.taker END AS t,
		CASE WHEN v.kind = 'reversal' THEN -p.amount ELSE p.amount END AS x, v.booked_on AS on_day
	FROM postings p JOIN vouchers v ON v.id = p.voucher WHERE v.booked_on <= ?`

// Statement is the Funding Status as of a day, from postings alone; the zero day
// is today.
func (s *Store) Statement(ctx context.Context, by domain.Actor, asOf time.Time) (domain.Statement, error) {
	return read(ctx, s, by, func(t *tx) (domain.Statement, error) {
		if asOf.IsZero() {
			asOf = t.today()
		}
		flows, err := t.flows(asOf)
		return domain.FundingStatus(asOf, t.currency(), flows), err
	})
}

func (t *tx) flows(asOf time.Time) ([]domain.Flow, error) {
	rows, err := t.Raw(`SELECT f, t, sum(x) FROM (`+directed+`) d GROUP BY f, t`, asOf).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []domain.Flow
	for rows.Next() {
		var f domain.Flow
		var sum decimal.Decimal
		if err := rows.Scan(&f.From, &f.To, &sum); err != nil {
			return nil, err
		}
		f.Total = ledger.New(sum, t.currency())
		all = append(all, f)
	}
	return all, rows.Err()
}

// Part is what one voucher adds to a figure.
type Part struct {
	ID       uuid.UUID
	Number   int64
	Kind     ledger.Kind
	BookedOn time.Time
	Memo     string
	Part     ledger.Money
}

// Figure is a line of the statement opened: its amount, and a page of the
// vouchers that make it up, oldest booking first.
type Figure struct {
	Code   string
	AsOf   time.Time
	Amount ledger.Money
	Count  int // of all its vouchers
	Parts  []Part
}

// Opened opens a figure to its vouchers after the one numbered after (0 begins),
// limit of them at most. The parts of all pages sum to the amount.
func (s *Store) Opened(ctx context.Context, by domain.Actor, code string, asOf time.Time, after int64, limit int) (Figure, error) {
	rule, ok := domain.StatementLine(code)
	if !ok {
		return Figure{}, domain.ErrMissing
	}
	return read(ctx, s, by, func(t *tx) (Figure, error) {
		if asOf.IsZero() {
			asOf = t.today()
		}
		fig := Figure{Code: code, AsOf: asOf}
		sum, args := summed(rule.Patterns)
		parts := `WITH parts AS (SELECT voucher, sum(` + sum + `) AS part FROM (` + directed + `) d GROUP BY voucher HAVING sum(` + sum + `) <> 0) `
		args = append(append(append([]any{}, args...), asOf), args...)
		var total decimal.Decimal
		if err := t.Raw(parts+`SELECT coalesce(sum(part), 0), count(*) FROM parts`, args...).Row().Scan(&total, &fig.Count); err != nil {
			return Figure{}, err
		}
		fig.Amount = ledger.New(total, t.currency())
		rows, err := t.Raw(parts+`SELECT v.id, v.number, v.kind, v.booked_on, v.memo, part FROM parts JOIN vouchers v ON v.id = parts.voucher
			WHERE (v.booked_on, v.number) > (coalesce((SELECT booked_on FROM vouchers WHERE number = ?), '-infinity'), ?)
			ORDER BY v.booked_on, v.number LIMIT ?`, append(args, after, after, limit)...).Rows()
		if err != nil {
			return Figure{}, err
		}
		defer rows.Close()
		for rows.Next() {
			var p Part
			var part decimal.Decimal
			if err := rows.Scan(&p.ID, &p.Number, &p.Kind, &p.BookedOn, &p.Memo, &part); err != nil {
				return Figure{}, err
			}
			p.Part = ledger.New(part, t.currency())
			fig.Parts = append(fig.Parts, p)
		}
		return fig, rows.Err()
	})
}

// summed is the SQL of what a posting adds to a line, and its values: the very
// patterns that the domain sums with.
func summed(patterns []domain.Pattern) (sql string, args []any) {
	terms := make([]string, len(patterns))
	for i, p := range patterns {
		terms[i] = `CASE WHEN ` + within("f") + ` AND ` + within("t") + ` THEN x * ?::int ELSE 0 END`
		args = append(args, string(p.From), string(p.From), string(p.From), string(p.To), string(p.To), string(p.To), p.Sign)
	}
	return strings.Join(terms, " + "), args
}

func within(column string) string {
	return `(?::text = '' OR ` + column + ` = ?::text OR starts_with(` + column + `, ?::text || ':'))`
}
