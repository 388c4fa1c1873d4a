package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

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
