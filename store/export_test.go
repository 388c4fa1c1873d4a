package store

import (
	"context"

	"startupfund/domain/ledger"
)

// Post lets a test post vouchers that no rule of the domain made.
func (s *Store) Post(ctx context.Context, by Ask, vouchers ...ledger.Voucher) (int, error) {
	return act(ctx, s, by, "test.post", func(t *tx) (int, error) {
		t.on("test", vouchers[0].ID)
		return len(vouchers), t.post(vouchers...)
	})
}

// History are the tables that are never changed.
func History() []string { return history }
