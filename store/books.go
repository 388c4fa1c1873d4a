package store

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// Books is all that a journal of the fund is written from.
type Books struct {
	Fund     string
	AsOf     time.Time
	Vouchers []ledger.Voucher
	Balances map[ledger.Account]ledger.Money
}

// Books reads every voucher booked up to and on asOf, and what each account then
// held; the zero day is today. The balances are asked of the database, so that
// whoever adds up the vouchers checks both.
func (s *Store) Books(ctx context.Context, by domain.Actor, asOf time.Time) (Books, error) {
	return read(ctx, s, by, func(t *tx) (Books, error) {
		b := Books{AsOf: asOf, Balances: map[ledger.Account]ledger.Money{}}
		if b.AsOf.IsZero() {
			b.AsOf = t.today()
		}
		fund, err := t.fund()
		if err != nil {
			return b, err
		}
		b.Fund = fund.Name
		if b.Vouchers, err = t.vouchers(`v.booked_on <= ?`, b.AsOf); err != nil {
			return b, err
		}
		rows, err := t.Raw(`SELECT account, sum(amount) FROM entries WHERE booked_on <= ? GROUP BY account`, b.AsOf).Rows()
		if err != nil {
			return b, err
		}
		defer rows.Close()
		for rows.Next() {
			var account string
			var held decimal.Decimal
			if err := rows.Scan(&account, &held); err != nil {
				return b, err
			}
			b.Balances[ledger.Account(account)] = ledger.New(held, t.currency())
		}
		return b, rows.Err()
	})
}
