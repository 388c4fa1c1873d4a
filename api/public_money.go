package api

import (
	"strconv"
	"time"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// flowData fills the charts of the first page: their tables.
type flowData struct {
	Streams []streamLine
	Months  []monthLine
	AsOf    string
	About   string // read aloud in place of the picture
	Growth  string
}

type streamLine struct {
	FromKind, From, ToKind, To, Value, Shown string
}

type monthLine struct {
	On                         string
	Day                        time.Time
	In, InShown, Out, OutShown string
}

// columns are where the places of each kind stand in the picture.
var columns = map[domain.PlaceKind]string{domain.PlaceContributor: "from", domain.PlaceOtherSource: "from", domain.PlaceFund: "fund",
	domain.PlaceArea: "theme", domain.PlaceProgramme: "theme", domain.PlaceOtherUse: "theme", domain.PlaceBalance: "theme", domain.PlaceOrganisation: "to"}

func (p page) flow(v courseView) flowData {
	d := flowData{AsOf: v.AsOf, About: p.say("site.flow.about", nil), Growth: p.say("site.growth.about", nil)}
	for _, s := range v.Streams {
		d.Streams = append(d.Streams, streamLine{columns[s.From.Kind], s.From.Name, columns[s.To.Kind], s.To.Name, s.Amount.Text(), p.figures(s.Amount.Text())})
	}
	for _, m := range v.Months {
		day, _ := time.Parse(time.DateOnly, m.On) // written by us
		d.Months = append(d.Months, monthLine{m.On, day, m.Contributions.Text(), p.figures(m.Contributions.Text()), m.Transfers.Text(), p.figures(m.Transfers.Text())})
	}
	return d
}

// contributionYear is one year's contributors.
type contributionYear struct {
	Year  string
	Lines []contributionLine
}

type contributionLine struct{ Name, Committed, Deposited string }

type contributionData struct {
	Currency ledger.Currency
	Years    []contributionYear
}

// contributionsPage shows who committed and deposited what in which year, the
// newest year first. The two columns are never added up: a deposit pays a
// commitment of an earlier day.
func (s *Server) contributionsPage(a *asked, p page) (string, page, error) {
	asOf, err := a.day("as_of")
	if err != nil {
		return "", p, err
	}
	list, err := s.Store.Contributions(a, a.by, asOf)
	if err != nil {
		return "", p, err
	}
	var d contributionData
	for i := len(list) - 1; i >= 0; i-- {
		c, year := list[i], strconv.Itoa(list[i].Year)
		if n := len(d.Years); n == 0 || d.Years[n-1].Year != year {
			d.Years = append(d.Years, contributionYear{Year: year})
		}
		at := &d.Years[len(d.Years)-1]
		line := contributionLine{c.Name, p.figures(c.Committed.Text()), p.figures(c.Deposited.Text())}
		at.Lines = append([]contributionLine{line}, at.Lines...)
		d.Currency = c.Deposited.Currency
	}
	p.Title, p.Data = p.say("site.menu.contributions", nil), d
	return "contributions", p, nil
}
