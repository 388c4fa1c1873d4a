package domain

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Refusals about how far a programme reaches, and whose it is.
var (
	ErrScope      = problem.New(problem.Invalid, "scope-not-taken")
	ErrFewStates  = problem.New(problem.Invalid, "too-few-owner-states")
	ErrOneState   = problem.New(problem.Invalid, "national-has-one-owner-state")
	ErrStateTwice = problem.New(problem.Invalid, "state-named-twice")
)

// lacksStates judges the scope and the owner states: a national programme is one
// state's, a regional or global one that of as many as the charter asks.
func (c Content) lacksStates(g Case) (found []problem.Problem) {
	rules := g.Charter.Proposals
	scope := c.Scope
	if scope == "" {
		scope = charter.National // as it was kept before there were others
	}
	if !slices.Contains(rules.Scopes.Value, scope) {
		found = append(found, ErrScope.With("scope", string(scope)).At("/scope"))
	}
	switch {
	case c.State == uuid.Nil:
		found = append(found, ErrRequired.At("/state"))
	case g.Kinds[c.State] != string(State):
		found = append(found, ErrNotAState.At("/state"))
	}
	if scope == charter.National && len(c.OtherStates) > 0 {
		return append(found, ErrOneState.With("states", len(c.States())).At("/other_states"))
	}
	for i, id := range c.OtherStates {
		field := fmt.Sprintf("/other_states/%d", i)
		switch {
		case id == uuid.Nil:
		case g.Kinds[id] != string(State):
			found = append(found, ErrNotAState.At(field))
		case id == c.State || slices.Contains(c.OtherStates[:i], id):
			found = append(found, ErrStateTwice.At(field))
		}
	}
	if n, least := len(c.States()), rules.RegionalStates.Value; scope != charter.National && n < least {
		found = append(found, ErrFewStates.With("states", n, "least", least).At("/other_states"))
	}
	return found
}

// lacksSurvivors names the organisations that were merged since they were chosen:
// whoever writes says which one is meant, nothing is put in its place unseen.
func (c Content) lacksSurvivors(g Case) (found []problem.Problem) {
	for i, s := range c.Shares {
		if name, merged := g.Merged[s.Organisation]; merged {
			found = append(found, ErrMerged.With("name", name).At(fmt.Sprintf("/shares/%d/organisation", i)))
		}
	}
	return found
}
