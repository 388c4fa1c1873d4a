package domain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

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
