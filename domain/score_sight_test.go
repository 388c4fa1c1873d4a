package domain

import (
	"testing"

	"github.com/google/uuid"
)

// What was given blind stands for whoever gave it: not for who came to the seat since, who has
// seen nobody's.
func TestABlindScoreStandsForWhoGaveIt(t *testing.T) {
	before, after, other, seat := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	given := []Score{{Seat: seat, Organisation: before}, {Seat: uuid.New(), Organisation: other}}
	if !inSight(before, given) || inSight(after, given) || inSight(before, given[:1]) {
		t.Error(inSight(before, given), inSight(after, given), inSight(before, given[:1]))
	}
}
