package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/form"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Content is what a proposal says. In a draft any of it may be missing.
type Content struct {
	Title, Summary string
	Language       string        // one of charter.Languages
	Scope          charter.Scope // national, regional or global; "" is national
	State          uuid.UUID     // the owner state, which endorses; Nil while not named
	OtherStates    []uuid.UUID   // owner states beside it, of a regional or global programme
	Area           string        // key of a thematic area
	Objectives     []int         // of the Global Compact, 1 to 23, in order
	Markers        map[string]Mark
	Shares         []Asked // what each organisation asks, the convening one first
	Answers        Answers // to the form it is written on
	Budget         Budget  // by organisation, line and year; empty on a concept note
}

// Answers are what a proposal says in its form's own fields, by their keys: JSON
// values, the numbers among them as json.Number. The form says what they mean.
type Answers map[string]any

// UnmarshalJSON keeps numbers as they are written: 0.10 is no float.
func (a *Answers) UnmarshalJSON(written []byte) error {
	read := json.NewDecoder(bytes.NewReader(written))
	read.UseNumber()
	var all map[string]any
	err := read.Decode(&all)
	*a = all
	return err
}

// Mark is a step on a marker's scale, and why.
type Mark struct{ Code, Reason string }

// Asked is what one organisation asks. In a draft either may be missing.
type Asked struct {
	Organisation uuid.UUID     // Nil while not named
	Amount       *ledger.Money // nil while not given
}

// Amount is what all shares ask together: there is no second figure to differ
// from it.
func (c Content) Amount() ledger.Money {
	total := ledger.Zero(ledger.USD)
	for _, s := range c.Shares {
		if s.Amount != nil {
			total = total.Add(*s.Amount)
		}
	}
	return total
}

