package api

import (
	"maps"
	"slices"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/store"
)

// wordsShape is what a call says in all its languages, as it is written and read.
type wordsShape struct {
	Language     string             `json:"language"`
	Title        string             `json:"title"`
	Text         string             `json:"text"`
	Translations []translationShape `json:"translations"`
	Eligibility  []criterionShape   `json:"eligibility"`
}

type translationShape struct {
	Language string            `json:"language"`
	Title    string            `json:"title"`
	Text     string            `json:"text"`
	By       domain.Translator `json:"by"`
}

type criterionShape struct {
	Key       string        `json:"key"`
	Question  domain.Worded `json:"question"`
	Why       domain.Worded `json:"why"`
	Qualifies bool          `json:"qualifies"`
}

func (w wordsShape) words() domain.Words {
	to := domain.Words{Language: w.Language, Title: w.Title, Text: w.Text}
	for _, t := range w.Translations {
		to.Translations = append(to.Translations, domain.Translation(t))
	}
	for _, q := range w.Eligibility {
		to.Eligibility = append(to.Eligibility, domain.Criterion(q))
	}
	return to
}

func wordsOf(w domain.Words) wordsShape {
	v := wordsShape{Language: w.Language, Title: w.Title, Text: w.Text, Translations: []translationShape{}, Eligibility: []criterionShape{}}
	for _, t := range w.Translations {
		v.Translations = append(v.Translations, translationShape(t))
	}
	for _, q := range w.Eligibility {
		v.Eligibility = append(v.Eligibility, criterionShape(q))
	}
	return v
}

// callRequest is all that the draft of a call says. What is absent is empty.
type callRequest struct {
	wordsShape
	OpensAt        string           `json:"opens_at"`
	ClosesAt       string           `json:"closes_at"`
	QuestionsUntil string           `json:"questions_until"`
	Areas          []string         `json:"areas"`
	Languages      []string         `json:"languages"`
	LateEntries    string           `json:"late_entries"`
	ScoreTotal     string           `json:"score_total"`
	Ceiling        *money           `json:"ceiling"`
	AreaCeilings   map[string]money `json:"area_ceilings"`
	StateEntries   int              `json:"state_entries"`
	StateCeiling   *money           `json:"state_ceiling"`
	Stages         int              `json:"stages"`
	ConceptForm    int              `json:"concept_form"`
	DocumentForm   int              `json:"document_form"`
}

// call reads the draft of one, each fault at its field.
func (in callRequest) call() (domain.Call, error) {
	c := domain.Call{Words: in.words(), Areas: in.Areas, Languages: in.Languages, Late: charter.LateEntries(in.LateEntries), Total: charter.Total(in.ScoreTotal), Stages: in.Stages,
		ConceptForm: in.ConceptForm, DocumentForm: in.DocumentForm, Limits: domain.Limits{StateEntries: in.StateEntries}}
	var found faults
	c.OpensAt = found.instantOrNone(in.OpensAt, "/opens_at")
	c.ClosesAt = found.instantOrNone(in.ClosesAt, "/closes_at")
	if until := found.instantOrNone(in.QuestionsUntil, "/questions_until"); !until.IsZero() {
		c.QuestionsUntil = &until
	}
	c.Ceiling = found.moneyOrNone(in.Ceiling, "/ceiling")
	c.StateCeiling = found.moneyOrNone(in.StateCeiling, "/state_ceiling")
	for _, area := range slices.Sorted(maps.Keys(in.AreaCeilings)) {
		m := in.AreaCeilings[area]
		if got := found.moneyOrNone(&m, "/area_ceilings/"+area); got != nil {
			if c.AreaCeilings == nil {
				c.AreaCeilings = map[string]ledger.Money{}
			}
			c.AreaCeilings[area] = *got
		}
	}
	return c, found.join()
}

