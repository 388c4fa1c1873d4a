package api

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
)

type organisationView struct {
	ID         uuid.UUID               `json:"id"`
	Code       string                  `json:"code"`
	Name       string                  `json:"name"`
	ShortName  string                  `json:"short_name"`
	Kind       domain.OrganisationKind `json:"kind"`
	ISO3166    string                  `json:"iso3166,omitempty"`
	M49        string                  `json:"m49,omitempty"`
	IATIRef    string                  `json:"iati_ref,omitempty"`
	Aliases    []aliasView             `json:"aliases"`
	MergedInto *uuid.UUID              `json:"merged_into"`
	Version    int                     `json:"version"`
	May        []string                `json:"may"`
}

type aliasView struct {
	ID       uuid.UUID        `json:"id"`
	Text     string           `json:"text"`
	Kind     domain.AliasKind `json:"kind"`
	Language string           `json:"language"`
}

func (s *Server) organisationOf(a *asked, o domain.Organisation) organisationView {
	v := organisationView{o.ID, o.Code, o.Name, o.ShortName, o.Kind, o.ISO3166, o.M49, o.IATIRef, []aliasView{}, nil, o.Version, s.may(a.by, o.May())}
	for _, x := range o.Aliases {
		v.Aliases = append(v.Aliases, aliasView{x.ID, x.Text, x.Kind, x.Language})
	}
	if o.MergedInto != uuid.Nil {
		v.MergedInto = &o.MergedInto
	}
	return v
}

// organisationFields narrow the list of organisations.
var organisationFields = narrowed{fields: []string{"kind"}}

func (s *Server) organisations(a *asked) (answer, error) {
	f, err := a.listAsk(organisationFields)
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Organisations(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(o domain.Organisation) organisationView { return s.organisationOf(a, o) })
}

type calledView struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Short string `json:"short"`
}

// organisationNames are what to call every organisation in the reader's language: a page
// has their codes, and needs of all that is known of them no more.
func (s *Server) organisationNames(a *asked) (answer, error) {
	names, err := s.Store.OrganisationNames(a, languageOf(a.Context))
	if err != nil {
		return answer{}, err
	}
	list := make([]calledView, 0, len(names))
	for _, code := range slices.Sorted(maps.Keys(names)) {
		list = append(list, calledView{code, names[code].Name, names[code].Short})
	}
	return shown(list)
}

type organisationRequest struct {
	Code      string                  `json:"code"`
	Name      string                  `json:"name"`
	ShortName string                  `json:"short_name"`
	Kind      domain.OrganisationKind `json:"kind"`
	ISO3166   string                  `json:"iso3166"`
	M49       string                  `json:"m49"`
	IATIRef   string                  `json:"iati_ref"`
}

func (r organisationRequest) organisation() domain.Organisation {
	return domain.Organisation{Code: r.Code, Name: r.Name, ShortName: r.ShortName, Kind: r.Kind, ISO3166: r.ISO3166, M49: r.M49, IATIRef: r.IATIRef}
}

func (s *Server) addOrganisation(a *asked) (answer, error) {
	in, err := body[organisationRequest](a)
	if err != nil {
		return answer{}, err
	}
	o, err := s.Store.AddOrganisation(a, a.ask, in.organisation())
	if err != nil {
		return answer{}, err
	}
	return made("/organisations/"+o.ID.String(), s.organisationOf(a, o), o.Version)
}

func (s *Server) changeOrganisation(a *asked) (answer, error) {
	id, version, in, err := change[organisationRequest](a)
	if err != nil {
		return answer{}, err
	}
	change := in.organisation()
	change.ID = id
	o, err := s.Store.ChangeOrganisation(a, a.ask, version, change)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.organisationOf(a, o), o.Version)
}
