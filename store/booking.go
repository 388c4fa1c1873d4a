package store

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
)

// BookLine books interest, a charge or other income from the bank's own line, and matches
// it at once. Undoing the match takes the voucher back.
func (s *Store) BookLine(ctx context.Context, by Ask, id uuid.UUID, b domain.Booking, organisation *uuid.UUID) (domain.Match, error) {
	return act(ctx, s, by, "bank-line.book", func(t *tx) (domain.Match, error) {
		none := domain.Match{}
		t.on("bank-line", id)
		if _, err := t.fundAccounts("FOR UPDATE"); err != nil {
			return none, err
		}
		l, err := t.line(id)
		if err != nil {
			return none, err
		}
		if organisation != nil {
			if b.Of, err = t.organisationCode(*organisation, "/organisation"); err != nil {
				return none, err
			}
		}
		available, err := t.availableHeld()
		if err != nil {
			return none, err
		}
		v, err := l.Book(l.State, b, available, t.charter, uuid.New())
		if err != nil {
			return none, err
		}
		if err := t.post(v); err != nil {
			return none, err
		}
		moved, err := t.movements(`v.id = ?`, v.ID)
		if err != nil {
			return none, err
		}
		t.changed("kind", string(b.Kind))
		t.changed("amount", l.Amount)
		if err := t.Exec(`INSERT INTO line_bookings (voucher, line, kind, organisation, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			v.ID, id, string(b.Kind), organisation, strings.TrimSpace(b.Reason), t.by.Person, t.now).Error; err != nil {
			return none, err
		}
		m := domain.Match{ID: uuid.New(), Rule: domain.ByBooking, Confidence: domain.Personal, Lines: []uuid.UUID{id},
			Postings: []int64{moved[0].Posting}, Reason: strings.TrimSpace(b.Reason), Person: t.by.Person, At: t.now}
		return m, t.saveMatches([]domain.Match{m})
	})
}

var _ = ask(
	Question{"bookings-are-of-their-line", "what was booked from a line of the bank differs from it in amount or kind, or stands and is not matched with it", `
		SELECT v.number::text FROM line_bookings b JOIN vouchers v ON v.id = b.voucher JOIN bank_lines l ON l.id = b.line
		LEFT JOIN postings p ON p.voucher = v.id AND (p.giver LIKE 'agent:bank:%' OR p.taker LIKE 'agent:bank:%')
		WHERE v.kind <> CASE b.kind WHEN 'organisation-interest' THEN 'interest' ELSE b.kind END
			OR l.amount <> CASE WHEN p.taker LIKE 'agent:bank:%' THEN p.amount ELSE -p.amount END
			OR p.id IS NULL
			OR NOT EXISTS (SELECT FROM vouchers r WHERE r.reverses = v.id)
				AND NOT EXISTS (SELECT FROM matched_postings x JOIN matched_lines y ON y.match = x.match WHERE x.posting = p.id AND y.line = l.id)
		UNION ALL SELECT v.number::text FROM vouchers v WHERE v.kind IN ('interest', 'other-income', 'bank-charge') AND NOT EXISTS (SELECT FROM line_bookings b WHERE b.voucher = v.id)`},
)
