package bench

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// times are durations of like things, in milliseconds once asked.
type times []time.Duration

func (t times) at(share float64) float64 {
	if len(t) == 0 {
		return 0
	}
	slices.Sort(t)
	return float64(t[min(len(t)-1, int(share*float64(len(t))))].Microseconds()) / 1000
}

// floor runs n transactions of two inserts and one update, statement by statement
// through pgx, from so many clients at once: over one hot row, or over a row of each
// transaction's own. It is what this machine and this PostgreSQL give whoever does
// nothing else.
func (g *ground) floor(ctx context.Context, n, clients int, hot bool) (times, time.Duration, error) {
	if _, err := g.db.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS floor;
		CREATE TABLE IF NOT EXISTS floor.entries (id bigserial PRIMARY KEY, account int NOT NULL, amount numeric(20, 3) NOT NULL, at timestamptz NOT NULL DEFAULT now());
		CREATE TABLE IF NOT EXISTS floor.accounts (id int PRIMARY KEY, held numeric(20, 3) NOT NULL DEFAULT 0)`); err != nil {
		return nil, 0, err
	}
	if _, err := g.db.Exec(ctx, `INSERT INTO floor.accounts SELECT generate_series(0, $1) ON CONFLICT DO NOTHING`, n); err != nil {
		return nil, 0, err
	}
	one := func(i int) error {
		account := 0
		if !hot {
			account = i
		}
		return pgx.BeginFunc(ctx, g.db, func(t pgx.Tx) error {
			for range 2 {
				if _, err := t.Exec(ctx, `INSERT INTO floor.entries (account, amount) VALUES ($1, 100.00)`, account); err != nil {
					return err
				}
			}
			_, err := t.Exec(ctx, `UPDATE floor.accounts SET held = held + 100.00 WHERE id = $1`, account)
			return err
		})
	}
	return storm(n, clients, one)
}

// storm does n things from so many clients at once and times each and the whole.
// The first error ends it.
func storm(n, clients int, one func(i int) error) (times, time.Duration, error) {
	took := make(times, n)
	next := make(chan int)
	failed := make(chan error, clients)
	var all sync.WaitGroup
	began := time.Now()
	for range clients {
		all.Go(func() {
			for i := range next {
				at := time.Now()
				if err := one(i); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
				took[i] = time.Since(at)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
	whole := time.Since(began)
	select {
	case err := <-failed:
		return nil, 0, err
	default:
		return took, whole, nil
	}
}
