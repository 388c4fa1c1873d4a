package store

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ProgrammeEntry is what one voucher moved of a programme's money.
type ProgrammeEntry struct {
	Voucher      uuid.UUID
	Number       int64
	BookedOn     time.Time
	What         string // "allocated", "freed", "transferred", "refunded", "spent"
	Organisation string // code
	Amount       ledger.Money
}

// ProgrammePart is an organisation's part of a programme in the books.
type ProgrammePart struct {
	Organisation string // code
	Share        ledger.Money
	Allocated    ledger.Money // less what was freed
	Transferred  ledger.Money // less what was refunded
	Spent        ledger.Money
	Awaiting     ledger.Money // granted, and not yet allocated: it waits for money to come in
}

// ProgrammeBooks is a programme in the books, with the vouchers that made it so.
type ProgrammeBooks struct {
	Parts   []ProgrammePart
	Entries []ProgrammeEntry // oldest first
}

// ProgrammeBooks adds up what the books say of a programme, by organisation.
func (s *Store) ProgrammeBooks(ctx context.Context, by domain.Actor, id uuid.UUID) (ProgrammeBooks, error) {
	return read(ctx, s, by, func(t *tx) (b ProgrammeBooks, err error) {
		list, err := t.programmes(`j.id = ?`, id)
		if err != nil || len(list) == 0 {
			return b, cmp.Or(err, error(domain.ErrMissing))
		}
		code, zero := list[0].Code, ledger.Zero(t.currency())
		waiting, err := t.awaited(`w.remaining > 0 AND w.programme = ?`, id)
		if err != nil {
			return b, err
		}
		for _, share := range list[0].Shares {
			part := ProgrammePart{share.Code, share.Amount, zero, zero, zero, zero}
			for _, w := range waiting {
				if w.Organisation == share.Code {
					part.Awaiting = part.Awaiting.Add(w.Remaining)
				}
			}
			entries, err := t.programmeEntries(domain.Allocated(code, share.Code), domain.Held(share.Code, code))
			if err != nil {
				return b, err
			}
			for _, e := range entries {
				e.Organisation = share.Code
				switch e.What {
				case "allocated":
					part.Allocated = part.Allocated.Add(e.Amount)
				case "freed":
					part.Allocated = part.Allocated.Sub(e.Amount)
				case "transferred":
					part.Transferred = part.Transferred.Add(e.Amount)
				case "refunded":
					part.Transferred = part.Transferred.Sub(e.Amount)
				case "spent":
					part.Spent = part.Spent.Add(e.Amount)
				}
				b.Entries = append(b.Entries, e)
			}
			b.Parts = append(b.Parts, part)
		}
		return b, nil
	})
}

// programmeEntries are what vouchers moved into and out of an organisation's part: a
// reversal stands as what it undoes, with the sign turned: a transfer that the bank
// returned is no refund.
func (t *tx) programmeEntries(allocated, held ledger.Account) (list []ProgrammeEntry, err error) {
	rows, err := t.Raw(`SELECT v.id, v.number, v.booked_on, x.what, sum(x.amount) FROM (
			SELECT e.voucher, CASE WHEN u.kind <> 'reversal' THEN e.what WHEN e.what = 'transferred' THEN 'refunded' WHEN e.what = 'refunded' THEN 'transferred' ELSE e.what END AS what,
				CASE WHEN u.kind = 'reversal' AND e.what IN ('transferred', 'refunded') THEN -e.amount ELSE e.amount END AS amount FROM (
			SELECT voucher, 'allocated' AS what, amount FROM postings WHERE taker = ? AND starts_with(giver, 'fund:a')
			UNION ALL SELECT voucher, 'freed', amount FROM postings WHERE giver = ? AND starts_with(taker, 'fund:a')
			UNION ALL SELECT voucher, 'transferred', amount FROM postings WHERE taker = ? AND starts_with(giver, 'agent:bank')
			UNION ALL SELECT voucher, 'refunded', amount FROM postings WHERE giver = ? AND starts_with(taker, 'agent:bank')
			UNION ALL SELECT voucher, 'spent', amount FROM postings WHERE giver = ? AND starts_with(taker, 'expenditure:')
			UNION ALL SELECT voucher, 'spent', -amount FROM postings WHERE taker = ? AND starts_with(giver, 'expenditure:')
			) e JOIN vouchers u ON u.id = e.voucher
		) x JOIN vouchers v ON v.id = x.voucher GROUP BY v.id, v.number, v.booked_on, x.what HAVING sum(x.amount) <> 0 ORDER BY v.booked_on, v.number`,
		string(allocated), string(allocated), string(held), string(held), string(held), string(held)).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e ProgrammeEntry
		var amount decimal.Decimal
		if err := rows.Scan(&e.Voucher, &e.Number, &e.BookedOn, &e.What, &amount); err != nil {
			return nil, err
		}
		e.Amount = ledger.New(amount, t.currency())
		list = append(list, e)
	}
	return list, rows.Err()
}
