package api

import (
	"time"

	"startupfund/domain"
)

// takingBackView is what follows from taking a version back before its day.
type takingBackView struct {
	Version int              `json:"version"`
	From    string           `json:"from"`    // the day on which it would be in force
	Instead int              `json:"instead"` // version that rules on that day then
	Seats   []string         `json:"seats"`   // that it alone has
	Given   []givenAheadView `json:"given"`
}

// givenAheadView is a seat that is given, or asked for, from a day on which the version that
// is taken back would be in force.
type givenAheadView struct {
	Seat         string `json:"seat"`
	Organisation string `json:"organisation"`
	From         string `json:"from"`
	Alone        bool   `json:"alone"` // only that version has the seat: it is free first
}

func takingBackOf(a domain.Amendment) *takingBackView {
	b := a.Back
	return &takingBackView{a.TakesBack, a.From.EffectiveFrom.Format(time.DateOnly), b.Instead.Version, append([]string{}, b.Seats...),
		each(b.Given, func(g domain.GivenAhead) givenAheadView {
			return givenAheadView{g.Seat, g.Organisation, g.From.Format(time.DateOnly), g.Alone}
		})}
}
