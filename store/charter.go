package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"gorm.io/gorm"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// firstCharter writes the shipped charter where the fund has none yet, so that
// no act ever runs without rules.
func (s *Store) firstCharter(ctx context.Context) error {
	return s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		var any bool
		if err := db.Raw(`SELECT EXISTS (SELECT FROM charters)`).Row().Scan(&any); err != nil || any {
			return err
		}
		document := charter.Default()
		c, err := charter.Parse(document)
		if err != nil {
			return err
		}
		if err := foundSeats(db, c); err != nil {
			return err
		}
		sum := sha256.Sum256(document)
		return db.Exec(`INSERT INTO charters (version, effective_from, time_zone, adopted_by, document, sha256, recorded_at)
			VALUES (?, ?, ?, ?, ?, ?, clock_timestamp()) ON CONFLICT DO NOTHING`,
			c.Version, c.EffectiveFrom, c.Fund.TimeZone.Value.String(), c.AdoptedBy, string(document), sum[:]).Error
	})
}

// Charter is the rules in force on a day; the zero day is today.
func (s *Store) Charter(ctx context.Context, by domain.Actor, on time.Time) (charter.Charter, error) {
	return read(ctx, s, by, func(t *tx) (charter.Charter, error) {
		if on.IsZero() {
			return t.charter, nil
		}
		return t.charterOn(on)
	})
}

// charterOn is the version in force on a day.
func (t *tx) charterOn(on time.Time) (charter.Charter, error) {
	var version int
	err := t.Raw(`SELECT version FROM charters_standing WHERE effective_from <= ? ORDER BY effective_from DESC, version DESC LIMIT 1`, on).Row().Scan(&version)
	if errors.Is(missing(err), domain.ErrMissing) {
		return charter.Charter{}, charter.ErrNoneInForce.With("day", on.Format(time.DateOnly))
	}
	if err != nil {
		return charter.Charter{}, err
	}
	return t.charterOf(version)
}

// CharterVersion is one version of the rules, as a case under way runs under it.
func (s *Store) CharterVersion(ctx context.Context, by domain.Actor, version int) (charter.Charter, error) {
	return read(ctx, s, by, func(t *tx) (charter.Charter, error) {
		var there bool
		if err := t.Raw(`SELECT EXISTS (SELECT FROM charters WHERE version = ?)`, version).Row().Scan(&there); err != nil {
			return charter.Charter{}, err
		}
		if !there {
			return charter.Charter{}, domain.ErrMissing
		}
		return t.charterOf(version)
	})
}
