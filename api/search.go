package api

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
)

type searchView struct {
	ID    uuid.UUID `json:"id"`
	List  string    `json:"list"`
	Name  string    `json:"name"`
	Query string    `json:"query"`
	Opens bool      `json:"opens"`
}

type searchRequest struct {
	List  string `json:"list"`
	Name  string `json:"name"`
	Query string `json:"query"`
	Opens bool   `json:"opens"`
}

func searchOf(x domain.SavedSearch) searchView {
	return searchView{x.ID, x.List, x.Name, x.Query, x.Opens}
}

// searches are one's own.
func (s *Server) searches(a *asked) (answer, error) {
	if a.by.Person == uuid.Nil {
		return answer{}, domain.ErrUnsigned
	}
	return whole(searchOf)(s.Store.Searches(a, a.by))
}

// keepSearch keeps what a list is narrowed to, under a name. What is kept is what the
// list would take today by the contract, and no place in it.
func (s *Server) keepSearch(a *asked) (answer, error) {
	if a.by.Person == uuid.Nil {
		return answer{}, domain.ErrUnsigned
	}
	in, err := body[searchRequest](a)
	if err != nil {
		return answer{}, err
	}
	list := cmp.Or(in.List, "proposals")
	query, err := url.ParseQuery(in.Query)
	if err != nil {
		return answer{}, domain.ErrMalformed.At("/query")
	}
	taken := parameters()["GET /"+list]
	for name, values := range query {
		if len(values) != 1 || !slices.Contains(taken, name) || among("after", "limit")(name) {
			return answer{}, domain.ErrUnknownWord.With("given", short(name)).At("/query")
		}
	}
	x, err := s.Store.KeepSearch(a, a.ask, list, in.Name, query.Encode(), in.Opens)
	if err != nil {
		return answer{}, err
	}
	return shown(searchOf(x))
}

func (s *Server) dropSearch(a *asked) (answer, error) {
	if a.by.Person == uuid.Nil {
		return answer{}, domain.ErrUnsigned
	}
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := s.Store.DropSearch(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}