// Organisations are those the content names: the state and the shares'.
func (c Content) Organisations() []uuid.UUID {
	var all []uuid.UUID
	add := func(id uuid.UUID) {
		if id != uuid.Nil && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	for _, id := range c.States() {
		add(id)
	}
	for _, s := range c.Shares {
		add(s.Organisation)
	}
	for _, cell := range c.Budget {
		add(cell.Organisation)
	}
	return all
}

// States are the owner states that are named, the leading one first.
func (c Content) States() []uuid.UUID {
	var all []uuid.UUID
	for _, id := range append([]uuid.UUID{c.State}, c.OtherStates...) {
		if id != uuid.Nil {
			all = append(all, id)
		}
	}
	return all
}

// Bounds of lists and of a code; they are no rules of the fund.
const (
	maxStates   = 250 // more than there are
	maxShares   = 100
	maxMarkers  = 50
	longestCode = 64

	longestDraftTitle = 10_000  // ten times what any charter may allow
	longestDraftText  = 100_000 // a summary, or a marker's reason: what any charter may allow
)

// tidy refuses only what could not be kept, each at its field, and puts the rest
// in one form: objectives in order and once. kinds has the organisations there are
// among those the content names.
func (c Content) tidy(kinds map[uuid.UUID]string) (Content, error) {
	var found []problem.Problem
	found = append(found, bounded(c.Title, "/title", longestDraftTitle)...)
	found = append(found, bounded(c.Summary, "/summary", longestDraftText)...)
	found = append(found, coded(c.Area, "/area")...)
	if c.Language == "" {
		c.Language = charter.Languages[0]
	}
	if !slices.Contains(charter.Languages, c.Language) {
		found = append(found, ErrUnknownWord.With("given", clip(c.Language)).At("/language"))
	}
	for i, o := range c.Objectives {
		if o < 1 || o > charter.Objectives {
			found = append(found, ErrUnknownWord.With("given", fmt.Sprint(o)).At(fmt.Sprintf("/objectives/%d", i)))
		}
	}
	c.Objectives = slices.Clone(c.Objectives)
	slices.Sort(c.Objectives)
	c.Objectives = slices.Compact(c.Objectives)
	if len(c.Markers) > maxMarkers {
		return c, ErrTooMuch.With("limit", maxMarkers).At("/markers")
	}
	for key, m := range c.Markers {
		found = append(found, coded(key, "/markers")...)
		found = append(found, coded(m.Code, "/markers")...)
		found = append(found, bounded(m.Reason, "/markers", longestDraftText)...)
	}
	if len(c.Shares) > maxShares {
		return c, ErrTooMuch.With("limit", maxShares).At("/shares")
	}
	unknown := func(id uuid.UUID, field string) {
		if _, known := kinds[id]; id != uuid.Nil && !known {
			found = append(found, ErrUnknownWord.With("given", id.String()).At(field))
		}
	}
	if len(c.OtherStates) > maxStates {
		return c, ErrTooMuch.With("limit", maxStates).At("/other_states")
	}
	unknown(c.State, "/state")
	for i, id := range c.OtherStates {
		unknown(id, fmt.Sprintf("/other_states/%d", i))
	}
	if c.Scope == "" {
		c.Scope = charter.National
	}
	if !slices.Contains([]charter.Scope{charter.National, charter.Regional, charter.Global}, c.Scope) {
		found = append(found, ErrUnknownWord.With("given", clip(string(c.Scope))).At("/scope"))
	}
	for i, cell := range c.Budget {
		unknown(cell.Organisation, fmt.Sprintf("/budget/%d/organisation", i))
	}
	found = append(found, c.Budget.tidy()...)
	found = append(found, c.shareOut()...)
	for i, s := range c.Shares {
		unknown(s.Organisation, fmt.Sprintf("/shares/%d/organisation", i))
		field := fmt.Sprintf("/shares/%d/amount", i)
		switch {
		case s.Amount == nil:
		case s.Amount.Currency != ledger.USD:
			found = append(found, ledger.ErrOtherMoney.With("currency", string(s.Amount.Currency), "books", string(ledger.USD)).At(field))
		case s.Amount.IsNegative():
			found = append(found, ledger.ErrNotPositive.With("amount", *s.Amount).At(field))
		}
	}
	return c, problem.Join(found)
}

// coded refuses what cannot be a code of the charter: lists stand on codes, and no index takes an essay.
func coded(text, field string) []problem.Problem {
	if len([]rune(text)) > longestCode {
		return []problem.Problem{ErrTooLong.With("limit", longestCode).At(field)}
	}
	return plain(text, field)
}

// ErrTooMuch refuses a list of more members than can be taken.
var ErrTooMuch = form.ErrTooMuch

// lacks lists what the content needs before it can be submitted to a call.
func (c Content) lacks(g Case) []problem.Problem {
	rules := g.Charter.Proposals
	var found []problem.Problem
	found = append(found, written(c.Title, "/title", rules.TitleCharacters.Value)...)
	found = append(found, written(c.Summary, "/summary", rules.SummaryCharacters.Value)...)
	if !slices.Contains(g.Call.Languages, c.Language) {
		found = append(found, ErrUnknownWord.With("given", clip(c.Language)).At("/language"))
	}
	found = append(found, c.lacksStates(g)...)
	found = append(found, c.lacksSurvivors(g)...)
	found = append(found, c.lacksArea(g)...)
	found = append(found, c.lacksMarkers(rules)...)
	return append(found, c.lacksMoney(g)...)
}

// lacksArea judges area and objectives: known, open in the call, of one cluster.
func (c Content) lacksArea(g Case) (found []problem.Problem) {
	area, known := g.Charter.Area(c.Area)
	switch {
	case c.Area == "":
		found = append(found, ErrRequired.At("/area"))
	case !known:
		found = append(found, ErrUnknownWord.With("given", clip(c.Area)).At("/area"))
	case !slices.Contains(g.Call.Areas, c.Area):
		found = append(found, ErrNotInCall.With("area", c.Area, "call", g.Call.Ref).At("/area"))
	}
	if len(c.Objectives) == 0 {
		found = append(found, ErrRequired.At("/objectives"))
	}
	for i, o := range c.Objectives {
		if known && !slices.Contains(area.Objectives.Value, o) {
			found = append(found, ErrOtherArea.With("objective", o, "area", c.Area).At(fmt.Sprintf("/objectives/%d", i)))
		}
	}
	return found
}

// lacksMarkers asks every marker of the charter, with a step of its scale and a
// reason, and no other.
func (c Content) lacksMarkers(rules charter.Proposals) (found []problem.Problem) {
	names := make([]string, 0, len(c.Markers))
	for key := range c.Markers {
		names = append(names, key)
	}
	slices.Sort(names)
	for _, key := range names {
		if !slices.ContainsFunc(rules.Markers, func(m charter.Marker) bool { return m.Key == key }) {
			found = append(found, ErrUnknownWord.With("given", clip(key)).At("/markers/"+pointer(key)))
		}
	}
	for _, m := range rules.Markers {
		field := "/markers/" + pointer(m.Key)
		mark, given := c.Markers[m.Key]
		if !given || mark == (Mark{}) {
			if rules.MarkersRequired.Value {
				found = append(found, ErrRequired.At(field))
			}
			continue
		}
		if _, known := m.Step(mark.Code); !known {
			found = append(found, ErrUnknownWord.With("given", clip(mark.Code)).At(field+"/code"))
		}
		found = append(found, written(mark.Reason, field+"/reason", rules.SummaryCharacters.Value)...)
	}
	return found
}

// lacksMoney asks one share at least, each a UN organisation's, once, above zero,
// and a sum that charter and call allow.
func (c Content) lacksMoney(g Case) (found []problem.Problem) {
	if len(c.Shares) == 0 {
		return []problem.Problem{ErrRequired.At("/shares")}
	}
	found = c.lacksBudget(g)
	var seen []uuid.UUID
	for i, s := range c.Shares {
		who, amount := fmt.Sprintf("/shares/%d/organisation", i), fmt.Sprintf("/shares/%d/amount", i)
		switch {
		case s.Organisation == uuid.Nil:
			found = append(found, ErrRequired.At(who))
		case g.Kinds[s.Organisation] != "un":
			found = append(found, ErrNotUN.At(who))
		case slices.Contains(seen, s.Organisation):
			found = append(found, ErrShareTwice.At(who))
		}
		seen = append(seen, s.Organisation)
		switch {
		case s.Amount == nil:
			found = append(found, ErrRequired.At(amount))
		case !s.Amount.IsPositive():
			found = append(found, ledger.ErrNotPositive.With("amount", *s.Amount).At(amount))
		}
	}
	whole := "/shares"
	if len(c.Budget) > 0 {
		whole = "/budget"
	}
	found = append(found, amountWithin(c.Amount(), g.Charter.Proposals.MinimumAmount.Value.Money, g.Call.Most(c.Area, g.Charter).Amount, whole)...)
	return append(found, g.Call.full(g.Others, c, g.Call.Ref)...)
}

// frozen is the written form of a proposal's content. Its members stand in the
// order of their names, as do a map's, so that one content has one spelling.
type frozen struct {
	Amount       string                `json:"amount"`
	Answers      Answers               `json:"answers,omitempty"`
	Area         string                `json:"area"`
	Attachments  []frozenFile          `json:"attachments,omitempty"` // of a submission; a state endorses what is written
	Budget       []frozenCell          `json:"budget,omitempty"`
	Call         string                `json:"call"`
	Currency     ledger.Currency       `json:"currency"`
	Form         int                   `json:"form,omitempty"`
	Language     string                `json:"language"`
	Markers      map[string]frozenMark `json:"markers"`
	Objectives   []int                 `json:"objectives"`
	Organisation uuid.UUID             `json:"organisation"`
	OtherStates  []uuid.UUID           `json:"other_states,omitempty"`
	Phase        Phase                 `json:"phase,omitempty"`
	Proposal     string                `json:"proposal"`
	Scope        charter.Scope         `json:"scope,omitempty"`
	Shares       []frozenShare         `json:"shares"`
	State        string                `json:"state"`
	Summary      string                `json:"summary"`
	Title        string                `json:"title"`
}

type frozenMark struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

type frozenShare struct {
	Amount       string `json:"amount"` // "" while not given
	Organisation string `json:"organisation"`
}

type frozenCell struct {
	Amount       string    `json:"amount"`
	Line         string    `json:"line"`
	Organisation uuid.UUID `json:"organisation"`
	Year         int       `json:"year"`
}

// canonical writes the content, with the refs of the proposal and its call and its
// submitter, as the bytes that are hashed: no other proposal has the same.
func (p Proposal) canonical(files ...Attachment) (content, hash []byte) {
	f := frozen{Amount: p.Amount().Text(), Area: p.Area, Attachments: frozenFiles(files), Call: p.CallRef, Currency: ledger.USD, Form: p.Form, Language: p.Language,
		Markers: map[string]frozenMark{}, Objectives: append([]int{}, p.Objectives...), Organisation: p.Organisation, Proposal: p.Ref,
		Shares: []frozenShare{}, State: idText(p.State), Summary: p.Summary, Title: p.Title,
		Answers: p.Answers, OtherStates: p.OtherStates, Phase: p.Phase, Scope: p.Scope}
	for _, cell := range p.inOrder() {
		f.Budget = append(f.Budget, frozenCell{cell.Amount.Text(), cell.Line, cell.Organisation, cell.Year})
	}
	for key, m := range p.Markers {
		f.Markers[key] = frozenMark(m)
	}
	for _, s := range p.Shares {
		share := frozenShare{Organisation: idText(s.Organisation)}
		if s.Amount != nil {
			share.Amount = s.Amount.Text()
		}
		f.Shares = append(f.Shares, share)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // "<" stays "<": the bytes are read by people too
	if err := enc.Encode(f); err != nil {
		panic("domain: content that cannot be written: " + err.Error()) // texts, numbers and ids always can
	}
	content = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	sum := sha256.Sum256(content)
	return content, sum[:]
}

// FrozenForm is the phase a frozen version is of, and the version of its form. Those
// that say neither are concept notes on the first.
func FrozenForm(content []byte) (Phase, int, error) {
	f := frozen{Phase: Concept, Form: 1}
	if err := json.Unmarshal(content, &f); err != nil {
		return "", 0, fmt.Errorf("a frozen version: %w", err)
	}
	return f.Phase, f.Form, nil
}

// Frozen reads back the content of a version.
func Frozen(content []byte) (Content, error) {
	var f frozen
	if err := json.Unmarshal(content, &f); err != nil {
		return Content{}, fmt.Errorf("a frozen version: %w", err)
	}
	c := Content{Title: f.Title, Summary: f.Summary, Language: f.Language, Area: f.Area, Objectives: f.Objectives, Markers: map[string]Mark{},
		Scope: f.Scope, OtherStates: f.OtherStates, Answers: f.Answers}
	var err error
	idOf := func(id string) uuid.UUID {
		if id == "" {
			return uuid.Nil
		}
		parsed, e := uuid.Parse(id)
		if e != nil {
			err = e
		}
		return parsed
	}
	c.State = idOf(f.State)
	for _, cell := range f.Budget {
		m, e := ledger.Parse(cell.Amount, f.Currency)
		if e != nil {
			err = e
		}
		c.Budget = append(c.Budget, BudgetCell{cell.Organisation, cell.Line, cell.Year, m})
	}
	for key, m := range f.Markers {
		c.Markers[key] = Mark(m)
	}
	for _, s := range f.Shares {
		share := Asked{Organisation: idOf(s.Organisation)}
		if s.Amount != "" {
			m, e := ledger.Parse(s.Amount, f.Currency)
			if e != nil {
				err = e
			}
			share.Amount = &m
		}
		c.Shares = append(c.Shares, share)
	}
	return c, err
}

// idText is an id's text, "" for none.
func idText(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

// pointer writes a key as a part of a JSON Pointer.
func pointer(key string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(key) }
