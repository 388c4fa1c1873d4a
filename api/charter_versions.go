package api

import (
	"context"
	"strconv"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// charterEditionView is one version of the rules among those kept.
type charterEditionView struct {
	Version       int    `json:"version"`
	EffectiveFrom string `json:"effective_from"`
	AdoptedBy     string `json:"adopted_by"`
	Decision      string `json:"decision,omitempty"`
	TakenBack     string `json:"taken_back,omitempty"` // number of the decision by which it never comes into force
	InForce       bool   `json:"in_force"`
}

func editionsOf(list []store.CharterEdition) []charterEditionView {
	views := []charterEditionView{}
	for _, e := range list {
		views = append(views, charterEditionView{e.Version, e.EffectiveFrom.Format(time.DateOnly), e.AdoptedBy, e.Decision, e.TakenBack, e.InForce})
	}
	return views
}

// charterVersions lists the versions of the rules in the order in which they take effect.
func (s *Server) charterVersions(a *asked) (answer, error) {
	list, err := s.Store.CharterEditions(a, a.by)
	if err != nil {
		return answer{}, err
	}
	return shown(editionsOf(list))
}

// charterComparison compares any two versions, rule by rule.
func (s *Server) charterComparison(a *asked) (answer, error) {
	was, is, err := s.compared(a, a.by, a.Query("from"), a.Query("to"))
	if err != nil {
		return answer{}, err
	}
	return shown(s.Words.in(languageOf(a.Context)).names(was.Stated(), is.Stated()).differences(charter.Compare(was, is)))
}

// compared opens the two versions that are to be compared.
func (s *Server) compared(ctx context.Context, by domain.Actor, from, to string) (was, is charter.Charter, err error) {
	if was, err = s.charterNumbered(ctx, by, from); err != nil {
		return was, is, err
	}
	is, err = s.charterNumbered(ctx, by, to)
	return was, is, err
}

// charterNumbered opens the version that a text names; one that never was is missing.
func (s *Server) charterNumbered(ctx context.Context, by domain.Actor, text string) (charter.Charter, error) {
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 || version > 1_000_000 {
		return charter.Charter{}, domain.ErrMissing
	}
	return s.Store.CharterVersion(ctx, by, version)
}
