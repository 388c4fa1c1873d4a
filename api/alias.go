package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// organisationFileView is an organisation with the merges it took part in. What
// they quote of people is the administrator's and the auditor's to read.
type organisationFileView struct {
	organisationView
	Into   *namedView  `json:"into"`
	Merged []namedView `json:"merged"`
	Uses   *usesView   `json:"uses,omitempty"`
	Merges []mergeView `json:"merges,omitempty"`
}

// usesView counts what bears an organisation's name: what a merge has read under
// another one.
type usesView struct {
	People     int `json:"people"`
	Proposals  int `json:"proposals"`
	Shares     int `json:"shares"`
	Programmes int `json:"programmes"`
}

type mergeView struct {
	Merged uuid.UUID    `json:"merged"`
	Into   uuid.UUID    `json:"into"`
	Reason string       `json:"reason"`
	By     string       `json:"by"`
	At     time.Time    `json:"at"`
	Undone *undoingView `json:"undone"`
}

type undoingView struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

func (s *Server) organisationFileOf(a *asked, f store.OrganisationFile) organisationFileView {
	v := organisationFileView{organisationView: s.organisationOf(a, f.Organisation), Merged: []namedView{}}
	if o := f.Into; o != nil {
		v.Into = &namedView{o.ID.String(), o.Code, o.Name}
	}
	for _, o := range f.Merged {
		v.Merged = append(v.Merged, namedView{o.ID.String(), o.Code, o.Name})
	}
	if len(s.may(a.by, []string{"duplicate.read"})) == 0 {
		return v
	}
	u := usesView(f.Uses)
	v.Uses = &u
	for _, m := range f.Merges {
		x := mergeView{m.Merged, m.Into, m.Reason, m.By, m.At.UTC(), nil}
		if u := m.Undone; u != nil {
			x.Undone = &undoingView{u.Reason, u.By, u.At.UTC()}
		}
		v.Merges = append(v.Merges, x)
	}
	return v
}

func (s *Server) organisation(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownOrganisation(a)(s.Store.Organisation(a, a.by, id))
}

func (s *Server) shownOrganisation(a *asked) func(store.OrganisationFile, error) (answer, error) {
	return func(f store.OrganisationFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.organisationFileOf(a, f), f.Version)
	}
}

type aliasRequest struct {
	Text     string           `json:"text"`
	Kind     domain.AliasKind `json:"kind"`
	Language string           `json:"language"`
}

func (s *Server) addAlias(a *asked) (answer, error) {
	id, in, err := onto[aliasRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownOrganisation(a)(s.Store.AddAlias(a, a.ask, id, in.Text, in.Kind, in.Language))
}

func (s *Server) endAlias(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownOrganisation(a)(s.Store.EndAlias(a, a.ask, id))
}

type mergeRequest struct {
	Into   uuid.UUID `json:"into"`
	Reason string    `json:"reason"`
}

func (s *Server) mergeOrganisation(a *asked) (answer, error) {
	id, in, err := onto[mergeRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownOrganisation(a)(s.Store.MergeOrganisation(a, a.ask, id, in.Into, in.Reason))
}

func (s *Server) unmergeOrganisation(a *asked) (answer, error) {
	id, in, err := onto[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownOrganisation(a)(s.Store.UnmergeOrganisation(a, a.ask, id, in.Reason))
}

type apartRequest struct {
	Other  uuid.UUID `json:"other"`
	Reason string    `json:"reason"`
}

func (s *Server) tellApart(a *asked) (answer, error) {
	id, in, err := onto[apartRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.TellApart(a, a.ask, id, in.Other, in.Reason); err != nil {
		return answer{}, err
	}
	return done()
}

type duplicateView struct {
	One      *organisationView `json:"one"`
	Other    organisationView  `json:"other"`
	Ground   domain.Ground     `json:"ground"`
	Likeness int               `json:"likeness"`
}

// duplicates are the pairs that may be one; with a name in the query, those that
// an organisation of that name, not yet known, may be.
func (s *Server) duplicates(a *asked) (answer, error) {
	var like *domain.Organisation
	if a.Query("name")+a.Query("code")+a.Query("short_name")+a.Query("iati_ref") != "" {
		like = &domain.Organisation{Name: a.Query("name"), Code: a.Query("code"), ShortName: a.Query("short_name"), IATIRef: a.Query("iati_ref")}
		for _, text := range []string{like.Name, like.Code, like.ShortName, like.IATIRef} {
			if len(text) > 1200 {
				return answer{}, domain.ErrTooLong.With("limit", 300).At("name")
			}
		}
	}
	list, err := s.Store.Duplicates(a, a.by, like)
	if err != nil {
		return answer{}, err
	}
	views := []duplicateView{}
	for _, d := range list[:min(len(list), 200)] {
		v := duplicateView{Other: s.organisationOf(a, d.Other), Ground: d.Ground, Likeness: d.Likeness}
		if like == nil {
			one := s.organisationOf(a, d.One)
			v.One = &one
		}
		views = append(views, v)
	}
	return shown(views)
}
