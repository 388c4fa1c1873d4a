package store

import (
	"context"
	"time"

	"startupfund/domain"
)

// Under is the same fund under another clock: the example lets its years pass
// with it, so that every event, deadline and term is of its own day. No letter is
// written about what is done there. Close the store itself, not this one.
func (s *Store) Under(clock func() time.Time) *Store {
	return &Store{db: s.db, url: s.url, clock: clock, mute: true, blobs: s.blobs, scratch: s.scratch, Guarded: s.Guarded}
}

// FinishExample records that the example is whole. Until then nobody is to be
// shown it.
func (s *Store) FinishExample(ctx context.Context) error {
	_, err := act(ctx, s, As(domain.Console()), exampleMade, func(t *tx) (struct{}, error) {
		t.on("fund", "example")
		// What was done before is on the disk with this, or not at all.
		if err := t.Exec(`SET LOCAL synchronous_commit = on`).Error; err != nil {
			return struct{}{}, err
		}
		// What was told long ago was read, as anybody would have.
		return struct{}{}, t.Exec(`UPDATE notices SET read_at = at WHERE at < (SELECT max(at) FROM notices) - interval '10 days'`).Error
	})
	return err
}

// ExampleFinished tells whether the example was made to its end.
func (s *Store) ExampleFinished(ctx context.Context) (bool, error) {
	return read(ctx, s, domain.Console(), func(t *tx) (done bool, err error) {
		err = t.Raw(`SELECT EXISTS (SELECT FROM events WHERE act = ?)`, exampleMade).Row().Scan(&done)
		return done, err
	})
}

const exampleMade = "example.finish"

// unhurried lets an act of a story not wait for the disk: what is cut short before
// FinishExample is shown to nobody.
func (t *tx) unhurried() error {
	if !t.store.mute {
		return nil
	}
	return t.Exec(`SET LOCAL synchronous_commit = off`).Error
}
