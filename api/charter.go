package api

import (
	_ "embed"

	"startupfund/domain"
	"startupfund/domain/charter"
)

//go:embed openapi.yaml
var openAPI []byte

// contract shows what this program promises to other programs.
func (s *Server) contract(a *asked) (answer, error) {
	return answer{status: 200, raw: openAPI, media: "application/yaml"}, nil
}

type policyLineView struct {
	Role  domain.Role  `json:"role"`
	Act   string       `json:"act"`
	Scope domain.Scope `json:"scope"`
}

// policyTable shows who may do what, as it is written.
func (s *Server) policyTable(a *asked) (answer, error) {
	lines := s.Policy.Lines()
	views := make([]policyLineView, len(lines))
	for i, l := range lines {
		views[i] = policyLineView(l)
	}
	return shown(views)
}

type charterView struct {
	Version       int    `json:"version"`
	EffectiveFrom string `json:"effective_from"`
	AdoptedBy     string `json:"adopted_by"`

	Rules rulesView `json:"rules"`
}

// charter shows the rules in force on a day, or those of the version that a case
// runs under.
func (s *Server) charter(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	var c charter.Charter
	if text := a.Query("version"); text != "" {
		c, err = s.charterNumbered(a, a.by, text)
	} else {
		c, err = s.Store.Charter(a, a.by, on)
	}
	if err != nil {
		return answer{}, err
	}
	return shown(charterView{c.Version, c.EffectiveFrom.Format("2006-01-02"), c.AdoptedBy, rulesOf(c)})
}
