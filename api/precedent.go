package api

import (
	"time"

	"startupfund/domain"
)

type precedentView struct {
	Number    string            `json:"number"`
	Title     string            `json:"title"`
	Language  string            `json:"language"`
	Procedure string            `json:"procedure"`
	AdoptedAt time.Time         `json:"adopted_at"`
	Like      []domain.Likeness `json:"like"`
}

// precedents are the decisions most like an item.
func (s *Server) precedents(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return whole(func(p domain.Precedent) precedentView {
		return precedentView{p.Number, p.Title, p.Language, string(p.Procedure), p.AdoptedAt.UTC(), p.Like}
	})(s.Store.Precedents(a, a.by, id))
}
