package api

import (
	"encoding/json"
	"strings"

	"startupfund/domain"
	"startupfund/store"
)

// rulesDrafts lists the drafts of the rules within reach, the newest first.
func (s *Server) rulesDrafts(a *asked) (answer, error) {
	return whole(func(f store.RulesFile) rulesDraftBrief {
		v := s.rulesBrief(a.by, f.Amendment)
		v.Agenda, v.Decision = agendumOf(f.Place), f.Decision
		return v
	})(s.Store.RulesDrafts(a, a.by))
}

// rulesDraft opens one, compared with the version that it starts from.
func (s *Server) rulesDraft(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownRules(a)(s.Store.RulesDraft(a, a.by, id))
}

func (s *Server) shownRules(a *asked) func(store.RulesFile, error) (answer, error) {
	return func(f store.RulesFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.rulesDraftView(a, f), f.Version)
	}
}

// beginRules begins a draft of a new version of the rules.
func (s *Server) beginRules(a *asked) (answer, error) {
	in, err := body[rulesDraftRequest](a)
	if err != nil {
		return answer{}, err
	}
	d, err := in.draft()
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.BeginRules(a, a.ask, d)
	if err != nil {
		return answer{}, err
	}
	return made("/charter/drafts/"+f.ID.String(), s.rulesDraftView(a, f), f.Version)
}

// saveRules replaces what a draft says.
func (s *Server) saveRules(a *asked) (answer, error) {
	id, version, in, err := change[rulesDraftRequest](a)
	if err != nil {
		return answer{}, err
	}
	d, err := in.draft()
	if err != nil {
		return answer{}, err
	}
	return s.shownRules(a)(s.Store.SaveRules(a, a.ask, id, version, d))
}

type rebaseRequest struct {
	Keep []string `json:"keep"`
	Take []string `json:"take"`
}

// rebaseRules moves a draft to the newest version.
func (s *Server) rebaseRules(a *asked) (answer, error) {
	id, version, in, err := change[rebaseRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownRules(a)(s.Store.RebaseRules(a, a.ask, id, version, in.Keep, in.Take))
}

// withdrawRules gives a draft up.
func (s *Server) withdrawRules(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	version, err := a.version()
	if err != nil {
		return answer{}, err
	}
	return s.shownRules(a)(s.Store.WithdrawRules(a, a.ask, id, version))
}

// draftedRuleView is one rule as a draft has it, with what may stand there.
type draftedRuleView struct {
	Path    string          `json:"path"`
	Called  string          `json:"called"` // within its part, in the reader's language
	Names   []string        `json:"names"`  // of the list members that it stands in, outermost first
	Kind    string          `json:"kind"`
	Among   []string        `json:"among"`
	Words   []string        `json:"words"` // what each of Among is called
	Value   json.RawMessage `json:"value"`
	Source  string          `json:"source"`
	Reason  string          `json:"reason"`
	Changed bool            `json:"changed"`
}

type draftedPartView struct {
	Lists  []string          `json:"lists"`  // paths of the lists whose members may come and go
	Called map[string]string `json:"called"` // those lists and their members, by their paths
	Rules  []draftedRuleView `json:"rules"`
}

// draftedRules shows one part of the document as the draft has it, to be changed.
func (s *Server) draftedRules(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.RulesDraft(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	amended, err := f.Amended()
	if err != nil {
		return answer{}, err
	}
	changed := map[string]bool{}
	for _, d := range amended.Differences() {
		changed[d.Path] = true
	}
	stated, part := amended.Stated(), "/"+a.Param("part")
	v := draftedPartView{Lists: []string{}, Called: map[string]string{}, Rules: []draftedRuleView{}}
	names := s.Words.in(languageOf(a.Context)).names(f.From.Stated(), stated)
	for _, path := range amended.Lists() {
		if path == part || strings.HasPrefix(path, part+"/") {
			v.Lists, v.Called[path] = append(v.Lists, path), names.called(path)
		}
	}
	for path, name := range names.members {
		if strings.HasPrefix(path, part+"/") {
			v.Called[path] = name
		}
	}
	for _, r := range stated {
		if strings.HasPrefix(r.Path, part+"/") {
			v.Rules = append(v.Rules, draftedRuleView{r.Path, names.called(r.Path), names.around(r.Path), string(r.Kind), append([]string{}, r.Among...), names.among(r), r.Value, r.Source, r.Reason, changed[r.Path]})
		}
	}
	if len(v.Rules) == 0 && len(v.Lists) == 0 {
		return answer{}, domain.ErrMissing
	}
	return shown(v)
}
