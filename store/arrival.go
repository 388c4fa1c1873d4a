package store

import (
	"github.com/google/uuid"
	"gorm.io/gorm"
)

// A word to a question has its instant before it waits for the question's row, so that
// whoever closes the question a moment later may be at the row first. What was said in time
// is not lost by that: it takes a lock that is shared by all who speak to the question
// before its clock is read, without waiting; and who closes the question takes the same lock
// for itself once its own clock is read, and so waits for each of them. Whoever finds the
// lock taken has come after the clock of who closes.
const arrivalLock = `hashtextextended('arrival:' || ?::text, 0)`

// arrived notes, before the clock is read, that an act brings a word to a question.
func arrived(db *gorm.DB, question uuid.UUID) error {
	if question == uuid.Nil {
		return nil
	}
	return db.Exec(`SELECT pg_try_advisory_xact_lock_shared(`+arrivalLock+`)`, question).Error
}

// heardOut waits for those who began to speak to a question before it is closed; where its
// silence is not over, it is not closed, and nobody is waited for.
func (t *tx) heardOut(question uuid.UUID) error {
	return t.Exec(`SELECT pg_advisory_xact_lock(`+arrivalLock+`) FROM questions WHERE id = ? AND (ends_at IS NULL OR ends_at <= ?)`, question, question, t.now).Error
}
