package store

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// Proof is the proof of a day (the zero time is today), over the fund's account in
// the currency of its books.
func (s *Store) Proof(ctx context.Context, by domain.Actor, on time.Time) (domain.Proof, error) {
	return read(ctx, s, by, func(t *tx) (domain.Proof, error) {
		if on.IsZero() {
			on = t.today()
		}
		own, err := t.fundAccounts("")
		if err != nil {
			return domain.Proof{}, err
		}
		for _, a := range own {
			if a.Currency != t.currency() {
				continue
			}
			last, err := t.lastStatement(a.ID, on)
			if err != nil {
				return domain.Proof{}, err
			}
			if last != nil {
				return t.prove(on, a, *last)
			}
		}
		return domain.Proof{}, domain.ErrNoStatement.With("on", on)
	})
}

// wholeUpTo picks the matches all of whose lines stand on statements that end on
// the day or before, and all of whose postings are booked by then.
const wholeUpTo = `NOT EXISTS (SELECT FROM matched_lines y JOIN bank_lines k ON k.id = y.line JOIN bank_statements q ON q.id = k.statement
		WHERE y.match = x.match AND q.to_on > ?)
	AND NOT EXISTS (SELECT FROM matched_postings y JOIN postings k ON k.id = y.posting JOIN vouchers q ON q.id = k.voucher
		WHERE y.match = x.match AND q.booked_on > ?)`

func (t *tx) prove(on time.Time, a domain.FundAccount, last domain.BankStatement) (domain.Proof, error) {
	var first time.Time
	err := t.Raw(`SELECT from_on FROM bank_statements WHERE account = ? AND follows IS NULL`, a.ID).Row().Scan(&first)
	if err != nil {
		return domain.Proof{}, err
	}
	var held decimal.Decimal
	err = t.Raw(`SELECT coalesce(sum(amount), 0) FROM entries WHERE account = ? AND booked_on <= ?`,
		string(domain.BankAccount(a.Currency)), day(on)).Row().Scan(&held)
	if err != nil {
		return domain.Proof{}, err
	}
	lines, err := t.lines(`s.account = ? AND s.to_on <= ? AND (x.line IS NULL OR NOT (`+wholeUpTo+`))`, `ORDER BY l.value_on, l.id`,
		a.ID, day(on), day(on), day(on))
	if err != nil {
		return domain.Proof{}, err
	}
	waiting := make([]domain.ReconciledLine, len(lines))
	for i, l := range lines {
		waiting[i] = l.ReconciledLine
	}
	moved, err := t.movements(`v.booked_on <= ? AND (x.posting IS NULL OR NOT (`+wholeUpTo+`))`, day(on), day(on), day(on))
	if err != nil {
		return domain.Proof{}, err
	}
	var open []domain.Movement
	for _, m := range moved {
		if m.matched || !domain.BroughtAlong(m.Kind, m.BookedOn, first) {
			open = append(open, m.Movement)
		}
	}
	return domain.Prove(on, a, last, ledger.New(held, a.Currency), open, waiting), nil
}
