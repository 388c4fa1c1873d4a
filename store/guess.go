package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"startupfund/domain"
)

// guess is an attempt at a password, already counted as failed.
type guess struct {
	account string
	rows    []uuid.UUID
}

// guess counts an attempt before the password is looked at, so that many at once
// get no further than one after another: both counters are held by a lock while
// they are read and raised. A refused attempt is not counted, and each is
// forgotten GuessWindow later, so nobody is locked out for longer than that.
func (s *Store) guess(ctx context.Context, email, address string) (g guess, err error) {
	g.account = accountKey(email)
	g.rows, err = s.count(ctx, limit{g.account, GuessesPerAccount}, limit{"address:" + address, GuessesPerAddress})
	return g, err
}

// limit is how many of something there may be in GuessWindow.
type limit struct {
	key  string
	most int
}

// count counts one more under each key, or refuses it under all.
func (s *Store) count(ctx context.Context, limits ...limit) (rows []uuid.UUID, err error) {
	err = s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		t, err := s.begin(ctx, db, domain.Actor{})
		if err != nil {
			return err
		}
		for _, l := range limits { // always in this order: accounts first
			if err := t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, l.key).Error; err != nil {
				return err
			}
		}
		for _, l := range limits {
			if err := t.below(l.key, l.most); err != nil {
				return err
			}
		}
		for _, l := range limits {
			id := uuid.New()
			rows = append(rows, id)
			if err := t.Exec(`INSERT INTO sign_in_failures (id, key, at) VALUES (?, ?, ?)`, id, l.key, t.now).Error; err != nil {
				return err
			}
		}
		return nil
	})
	return rows, translate(err)
}

// accountKey counts for an address without keeping it: what people type there is
// not always one.
func accountKey(email string) string {
	sum := sha256.Sum256([]byte(email))
	return "account:" + hex.EncodeToString(sum[:])
}

func (t *tx) below(key string, most int) error {
	var n int
	var first sql.NullTime
	err := t.Raw(`SELECT count(*), min(at) FROM sign_in_failures WHERE key = ? AND at > ?`, key, t.now.Add(-GuessWindow)).Row().Scan(&n, &first)
	if err != nil || n < most {
		return err
	}
	wait := first.Time.Add(GuessWindow).Sub(t.now)
	return domain.ErrTooMany.With("seconds", int(wait.Seconds())+1)
}

// took takes the attempt back, for it was right, forgets the failures of the
// account and sweeps what is too old to count.
func (t *tx) took(g guess) error {
	return t.Exec(`DELETE FROM sign_in_failures WHERE id IN ? OR key = ? OR at < ?`, g.rows, g.account, t.now.Add(-GuessWindow)).Error
}
