package domain

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Limits are how much may be asked in a call; what is nil or zero limits nothing
// beyond the charter.
type Limits struct {
	Ceiling      *ledger.Money           // most that one proposal may ask
	AreaCeilings map[string]ledger.Money // most that one proposal of that area may ask
	StateEntries int                     // most entries of one owner state
	StateCeiling *ledger.Money           // most that the entries of one owner state may ask together
}

// OtherEntry is another proposal that was handed in to a call.
type OtherEntry struct {
	States []uuid.UUID // its owner states
	Amount ledger.Money
}

// wrong lists what of the limits the charter does not allow.
func (l Limits) wrong(areas []string, ch charter.Charter) (found []problem.Problem) {
	least, most := ch.Proposals.MinimumAmount.Value.Money, ch.Proposals.MaximumAmount.Value.Money
	if l.Ceiling != nil {
		found = append(found, amountWithin(*l.Ceiling, least, most, "/ceiling")...)
	}
	keys := make([]string, 0, len(l.AreaCeilings))
	for key := range l.AreaCeilings {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		field := "/area_ceilings/" + pointer(key)
		if !slices.Contains(areas, key) {
			found = append(found, ErrUnknownWord.With("given", clip(key)).At(field))
			continue
		}
		found = append(found, amountWithin(l.AreaCeilings[key], least, most, field)...)
	}
	if l.StateEntries < 0 || l.StateEntries > mostStateEntries {
		found = append(found, ErrTooMuch.With("limit", mostStateEntries).At("/state_entries"))
	}
	if c := l.StateCeiling; c != nil {
		switch {
		case c.Currency != least.Currency:
			found = append(found, ledger.ErrOtherMoney.With("currency", string(c.Currency), "books", string(least.Currency)).At("/state_ceiling"))
		case c.Cmp(least) < 0:
			found = append(found, ErrBelowMinimum.With("asked", *c, "least", least).At("/state_ceiling"))
		}
	}
	return found
}

// Ceiling is the most that one proposal may ask, and whose rule that is: the lowest
// counts, of two alike the one for more proposals.
type Ceiling struct {
	Amount ledger.Money
	Of     CeilingOf
}

// CeilingOf is whose rule a ceiling is.
type CeilingOf string

const (
	CeilingOfCharter CeilingOf = "charter"
	CeilingOfCall    CeilingOf = "call"
	CeilingOfArea    CeilingOf = "area"
	CeilingOfState   CeilingOf = "state" // what all entries of an owner state may ask together
)

// lower is the lower of the ceiling and another.
func (c Ceiling) lower(other ledger.Money, of CeilingOf) Ceiling {
	if other.Cmp(c.Amount) < 0 {
		return Ceiling{other, of}
	}
	return c
}

// Most is what one proposal of an area may ask: the lowest of the charter's, the
// call's and the area's.
func (l Limits) Most(area string, ch charter.Charter) Ceiling {
	most := Ceiling{ch.Proposals.MaximumAmount.Value.Money, CeilingOfCharter}
	if l.Ceiling != nil {
		most = most.lower(*l.Ceiling, CeilingOfCall)
	}
	if own, there := l.AreaCeilings[area]; there {
		most = most.lower(own, CeilingOfArea)
	}
	return most
}

// ByState tells whether the call limits what one owner state may hand in.
func (l Limits) ByState() bool { return l.StateEntries > 0 || l.StateCeiling != nil }

// full lists why owner states cannot hand in one more entry of an amount beside
// those they have. An entry of several states is one of each.
func (l Limits) full(others []OtherEntry, c Content, call string) (found []problem.Problem) {
	for i, state := range c.States() {
		field := "/state"
		if i > 0 {
			field = fmt.Sprintf("/other_states/%d", i-1)
		}
		n, total := 0, c.Amount()
		for _, e := range others {
			if slices.Contains(e.States, state) {
				n, total = n+1, total.Add(e.Amount)
			}
		}
		if l.StateEntries > 0 && n >= l.StateEntries {
			found = append(found, ErrStateFull.With("limit", l.StateEntries, "call", call).At(field))
		}
		if l.StateCeiling != nil && total.Cmp(*l.StateCeiling) > 0 {
			found = append(found, ErrStateCeiling.With("together", total, "most", *l.StateCeiling).At(field))
		}
	}
	return found
}

// amountWithin refuses an amount of another currency, or outside its bounds, both
// of which are allowed.
func amountWithin(asked, least, most ledger.Money, field string) []problem.Problem {
	switch {
	case asked.Currency != most.Currency:
		return []problem.Problem{ledger.ErrOtherMoney.With("currency", string(asked.Currency), "books", string(most.Currency)).At(field)}
	case asked.Cmp(least) < 0:
		return []problem.Problem{ErrBelowMinimum.With("asked", asked, "least", least).At(field)}
	case asked.Cmp(most) > 0:
		return []problem.Problem{ErrAboveMaximum.With("asked", asked, "most", most).At(field)}
	}
	return nil
}
