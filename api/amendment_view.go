package api

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
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
	TakesBack     int         `json:"takes_back"` // version; 0 where it makes one
	Edits         []editShape `json:"edits"`
}

func (in rulesDraftRequest) draft() (d domain.RulesDraft, err error) {
	d = domain.RulesDraft{Title: in.Title, Language: in.Language, Note: in.Note, TakesBack: in.TakesBack}
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

func (n ruleNames) stated(s *charter.Stated) *statedView {
	if s == nil {
		return nil
	}
	return &statedView{s.Value, n.text(*s), s.Source, s.Reason}
}

// ruleDifferenceView is one rule of two versions; null where one has no such rule.
type ruleDifferenceView struct {
	Path   string      `json:"path"`
	Called string      `json:"called"` // within its part, in the reader's language
	Kind   string      `json:"kind"`
	Was    *statedView `json:"was"`
	Is     *statedView `json:"is"`
}

func (n ruleNames) differences(list []charter.Difference) []ruleDifferenceView {
	views := []ruleDifferenceView{}
	for _, d := range list {
		kind := d.Is
		if kind == nil {
			kind = d.Was
		}
		views = append(views, ruleDifferenceView{d.Path, n.called(d.Path), string(kind.Kind), n.stated(d.Was), n.stated(d.Is)})
	}
	return views
}

type clashView struct {
	Path    string      `json:"path"`
	Called  string      `json:"called"`
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

func (n ruleNames) rebasing(a domain.Amendment) *rebasingView {
	if a.State != domain.RulesDrafted || !a.Superseded() {
		return nil
	}
	r := a.Rebasing()
	v := &rebasingView{a.Newest.Version, n.differences(r.Moved), []clashView{}, editsOf(r.Settled), editsOf(r.Lost)}
	for _, c := range r.Clashes {
		x := clashView{Path: c.Path, Called: n.called(c.Path), Do: string(c.Do), Was: n.stated(c.Was), Now: n.stated(c.Now)}
		if c.Do == charter.Set {
			s := charter.Stated{Path: c.Path, Value: c.Value, Source: c.Source, Reason: c.Reason}
			if c.Now != nil {
				s.Kind = c.Now.Kind
			}
			x.Drafted = n.stated(&s)
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
	Called        map[string]string    `json:"called"` // what is edited or in the way, by its path
	Differences   []ruleDifferenceView `json:"differences"`
	Lacks         []problemItem        `json:"lacks"`
	Rebasing      *rebasingView        `json:"rebasing"`
	TakesBack     *takingBackView      `json:"takes_back"` // null of a draft that makes a version
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
	TakesBack     int          `json:"takes_back,omitempty"` // version
	UpdatedAt     time.Time    `json:"updated_at"`
	Agenda        *agendumView `json:"agenda"`
	Decision      string       `json:"decision,omitempty"`
	May           []string     `json:"may"`
}

func (s *Server) rulesBrief(by domain.Actor, a domain.Amendment) rulesDraftBrief {
	return rulesDraftBrief{ID: a.ID, Ref: a.Ref, Title: a.Title, Language: a.Language, Base: a.Base, Changes: len(a.Edits), EffectiveFrom: dayText(a.EffectiveFrom),
		State: string(a.State), Superseded: a.State == domain.RulesDrafted && a.Superseded(), TakesBack: a.TakesBack, UpdatedAt: a.UpdatedAt.UTC(), May: s.may(by, a.May())}
}

func agendumOf(a *store.Agendum) *agendumView {
	if a == nil {
		return nil
	}
	v := &agendumView{a.Question, nil, a.Ref, string(a.State)}
	if a.Meeting != uuid.Nil {
		v.Meeting = &a.Meeting
	}
	return v
}

func (s *Server) rulesDraftView(a *asked, f store.RulesFile) rulesDraftView {
	words := s.Words.in(languageOf(a.Context))
	names := words.names(f.Newest.Stated(), f.From.Stated())
	amended, err := f.Amended()
	if err == nil {
		names = words.names(f.Newest.Stated(), f.From.Stated(), amended.Stated())
	}
	v := rulesDraftView{ID: f.ID, Ref: f.Ref, Title: f.Title, Language: f.Language, Note: f.Note, Base: f.Base, EffectiveFrom: dayText(f.EffectiveFrom),
		Edits: editsOf(f.Edits), Called: map[string]string{}, Differences: []ruleDifferenceView{}, Lacks: each(f.Lacks(), words.item), Rebasing: names.rebasing(f.Amendment), State: string(f.State), By: f.By, At: f.At.UTC(),
		UpdatedAt: f.UpdatedAt.UTC(), Agenda: agendumOf(f.Place), Decision: f.Decision, Became: f.Became, Version: f.Version, May: s.may(a.by, f.May())}
	if f.Back != nil {
		names = words.names(f.From.Stated(), f.Back.Instead.Stated())
		v.TakesBack, v.Differences = takingBackOf(f.Amendment), names.differences(f.Back.Differences(f.From))
	} else if err == nil {
		v.Differences = names.differences(amended.Differences())
	}
	for _, e := range f.Edits {
		v.Called[e.Path] = names.called(e.Path)
	}
	for _, l := range v.Lacks {
		if charter.Places(l.Field) != nil {
			v.Called[l.Field] = names.called(l.Field)
		}
	}
	return v
}
