package api

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/problem"
	"startupfund/store"
)

// editShape is one thing that a draft of the rules says otherwise.
type editShape struct {
	Path   string          `json:"path"`
	Do     string          `json:"do"`
	Value  json.RawMessage `json:"value,omitempty"`
	Source string          `json:"source,omitempty"`
	Reason string          `json:"reason,omitempty"`
}

func editsOf(edits []charter.Edit) []editShape {
	shapes := []editShape{}
	for _, e := range edits {
		shapes = append(shapes, editShape{e.Path, string(e.Do), e.Value, e.Source, e.Reason})
	}
	return shapes
}

type rulesDraftRequest struct {
	Title         string      `json:"title"`
	Language      string      `json:"language"`
	Note          string      `json:"note"`
	EffectiveFrom *string     `json:"effective_from"`
	Edits         []editShape `json:"edits"`
}

func (in rulesDraftRequest) draft() (d domain.RulesDraft, err error) {
	d = domain.RulesDraft{Title: in.Title, Language: in.Language, Note: in.Note}
	for _, e := range in.Edits {
		d.Edits = append(d.Edits, charter.Edit{Path: e.Path, Do: charter.Deed(e.Do), Value: e.Value, Source: e.Source, Reason: e.Reason})
	}
	d.EffectiveFrom, err = optionalDay(in.EffectiveFrom, "/effective_from")
	return d, err
}

// statedView is what a version, or a draft, says of one rule. Text is its value in the
// reader's language, as a table shows it.
type statedView struct {
	Value  json.RawMessage `json:"value"`
	Text   string          `json:"text"`
	Source string          `json:"source"`
	Reason string          `json:"reason"`
}

func statedOf(s *charter.Stated, language string) *statedView {
	if s == nil {
		return nil
	}
	return &statedView{s.Value, textOf(*s, language), s.Source, s.Reason}
}

// textOf is a rule's value as a table shows it: a name in a language, lists with commas.
func textOf(s charter.Stated, language string) string {
	switch s.Kind {
	case charter.KindNames:
		var names charter.Names
		if json.Unmarshal(s.Value, &names) == nil {
			return names.In(language)
		}
	case charter.KindFraction:
		var f struct{ Numerator, Denominator int }
		if json.Unmarshal(s.Value, &f) == nil {
			return strconv.Itoa(f.Numerator) + "/" + strconv.Itoa(f.Denominator)
		}
	}
	var list []json.RawMessage
	if json.Unmarshal(s.Value, &list) == nil {
		parts := make([]string, len(list))
		for i, x := range list {
			parts[i] = bareText(x)
		}
		return strings.Join(parts, ", ")
	}
	return bareText(s.Value)
}

func bareText(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}

// ruleDifferenceView is one rule of two versions; null where one has no such rule.
type ruleDifferenceView struct {
	Path string      `json:"path"`
	Kind string      `json:"kind"`
	Was  *statedView `json:"was"`
	Is   *statedView `json:"is"`
}

func differencesOf(list []charter.Difference, language string) []ruleDifferenceView {
	views := []ruleDifferenceView{}
	for _, d := range list {
		kind := d.Is
		if kind == nil {
			kind = d.Was
		}
		views = append(views, ruleDifferenceView{d.Path, string(kind.Kind), statedOf(d.Was, language), statedOf(d.Is, language)})
	}
	return views
}

type clashView struct {
	Path    string      `json:"path"`
	Do      string      `json:"do"`
	Was     *statedView `json:"was"`
	Now     *statedView `json:"now"`
	Drafted *statedView `json:"drafted"` // null where the draft takes it out
}

// rebasingView is what becomes of a draft when it moves to the newest version.
type rebasingView struct {
	To      int                  `json:"to"`
	Moved   []ruleDifferenceView `json:"moved"`
	Clashes []clashView          `json:"clashes"`
	Settled []editShape          `json:"settled"`
	Lost    []editShape          `json:"lost"`
}

func rebasingOf(a domain.Amendment, language string) *rebasingView {
	if a.State != domain.RulesDrafted || !a.Superseded() {
		return nil
	}
	r := a.Rebasing()
	v := &rebasingView{a.Newest.Version, differencesOf(r.Moved, language), []clashView{}, editsOf(r.Settled), editsOf(r.Lost)}
	for _, c := range r.Clashes {
		x := clashView{Path: c.Path, Do: string(c.Do), Was: statedOf(c.Was, language), Now: statedOf(c.Now, language)}
		if c.Do == charter.Set {
			s := charter.Stated{Value: c.Value, Source: c.Source, Reason: c.Reason}
			if c.Now != nil {
				s.Kind = c.Now.Kind
			}
			x.Drafted = statedOf(&s, language)
		}
		v.Clashes = append(v.Clashes, x)
	}
	return v
}

type rulesDraftView struct {
	ID            uuid.UUID            `json:"id"`
	Ref           string               `json:"ref"`
	Title         string               `json:"title"`
	Language      string               `json:"language"`
	Note          string               `json:"note"`
	Base          int                  `json:"base"`
	EffectiveFrom *string              `json:"effective_from"`
	Edits         []editShape          `json:"edits"`
	Differences   []ruleDifferenceView `json:"differences"`
	Lacks         []problemItem        `json:"lacks"`
	Rebasing      *rebasingView        `json:"rebasing"`
	State         string               `json:"state"`
	By            string               `json:"by"`
	At            time.Time            `json:"at"`
	UpdatedAt     time.Time            `json:"updated_at"`
	Agenda        *agendumView         `json:"agenda"`
	Decision      string               `json:"decision,omitempty"`
	Became        int                  `json:"became,omitempty"`
	Version       int                  `json:"version"`
	May           []string             `json:"may"`
}

