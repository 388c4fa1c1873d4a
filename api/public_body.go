package api

import (
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// decisionLine is a decision as the public pages show it.
type decisionLine struct {
	Number, Title, Text, Language, How, Amount, Programme, Hash string
	Key                                                         string // the fund's public one; "" in lists, and where it has none
	Charter                                                     int
	On                                                          time.Time
	Shares                                                      []shareLine
	Conditions                                                  []conditionLine // as the body set them
	Rules                                                       []madeLine      // versions of the rules that it made or took back
}

type shareLine struct{ Name, Amount string }

func (p page) decision(f store.DecisionFile, c charter.Charter, names map[string]domain.Called) decisionLine {
	d := decisionLine{Number: f.Number, Title: f.Title, Text: f.Text, Language: f.Language, Programme: f.Programme, Hash: hex.EncodeToString(f.RecordHash),
		How: p.say("site.decision.how."+string(f.Procedure), nil), Charter: f.CharterVersion, On: c.Day(f.AdoptedAt), Shares: p.shares(f.Shares, names)}
	if f.Amount.IsPositive() { // what enters the pipeline names a proposal and grants nothing
		d.Amount = p.amount(f.Amount)
	}
	for _, c := range f.Conditions {
		d.Conditions = append(d.Conditions, conditionLine{Text: c.Text, Terms: p.terms(c, names[c.Code].Short)})
	}
	return d
}

func (p page) shares(all []domain.GrantShare, names map[string]domain.Called) (lines []shareLine) {
	for _, s := range all {
		lines = append(lines, shareLine{names[s.Code].Short, p.amount(s.Amount)})
	}
	return lines
}

// decisionLines are the body's decisions, the newest first.
func (s *Server) decisionLines(a *asked, p page) ([]decisionLine, error) {
	list, err := s.Store.Decisions(a, a.by)
	if err != nil {
		return nil, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	var lines []decisionLine
	for _, f := range list {
		lines = append(lines, p.decision(f, c, nil))
	}
	return lines, err
}

func (s *Server) decisionsPage(a *asked, p page) (string, page, error) {
	lines, err := s.decisionLines(a, p)
	p.Title, p.Data = p.say("site.menu.decisions", nil), lines
	return "decisions", p, err
}

func (s *Server) decisionPage(a *asked, p page) (string, page, error) {
	f, err := s.Store.Decision(a, a.by, a.Param("number"))
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return "", p, err
	}
	names, err := s.Store.OrganisationNames(a, p.language)
	if err != nil {
		return "", p, err
	}
	line := p.decision(f, c, names)
	if line.Rules, err = s.rulesMade(a, f); err != nil {
		return "", p, err
	}
	if line.Key, err = s.Store.PublicKey(); err != nil { // the decision can be read without
		s.Log.ErrorContext(a, "the fund's public key", "err", err)
	}
	p.Title, p.Data = p.say("site.decision.title", map[string]any{"number": f.Number}), line
	return "decision", p, nil
}

// placeLine is a state with what was granted for programmes there; At is its place
// for the map, none where the reference list has none.
type placeLine struct{ State, At, M49, Programmes, Value, Shown string }

type programmesData struct {
	Currency   ledger.Currency
	Places     []placeLine
	Programmes []programmeLine
}

// places adds up the programmes of each state, the largest sum first.
func (p page) places(list []store.ProgrammeFile, c ledger.Currency) (lines []placeLine) {
	type place struct {
		file store.ProgrammeFile
		n    int
		sum  ledger.Money
	}
	var all []*place
	by := map[string]*place{}
	for _, f := range list {
		if f.OwnerState == "" {
			continue
		}
		at := by[f.OwnerState]
		if at == nil {
			at = &place{file: f, sum: ledger.Zero(c)}
			by[f.OwnerState], all = at, append(all, at)
		}
		at.n++
		for _, share := range f.Shares {
			at.sum = at.sum.Add(share.Amount)
		}
	}
	slices.SortStableFunc(all, func(x, y *place) int { return y.sum.Cmp(x.sum) })
	for _, at := range all {
		line := placeLine{State: at.file.OwnerState, Programmes: strconv.Itoa(at.n), Value: at.sum.Text(), Shown: p.figures(at.sum.Text())}
		if area, ok := domain.AreaOf(at.file.ISO3166); ok {
			line.At, line.M49 = area.Latitude+","+area.Longitude, area.M49
		}
		lines = append(lines, line)
	}
	return lines
}

type programmeLine struct {
	Code, Title, Area, Decision string
	Shares                      []shareLine
}

func (s *Server) programmesPage(a *asked, p page) (string, page, error) {
	list, err := s.Store.Programmes(a, a.by)
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return "", p, err
	}
	names, err := s.Store.OrganisationNames(a, p.language)
	var lines []programmeLine
	for _, f := range list {
		line := programmeLine{Code: f.Code, Title: f.Title, Decision: f.DecisionNumber, Shares: p.shares(f.Shares, names)}
		if area, ok := c.Area(f.Area); ok {
			line.Area = area.Name.Value.In(p.language)
		}
		lines = append(lines, line)
	}
	p.Title = p.say("site.menu.programmes", nil)
	p.Data = programmesData{Currency: c.Fund.Currency.Value.Currency, Places: p.places(list, c.Fund.Currency.Value.Currency), Programmes: lines}
	return "programmes", p, err
}

// moment writes an instant in the fund's time zone, which it names.
func (p page) moment(at time.Time, c charter.Charter) string {
	return p.instantIn(at, c.Fund.TimeZone.Value.String())
}
