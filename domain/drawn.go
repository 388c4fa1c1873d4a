package domain

import (
	"time"

	"github.com/google/uuid"
)

// Draw are the interests that an item takes over from others of the same matter, where they
// were declared or suggested: a stake does not end with the item that it was first said in.
// Each has the effect that the rules of this item give it, until it is dismissed here.
func (i Item) Draw(earlier []Interest, sitting []Sitting, now time.Time) []Interest {
	var drawn []Interest
	for _, x := range earlier {
		if x.DrawnFrom == uuid.Nil {
			x.DrawnFrom = x.ID
		}
		x.ID, x.At, x.Dismissed = uuid.New(), now, nil
		x.Effect = effectOn(i.Charter, plainRole(x.Organisation, sitting), x.Kind)
		drawn = append(drawn, x)
	}
	return drawn
}
