package api

import (
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type courseView struct {
	AsOf    string          `json:"as_of"`
	Streams []streamView    `json:"streams"`
	Months  []courseToMonth `json:"months"`
}

type placeView struct {
	Kind domain.PlaceKind `json:"kind"`
	Code string           `json:"code"`
	Name string           `json:"name"`
}

type streamView struct {
	From   placeView    `json:"from"`
	To     placeView    `json:"to"`
	Amount ledger.Money `json:"amount"`
}

type courseToMonth struct {
	On            string       `json:"on"`
	Contributions ledger.Money `json:"contributions"`
	Transfers     ledger.Money `json:"transfers"`
}

// course is the way of the money with its places named in a language.
func (t tongue) course(c store.Course, rules charter.Charter) courseView {
	v := courseView{AsOf: c.AsOf.Format(time.DateOnly), Streams: []streamView{}, Months: []courseToMonth{}}
	named := func(p domain.Place) placeView {
		name := c.Names[p]
		if area, ok := rules.Area(p.Code); ok && p.Kind == domain.PlaceArea {
			name = area.Name.Value.In(t.language)
		} else if name == "" && p.Code == "" {
			name = t.say("site.place."+string(p.Kind), nil)
		}
		if name == "" {
			name = p.Code
		}
		return placeView{p.Kind, p.Code, name}
	}
	for _, s := range c.Streams {
		v.Streams = append(v.Streams, streamView{named(s.From), named(s.To), s.Amount})
	}
	for _, m := range c.Months {
		v.Months = append(v.Months, courseToMonth{m.On.Format(time.DateOnly), m.Contributions, m.Transfers})
	}
	return v
}

// readCourse is what the JSON and the first page both show.
func (s *Server) readCourse(a *asked, t tongue, asOf time.Time) (courseView, error) {
	c, err := s.Store.Course(a, a.by, asOf, languageOf(a.Context))
	if err != nil {
		return courseView{}, err
	}
	rules, err := s.Store.Charter(a, a.by, time.Time{})
	return t.course(c, rules), err
}

// course shows the way of the money as of a day.
func (s *Server) course(a *asked) (answer, error) {
	asOf, err := a.day("as_of")
	if err != nil {
		return answer{}, err
	}
	v, err := s.readCourse(a, s.Words.in(languageOf(a.Context)), asOf)
	if err != nil {
		return answer{}, err
	}
	return shown(v)
}
