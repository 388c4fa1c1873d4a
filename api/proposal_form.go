package api

import (
	"strconv"

	"github.com/google/uuid"

	"startupfund/domain"
	forms "startupfund/domain/form"
)

// formView is a form with the lists it chooses from and the schema that its
// complete answers keep.
type formView struct {
	*forms.Form
	Lists  map[string][]forms.Reference `json:"lists"`
	Schema map[string]any               `json:"schema"`
}

// proposalForm shows a form as it was released; it never changes.
func (s *Server) proposalForm(a *asked) (answer, error) {
	version, err := strconv.Atoi(a.Param("n"))
	if err != nil {
		return answer{}, domain.ErrMissing
	}
	f, err := forms.Find(a.Param("phase"), version)
	if err != nil {
		return answer{}, domain.ErrMissing
	}
	v := formView{f, map[string][]forms.Reference{}, f.Schema(true)}
	for _, d := range f.Fields() {
		if d.List != "" {
			v.Lists[d.List] = forms.References[d.List]
		}
	}
	return shown(v)
}

type formLine struct {
	Phase   string            `json:"phase"`
	Version int               `json:"version"`
	Title   map[string]string `json:"title"`
	Newest  bool              `json:"newest"`
}

// proposalForms lists every form that was ever released.
func (s *Server) proposalForms(a *asked) (answer, error) {
	views := []formLine{}
	for _, f := range forms.All() {
		views = append(views, formLine{f.Phase, f.Version, f.Title, f.Version == forms.Newest(f.Phase)})
	}
	return shown(views)
}

type copyRequest struct {
	From     string   `json:"from"`
	Sections []string `json:"sections"`
}

// copySections takes sections of an earlier proposal into a draft.
func (s *Server) copySections(a *asked) (answer, error) {
	id, version, in, err := change[copyRequest](a)
	if err != nil {
		return answer{}, err
	}
	from, err := uuid.Parse(in.From)
	if err != nil {
		return answer{}, domain.ErrUnknownWord.With("given", short(in.From)).At("/from")
	}
	return s.shownProposal(a)(s.Store.CopySections(a, a.ask, id, version, from, in.Sections))
}