// rulesDraftBrief is a draft in a list, and on the agenda.
type rulesDraftBrief struct {
	ID            uuid.UUID    `json:"id"`
	Ref           string       `json:"ref"`
	Title         string       `json:"title"`
	Language      string       `json:"language"`
	Base          int          `json:"base"`
	Changes       int          `json:"changes"`
	EffectiveFrom *string      `json:"effective_from"`
	State         string       `json:"state"`
	Superseded    bool         `json:"superseded"`
	UpdatedAt     time.Time    `json:"updated_at"`
	Agenda        *agendumView `json:"agenda"`
	Decision      string       `json:"decision,omitempty"`
	May           []string     `json:"may"`
}

func (s *Server) rulesBrief(by domain.Actor, a domain.Amendment) rulesDraftBrief {
	return rulesDraftBrief{ID: a.ID, Ref: a.Ref, Title: a.Title, Language: a.Language, Base: a.Base, Changes: len(a.Edits), EffectiveFrom: dayText(a.EffectiveFrom),
		State: string(a.State), Superseded: a.State == domain.RulesDrafted && a.Superseded(), UpdatedAt: a.UpdatedAt.UTC(), May: s.may(by, a.May())}
}

func agendumOf(a *store.Agendum) *agendumView {
	if a == nil {
		return nil
	}
	return &agendumView{a.Question, a.Meeting, a.Ref, string(a.State)}
}

func (s *Server) rulesDraftView(a *asked, f store.RulesFile) rulesDraftView {
	language := languageOf(a.Context)
	v := rulesDraftView{ID: f.ID, Ref: f.Ref, Title: f.Title, Language: f.Language, Note: f.Note, Base: f.Base, EffectiveFrom: dayText(f.EffectiveFrom),
		Edits: editsOf(f.Edits), Differences: []ruleDifferenceView{}, Lacks: s.items(language, f.Lacks()), Rebasing: rebasingOf(f.Amendment, language), State: string(f.State), By: f.By, At: f.At.UTC(),
		UpdatedAt: f.UpdatedAt.UTC(), Agenda: agendumOf(f.Place), Decision: f.Decision, Became: f.Became, Version: f.Version, May: s.may(a.by, f.May())}
	if amended, err := f.Amended(); err == nil {
		v.Differences = differencesOf(amended.Differences(), language)
	}
	return v
}

// items puts refusals that are told, and stop nothing yet, into the reader's words.
func (s *Server) items(language string, found []problem.Problem) []problemItem {
	words, list := s.Words.in(language), make([]problemItem, len(found))
	for i, p := range found {
		list[i] = problemItem{p.Code, words.title(p), words.detail(p), p.Field}
	}
	return list
}

// rulesDrafts lists the drafts of the rules within reach, the newest first.
func (s *Server) rulesDrafts(a *asked) (answer, error) {
	list, err := s.Store.RulesDrafts(a, a.by)
	views := []rulesDraftBrief{}
	for _, f := range list {
		v := s.rulesBrief(a.by, f.Amendment)
		v.Agenda, v.Decision = agendumOf(f.Place), f.Decision
		views = append(views, v)
	}
	if err != nil {
		return answer{}, err
	}
	return shown(views)
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
	Names   []string        `json:"names"` // of the list members that it stands in, outermost first
	Kind    string          `json:"kind"`
	Among   []string        `json:"among"`
	Value   json.RawMessage `json:"value"`
	Source  string          `json:"source"`
	Reason  string          `json:"reason"`
	Changed bool            `json:"changed"`
}

type draftedPartView struct {
	Lists []string          `json:"lists"` // paths of the lists whose members may come and go
	Rules []draftedRuleView `json:"rules"`
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
	v := draftedPartView{Lists: []string{}, Rules: []draftedRuleView{}}
	for _, path := range amended.Lists() {
		if path == part || strings.HasPrefix(path, part+"/") {
			v.Lists = append(v.Lists, path)
		}
	}
	named := namesOf(stated, languageOf(a.Context))
	for _, r := range stated {
		if strings.HasPrefix(r.Path, part+"/") {
			v.Rules = append(v.Rules, draftedRuleView{r.Path, named.around(r.Path), string(r.Kind), append([]string{}, r.Among...), r.Value, r.Source, r.Reason, changed[r.Path]})
		}
	}
	if len(v.Rules) == 0 && len(v.Lists) == 0 {
		return answer{}, domain.ErrMissing
	}
	return shown(v)
}

// memberNames are what the members of lists are called, by their paths.
type memberNames map[string]string

func namesOf(stated []charter.Stated, language string) memberNames {
	names := memberNames{}
	for _, r := range stated {
		if member, is := strings.CutSuffix(r.Path, "/name"); is && r.Kind == charter.KindNames {
			names[member] = textOf(r, language)
		}
	}
	return names
}

// around is the names of the members that a rule stands in, outermost first.
func (m memberNames) around(path string) []string {
	list := []string{}
	for i := 1; i < len(path); i++ {
		if name := m[path[:i]]; path[i] == '/' && name != "" {
			list = append(list, name)
		}
	}
	return list
}

// charterEditionView is one version of the rules among those kept.
type charterEditionView struct {
	Version       int    `json:"version"`
	EffectiveFrom string `json:"effective_from"`
	AdoptedBy     string `json:"adopted_by"`
	Decision      string `json:"decision,omitempty"`
	InForce       bool   `json:"in_force"`
}

func editionsOf(list []store.CharterEdition) []charterEditionView {
	views := []charterEditionView{}
	for _, e := range list {
		views = append(views, charterEditionView{e.Version, e.EffectiveFrom.Format(time.DateOnly), e.AdoptedBy, e.Decision, e.InForce})
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
	return shown(differencesOf(charter.Compare(was, is), languageOf(a.Context)))
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
