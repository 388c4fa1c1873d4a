package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrNotVacant   = problem.New(problem.Conflict, "seat-not-vacant")
	ErrNotEligible = problem.New(problem.Conflict, "not-eligible")
	ErrBalance     = problem.New(problem.Conflict, "balance-not-kept")
	ErrNotBroken   = problem.New(problem.Invalid, "rule-is-kept")
	ErrAsideReason = problem.New(problem.Invalid, "say-why-a-rule-is-set-aside")
	ErrComposed    = problem.New(problem.Conflict, "seat-through-nominations")
)

// Choosing is whom a constituency chose for a vacancy.
type Choosing struct {
	Seat         uuid.UUID
	Organisation uuid.UUID
}

// Eligible refuses an organisation for a seat that does not fall vacant within the
// charter's horizon, or that it may not fill; it tells for which term it would be.
func (r Rota) Eligible(on time.Time, c Choosing) (Vacancy, error) {
	for _, v := range r.Vacancies(on, on.AddDate(0, r.Charter.Rotation.Horizon.Value, 0)) {
		if v.ID != c.Seat {
			continue
		}
		return v, v.refuse(r.Before(v, c.Organisation))
	}
	return Vacancy{}, ErrNotVacant.With("seat", r.seat(c.Seat).Name)
}

func (v Vacancy) refuse(c Contender) error {
	if c.Eligible() {
		return nil
	}
	why := c.Reasons[0]
	return ErrNotEligible.With("organisation", c.Code, "seat", v.Name, "reason", why.Code, "day", why.Day, "other", why.Seat).At("/organisation")
}

// Composing tells whether a seat is still given without its constituency's word for a
// term from a day on: in the first composition of the body alone, which is the day on
// which anybody first sat for a constituency. From then on constituencies choose and the
// Coordinator confirms, of a seat that the rules add later too. The Chair's seat has no
// constituency; whoever keeps the seats writes down which organisation coordinates.
func (r Rota) Composing(s Seat, from time.Time) bool {
	if s.Constituency == ChairConstituency {
		return true
	}
	first := r.composed()
	held := slices.ContainsFunc(r.Terms, func(t SeatTerm) bool { return t.Seat == s.ID })
	return !held && r.Has(s, from) && (first.IsZero() || !from.After(first))
}

// ComposingStill tells whether there is a first day for which a seat may be given so.
func (r Rota) ComposingStill(s Seat, on time.Time) bool {
	if first := r.composed(); !first.IsZero() && first.Before(on) {
		on = first
	}
	return r.Composing(s, on)
}

// composed is the first day on which anybody sat for a constituency; zero before the first
// composition.
func (r Rota) composed() (first time.Time) {
	for _, t := range r.Terms {
		if (first.IsZero() || t.From.Before(first)) && r.seat(t.Seat).Constituency != ChairConstituency {
			first = t.From
		}
	}
	return first
}

// Give lets an organisation hold a seat outside the plan, as the first composition needs
// it, and no later. It is held to the plan's own rules: nobody sits twice, nor longer in
// a row than the charter has it. Of a constituency to which nobody belongs yet, anybody
// may be the first.
func (r Rota) Give(s Seat, term SeatTerm) (SeatTerm, error) {
	r = r.under(term.From)
	term, err := s.Give(r.Charter, term)
	if err != nil || s.Constituency == ChairConstituency {
		return term, err
	}
	if !r.Composing(s, term.From) {
		return term, ErrComposed.With("seat", s.Name)
	}
	v := Vacancy{Seat: s, From: term.From, Until: term.Until}
	c := r.Before(v, term.Organisation)
	composed := slices.ContainsFunc(r.Members, func(b Belonging) bool { return b.Constituency == s.Constituency && b.On(term.From) })
	if !composed {
		c.Reasons = slices.DeleteFunc(c.Reasons, func(why Reason) bool { return why.Code == NotOfConstituency })
	}
	return term, v.refuse(c)
}

// Confirm makes terms of what the constituencies chose, all or none. On each day on
// which a term begins the body must keep every rule of balance that the seats filled
// bear on, as far as the seats still open leave it possible. A rule that is set aside
// must be one that is broken, and somebody says why.
func (r Rota) Confirm(on time.Time, choices []Choosing, aside []string, why string) ([]SeatTerm, error) {
	if len(choices) == 0 {
		return nil, ErrRequired.At("/nominations")
	}
	if len(aside) > 0 && strings.TrimSpace(why) == "" {
		return nil, ErrAsideReason.At("/reason")
	}
	if err := problem.Join(bounded(why, "/reason", longestNote)); err != nil {
		return nil, err
	}
	after := r
	after.Terms = slices.Clone(r.Terms)
	var terms []SeatTerm
	for _, c := range choices {
		v, err := after.Eligible(on, c)
		if err != nil {
			return nil, err
		}
		t := SeatTerm{ID: uuid.New(), Seat: v.ID, Organisation: c.Organisation, From: v.From, Until: v.Until}
		terms, after.Terms = append(terms, t), append(after.Terms, t)
	}
	broken := after.brokenBy(terms)
	for _, rule := range aside {
		if !slices.Contains(broken, rule) {
			return nil, ErrNotBroken.With("rule", map[string]string(after.ruleOf(rule, terms).Name.Value)).At("/aside")
		}
	}
	var left []charter.Names
	for _, key := range broken {
		if !slices.Contains(aside, key) {
			left = append(left, after.ruleOf(key, terms).Name.Value)
		}
	}
	if len(left) > 0 {
		return nil, ErrBalance.With("rules", left)
	}
	return terms, nil
}

// ruleOf is a rule of balance as the charter has it on the first of these terms that
// knows it, or as today's does.
func (r Rota) ruleOf(key string, terms []SeatTerm) charter.Balance {
	for _, t := range terms {
		if rule, known := r.under(t.From).Charter.Rotation.Rule(key); known {
			return rule
		}
	}
	rule, _ := r.Charter.Rotation.Rule(key)
	return rule
}

// brokenBy are the rules not kept on the days on which these terms begin, and on
// which they bear.
func (r Rota) brokenBy(terms []SeatTerm) (rules []string) {
	for _, t := range terms {
		r := r.under(t.From)
		var filled []string
		for _, x := range terms {
			if x.From.Equal(t.From) {
				filled = append(filled, r.seat(x.Seat).Constituency)
			}
		}
		open := map[string]int{}
		for _, v := range r.Vacancies(t.From, t.From) {
			open[v.Constituency]++
		}
		bear := r.limits(r.Charter.Rotation.Balance, filled)
		for _, rule := range r.broken(r.holders(t.From, nil), open) {
			bears := slices.ContainsFunc(bear, func(l limit) bool { return l.rule == rule })
			if bears && !slices.Contains(rules, rule) {
				rules = append(rules, rule)
			}
		}
	}
	return rules
}
