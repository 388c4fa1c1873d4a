package api

import (
	"encoding/hex"
	"time"

	"startupfund/domain"
	"startupfund/exchange/document"
	"startupfund/store"
)

// publicMinutesView is minutes as they stand in the public register.
type publicMinutesView struct {
	Number   string               `json:"number"`
	Meeting  string               `json:"meeting"`
	Title    string               `json:"title"`
	Language string               `json:"language"`
	ClosedAt *time.Time           `json:"closed_at"`
	Hash     string               `json:"record_sha256"` // of the whole, of which this is an abridgement
	Says     domain.MinutesRecord `json:"says"`
}

func publicMinutesViewOf(f store.MinutesFile) publicMinutesView {
	return publicMinutesView{f.Says.Number, f.Says.Meeting, f.Says.Title, f.Says.Language, f.Says.ClosedAt, hex.EncodeToString(f.Fixed.Hash), f.Says}
}

// publicMinutes are the minutes that the charter makes public, abridged.
func (s *Server) publicMinutes(a *asked) (answer, error) {
	return whole(publicMinutesViewOf)(s.Store.PublicMinutes(a, a.by, ""))
}

// publicMinutesOf is one of them by its number.
func (s *Server) publicMinutesOf(a *asked) (answer, error) {
	f, err := s.oneOfPublic(a)
	if err != nil {
		return answer{}, err
	}
	return shown(publicMinutesViewOf(f))
}

func (s *Server) oneOfPublic(a *asked) (store.MinutesFile, error) {
	list, err := s.Store.PublicMinutes(a, a.by, a.Param("number"))
	if err == nil && len(list) == 0 {
		err = domain.ErrMissing
	}
	if err != nil {
		return store.MinutesFile{}, err
	}
	return list[0], nil
}

// minutesLine is minutes in the public list.
type minutesLine struct {
	Number, Title, Language string
	On                      time.Time
}

// minutesPage is the public register of minutes.
func (s *Server) minutesPage(a *asked, p page) (string, page, error) {
	list, err := s.Store.PublicMinutes(a, a.by, "")
	lines := []minutesLine{}
	for _, f := range list {
		lines = append(lines, minutesLine{f.Says.Number, f.Says.Title, f.Says.Language, f.Charter.Day(*f.Says.ClosedAt)})
	}
	p.Title, p.Data = p.say("site.minutes.title", nil), lines
	return "minutes", p, err
}

type minutesData struct {
	Number, Title, Language, Hash string
	Blocks                        []document.Block
}

// minutesOfPage shows one of the register.
func (s *Server) minutesOfPage(a *asked, p page) (string, page, error) {
	f, err := s.oneOfPublic(a)
	if err != nil {
		return "", p, err
	}
	names, err := s.Store.OrganisationNames(a, p.language)
	d := minutesTeller{p.tongue, f, names}.document()
	p.Title = p.say("site.minutes.one", map[string]any{"number": f.Says.Number})
	p.Data = minutesData{f.Says.Number, f.Says.Title, f.Says.Language, hex.EncodeToString(f.Fixed.Hash), d.Blocks}
	return "minutes-one", p, err
}