// callView is a call, its title and text in the reader's language where it was
// translated to that.
type callView struct {
	ID             string                  `json:"id"`
	Ref            string                  `json:"ref"`
	Title          string                  `json:"title"`
	Text           string                  `json:"text"`
	Language       string                  `json:"language"`    // of title and text
	Translation    *string                 `json:"translation"` // who translated them; null of the original
	Words          wordsShape              `json:"words"`
	State          string                  `json:"state"`
	OpensAt        *time.Time              `json:"opens_at"`
	ClosesAt       *time.Time              `json:"closes_at"`
	QuestionsUntil *time.Time              `json:"questions_until"`
	AnnouncedAt    *time.Time              `json:"announced_at"`
	Areas          []string                `json:"areas"`
	Languages      []string                `json:"languages"`
	LateEntries    string                  `json:"late_entries"`
	ScoreTotal     string                  `json:"score_total"`
	Ceiling        any                     `json:"ceiling"`
	AreaCeilings   map[string]ledger.Money `json:"area_ceilings"`
	StateEntries   int                     `json:"state_entries"`
	StateCeiling   any                     `json:"state_ceiling"`
	Stages         int                     `json:"stages"`
	ConceptForm    int                     `json:"concept_form"`
	DocumentForm   int                     `json:"document_form"`
	ScoringSheet   string                  `json:"scoring_sheet"`
	Extensions     []extensionView         `json:"extensions"`
	Corrections    []correctionView        `json:"corrections"`
	Waiting        int                     `json:"waiting"`
	CharterVersion int                     `json:"charter_version"`
	Version        int                     `json:"version"`
	May            []string                `json:"may"`
}

