package api

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// seatLine is a seat with its terms, as the page shows them.
type seatLine struct {
	Name  string
	Kind  int // 1 to 5: the constituency's tint in the picture
	Terms []termLine
}

type termLine struct {
	Holder, From, Until string // days as machines write them; no Until is an open end
	FromDay, UntilDay   time.Time
	Now                 bool
}

type seatData struct {
	Today, About string
	Seats        []seatLine
}

// bodyPage shows who sits on the body, and who held each seat when.
func (s *Server) bodyPage(a *asked, p page) (string, page, error) {
	list, err := s.Store.Seats(a, a.by, time.Time{})
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return "", p, err
	}
	today, err := s.Store.Today(a, a.by)
	if err != nil {
		return "", p, err
	}
	slices.SortStableFunc(list, func(x, y store.SeatOn) int {
		return cmp.Or(cmp.Compare(rank(c, x), rank(c, y)), cmp.Compare(len(x.Name), len(y.Name)), strings.Compare(x.Name, y.Name))
	})
	d := seatData{Today: today.Format(time.DateOnly), About: p.say("site.body.about", nil)}
	for _, x := range list {
		line := seatLine{Name: p.seat(c, x), Kind: min(1+rank(c, x), 5)}
		for _, t := range x.Terms {
			term := termLine{Holder: t.Holder, From: t.From.Format(time.DateOnly), FromDay: t.From, UntilDay: t.Until,
				Now: x.Held != nil && x.Held.From.Equal(t.From)}
			if !t.Until.IsZero() {
				term.Until = t.Until.Format(time.DateOnly)
			}
			line.Terms = append(line.Terms, term)
		}
		d.Seats = append(d.Seats, line)
	}
	p.Title, p.Data = p.say("site.menu.body", nil), d
	return "body", p, nil
}

// rank puts the chair first, then the constituencies as the charter has them.
func rank(c charter.Charter, x store.SeatOn) int {
	return 1 + slices.IndexFunc(c.Constituencies, func(k charter.Constituency) bool { return k.Key == x.Constituency })
}

// seat is a seat's name: its constituency's and its place there.
func (p page) seat(c charter.Charter, x store.SeatOn) string {
	if x.Constituency == domain.ChairConstituency {
		return p.say("site.body.chair", nil)
	}
	name := x.Constituency
	if k, ok := c.Constituency(x.Constituency); ok {
		name = k.Name.Value.In(p.language)
	}
	return name + " " + strings.TrimPrefix(x.Name, x.Constituency+"-")
}
