package api

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// registerLine is a proposal in a list.
type registerLine struct {
	proposalLine
	Phase       domain.Phase  `json:"phase"`
	Scope       charter.Scope `json:"scope"`
	Language    string        `json:"language"`
	Owners      []namedView   `json:"owners"`
	Objectives  []int         `json:"objectives"`
	Goals       []string      `json:"goals"`
	Submissions int           `json:"submissions"` // the number of the newest; 0 before the first
	Late        bool          `json:"late"`
	Turn        domain.Turn   `json:"turn"`
	Excerpt     []pieceView   `json:"excerpt,omitempty"`
}

type pieceView struct {
	Text  string `json:"text"`
	Found bool   `json:"found"`
}

func registered(e store.RegisterEntry) registerLine {
	v := registerLine{Phase: e.Phase, Scope: e.Scope, Language: e.Language, Owners: []namedView{}, Objectives: append([]int{}, e.Objectives...),
		Goals: append([]string{}, e.Goals...), Submissions: e.Submission, Late: e.Late, Turn: e.Stage.Turn()}
	names := map[uuid.UUID]store.Named{e.Organisation: e.Submitter}
	for _, o := range e.Owners {
		names[o.ID] = o
		v.Owners = append(v.Owners, namedView{o.ID.String(), o.Code, o.Name})
	}
	v.proposalLine = lineOf(store.ProposalFile{Proposal: e.Proposal, Named: names})
	for _, p := range e.Excerpt {
		v.Excerpt = append(v.Excerpt, pieceView(p))
	}
	return v
}

// mostChosen is how many values of one field a list is narrowed to at most.
const mostChosen = 60

var code = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,59}$`)

// choices are what the fields that a list is narrowed by may say.
var choices = map[string]func(string) bool{
	"call": isID, "state": isID, "organisation": isID, "lead": isID, "partner": isID, "assessor": isID, "adviser": isID,
	"stage":     func(v string) bool { return domain.Stage(v).Known() },
	"phase":     among(string(domain.Concept), string(domain.Document)),
	"scope":     among("national", "regional", "global"),
	"language":  among(charter.Languages...),
	"late":      among("true", "false"),
	"region":    among(domain.Regions...),
	"turn":      func(v string) bool { return slices.Contains(domain.Turns, domain.Turn(v)) },
	"area":      code.MatchString,
	"goal":      code.MatchString,
	"target":    code.MatchString,
	"marker":    code.MatchString,
	"objective": func(v string) bool { n, err := strconv.Atoi(v); return err == nil && n > 0 && n < 100 },
}

func isID(v string) bool {
	id, err := uuid.Parse(v)
	return err == nil && id.String() == v
}

func among(words ...string) func(string) bool {
	return func(v string) bool { return slices.Contains(words, v) }
}

// registerAsk reads what of the register is wanted.
func (a *asked) registerAsk() (f store.RegisterAsk, err error) {
	if f.Window, err = a.window(); err != nil {
		return f, err
	}
	if f.Sought, err = domain.Seek(a.Query("q")); err != nil {
		return f, err
	}
	f.Order, f.Chosen = short(a.Query("sort")), map[string][]string{}
	for name, known := range choices {
		text := a.Query(name)
		if text == "" {
			continue
		}
		list := strings.Split(text, ",")
		if len(list) > mostChosen {
			return f, domain.ErrTooLong.With("limit", mostChosen).At("/" + name)
		}
		for _, v := range list {
			if !known(v) {
				return f, domain.ErrUnknownWord.With("given", short(v)).At("/" + name)
			}
		}
		f.Chosen[name] = list
	}
	for name, into := range map[string]**decimal.Decimal{"least": &f.Least, "most": &f.Most} {
		if text := a.Query(name); text != "" {
			m, err := money{text, "USD"}.at("/" + name)
			if err != nil {
				return f, err
			}
			*into = &m.Amount
		}
	}
	if from, err := a.day("from"); err != nil {
		return f, err
	} else if !from.IsZero() {
		f.From = &from
	}
	until, err := a.day("until")
	if !until.IsZero() {
		f.Until = &until
	}
	return f, err
}

// proposals lists those within reach.
func (s *Server) proposals(a *asked) (answer, error) {
	f, err := a.registerAsk()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Proposals(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, registered)
}

type countsView struct {
	Total  int                    `json:"total"`
	Counts map[string][]countView `json:"counts"`
}

type countView struct {
	Value string `json:"value"`
	Name  string `json:"name,omitempty"`
	N     int    `json:"n"`
}

// countProposals counts what the list holds, by each field that it can be narrowed by.
func (s *Server) countProposals(a *asked) (answer, error) {
	f, err := a.registerAsk()
	if err != nil {
		return answer{}, err
	}
	c, err := s.Store.CountProposals(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	v := countsView{c.Total, map[string][]countView{}}
	for name := range choices {
		v.Counts[name] = []countView{}
	}
	for _, x := range c.Counts {
		v.Counts[x.Dimension] = append(v.Counts[x.Dimension], countView{x.Value, x.Name, x.N})
	}
	return shown(v)
}