type extensionView struct {
	N      int       `json:"n"`
	Was    time.Time `json:"was"`
	To     time.Time `json:"to"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

type correctionView struct {
	N      int        `json:"n"`
	Was    wordsShape `json:"was"`
	Reason string     `json:"reason"`
	At     time.Time  `json:"at"`
}

func (s *Server) callView(a *asked, f store.CallFile) callView {
	a.Header("Vary", "Accept-Language, Cookie")
	v := callView{ID: f.ID.String(), Ref: f.Ref, Words: wordsOf(f.Words), State: string(f.State), OpensAt: instantOf(f.OpensAt), ClosesAt: instantOf(f.ClosesAt),
		Areas: append([]string{}, f.Areas...), Languages: append([]string{}, f.Languages...), LateEntries: string(f.Late), ScoreTotal: string(f.Score), AreaCeilings: map[string]ledger.Money{},
		StateEntries: f.StateEntries, Stages: f.Stages, ConceptForm: f.ConceptForm, DocumentForm: f.DocumentForm, ScoringSheet: f.ScoringSheet,
		Extensions: []extensionView{}, Corrections: []correctionView{}, Waiting: f.Waiting, CharterVersion: f.CharterVersion, Version: f.Version,
		May: s.may(a.by, f.May)}
	var by domain.Translator
	if v.Title, v.Text, v.Language, by = f.In(languageOf(a.Context)); by != "" {
		who := string(by)
		v.Translation = &who
	}
	if f.QuestionsUntil != nil {
		v.QuestionsUntil = instantOf(*f.QuestionsUntil)
	}
	if f.AnnouncedAt != nil {
		v.AnnouncedAt = instantOf(*f.AnnouncedAt)
	}
	if f.Ceiling != nil {
		v.Ceiling = *f.Ceiling
	}
	if f.StateCeiling != nil {
		v.StateCeiling = *f.StateCeiling
	}
	for area, m := range f.AreaCeilings {
		v.AreaCeilings[area] = m
	}
	for _, e := range f.Extensions {
		v.Extensions = append(v.Extensions, extensionView{e.N, e.Was.UTC(), e.To.UTC(), e.Reason, e.At.UTC()})
	}
	for _, x := range f.Corrections {
		v.Corrections = append(v.Corrections, correctionView{x.N, wordsOf(x.Was), x.Reason, x.At.UTC()})
	}
	return v
}

// instantOf is an instant as it is answered, null where there is none.
func instantOf(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}

// shownCall answers with what an act made of a call.
func (s *Server) shownCall(a *asked) func(store.CallFile, error) (answer, error) {
	return func(f store.CallFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.callView(a, f), f.Version)
	}
}

// createCall begins the draft of a call.
func (s *Server) createCall(a *asked) (answer, error) {
	in, err := body[callRequest](a)
	if err != nil {
		return answer{}, err
	}
	c, err := in.call()
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.CreateCall(a, a.ask, c)
	if err != nil {
		return answer{}, err
	}
	return made("/calls/"+f.ID.String(), s.callView(a, f), f.Version)
}

// saveCall replaces what the draft of a call says.
func (s *Server) saveCall(a *asked) (answer, error) {
	id, version, in, err := change[callRequest](a)
	if err != nil {
		return answer{}, err
	}
	c, err := in.call()
	if err != nil {
		return answer{}, err
	}
	return s.shownCall(a)(s.Store.SaveCall(a, a.ask, id, version, c))
}

// callLacks says everything that stands in the way of announcing a draft.
func (s *Server) callLacks(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	found, err := s.Store.CallLacks(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return shown(callLacksView{each(found, s.Words.in(languageOf(a.Context)).item)})
}

type callLacksView struct {
	Lacks []problemItem `json:"lacks"`
}

// announceCall makes the draft that If-Match names everybody's.
func (s *Server) announceCall(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	version, err := a.version()
	if err != nil {
		return answer{}, err
	}
	return s.shownCall(a)(s.Store.AnnounceCall(a, a.ask, id, version))
}

type discardRequest struct {
	Reason string `json:"reason"`
}

// discardCall gives up the draft that If-Match names.
func (s *Server) discardCall(a *asked) (answer, error) {
	id, version, in, err := change[discardRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.DiscardCall(a, a.ask, id, version, in.Reason); err != nil {
		return answer{}, err
	}
	return done()
}

type correctionRequest struct {
	wordsShape
	Reason string `json:"reason"`
}

// correctCall puts other words in the place of those announced.
func (s *Server) correctCall(a *asked) (answer, error) {
	id, version, in, err := change[correctionRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownCall(a)(s.Store.CorrectCall(a, a.ask, id, version, in.words(), in.Reason))
}

type extensionRequest struct {
	ClosesAt string `json:"closes_at"`
	Reason   string `json:"reason"`
}

// extendCall moves the deadline, for all.
func (s *Server) extendCall(a *asked) (answer, error) {
	id, version, in, err := change[extensionRequest](a)
	if err != nil {
		return answer{}, err
	}
	var found faults
	to := found.instant(in.ClosesAt, "/closes_at")
	if err := found.join(); err != nil {
		return answer{}, err
	}
	return s.shownCall(a)(s.Store.ExtendCall(a, a.ask, id, version, domain.Extension{To: to, Reason: in.Reason}))
}

func (s *Server) call(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownCall(a)(s.Store.Call(a, a.by, id))
}

func (s *Server) calls(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Calls(a, a.by, w)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(f store.CallFile) callView { return s.callView(a, f) })
}

// errInstant refuses what is no instant.
var errInstant = problem.New(problem.Invalid, "bad-instant")

// instantAt reads an instant, "2026-04-30T22:00:00Z", that stood at field: RFC 3339
// with its zone, kept to the microsecond, as the database keeps it.
func instantAt(text, field string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return time.Time{}, errInstant.With("given", short(text)).At(field)
	}
	return t.UTC().Truncate(time.Microsecond), nil
}

// faults gathers what is wrong with the fields of one request.
type faults []problem.Problem

func (f *faults) add(err error) {
	if p, ok := err.(problem.Problem); ok {
		*f = append(*f, p)
	}
}

func (f *faults) instant(text, field string) time.Time {
	t, err := instantAt(text, field)
	f.add(err)
	return t
}

// instantOrNone reads an instant that a draft may leave out.
func (f *faults) instantOrNone(text, field string) time.Time {
	if text == "" {
		return time.Time{}
	}
	return f.instant(text, field)
}

// moneyOrNone reads an amount that a draft may leave out.
func (f *faults) moneyOrNone(m *money, field string) *ledger.Money {
	if m == nil || m.Amount == "" {
		return nil
	}
	got, err := m.at(field)
	f.add(err)
	return &got
}

func (f faults) join() error { return problem.Join(f) }
