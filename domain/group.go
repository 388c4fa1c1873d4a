package domain

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrGroupState = problem.New(problem.Conflict, "groups-are-of-states")
	ErrGroupTwice = problem.New(problem.Conflict, "in-that-group-already")
	ErrOneRegion  = problem.New(problem.Conflict, "one-regional-group")
)

//go:embed groups.csv
var groupList string

// GroupTerm is the time for which a state is in a group of the United Nations, first
// and last day included; a zero From is before the fund was, a zero Until an open end.
type GroupTerm struct {
	ID           uuid.UUID
	Organisation uuid.UUID
	Group        charter.Group
	From, Until  time.Time
	Note         string // where it was read
}

// groupNote says where what is on the list comes from.
const groupNote = "The program's reference list of 22 November 2026"

var groups = sync.OnceValue(func() map[string][]GroupTerm {
	list := map[string][]GroupTerm{}
	for line := range strings.Lines(groupList) {
		field := strings.Split(strings.TrimSpace(line), ",")
		if line[0] == '#' || len(field) < 2 {
			continue
		}
		for _, word := range field[1:] {
			group, last, _ := strings.Cut(word, "..")
			until, _ := time.Parse(time.DateOnly, last)
			list[field[0]] = append(list[field[0]], GroupTerm{Group: charter.Group(group), Until: until, Note: groupNote})
		}
	}
	return list
})

// KnownGroups are the groups in which a state is by the program's reference list;
// each with an id of its own.
func (o Organisation) KnownGroups() []GroupTerm {
	if o.Kind != State {
		return nil
	}
	list := slices.Clone(groups()[o.ISO3166])
	for i := range list {
		list[i].ID, list[i].Organisation = uuid.New(), o.ID
	}
	return list
}

// On tells whether it holds on a day.
func (g GroupTerm) On(day time.Time) bool { return covers(g.From, g.Until, day) }

// Join says that a state is in a group, beside what it is in already.
func (g GroupTerm) Join(state Organisation, has []GroupTerm) (GroupTerm, error) {
	if state.Kind != State {
		return g, ErrGroupState.With("name", state.Name)
	}
	if !slices.Contains(charter.Groups, g.Group) {
		return g, ErrUnknownWord.With("given", string(g.Group)).At("/group")
	}
	if g.From.IsZero() {
		return g, ErrRequired.At("/from")
	}
	if err := problem.Join(written(g.Note, "/note", longestNote)); err != nil {
		return g, err
	}
	if !g.Until.IsZero() && g.Until.Before(g.From) {
		return g, ErrTermOrder.With("from", g.From, "until", g.Until).At("/until")
	}
	region := slices.Contains(charter.RegionalGroups, g.Group)
	for _, x := range has {
		if !meet(x.From, x.Until, g.From, g.Until) {
			continue
		}
		if x.Group == g.Group {
			return g, ErrGroupTwice.At("/group")
		}
		if region && slices.Contains(charter.RegionalGroups, x.Group) {
			return g, ErrOneRegion.With("group", string(x.Group)).At("/group")
		}
	}
	g.Organisation = state.ID
	return g, nil
}

// End sets the last day.
func (g GroupTerm) End(on time.Time, note string) (GroupTerm, error) {
	switch {
	case on.IsZero():
		return g, ErrRequired.At("/until")
	case on.Before(g.From):
		return g, ErrTermOrder.With("from", g.From, "until", on).At("/until")
	}
	g.Until = on
	return g, problem.Join(bounded(note, "/note", longestNote))
}

// covers tells whether a day lies between two, both included; a zero one is open.
func covers(from, until, day time.Time) bool {
	return !day.Before(from) && (until.IsZero() || !day.After(until))
}

// meet tells whether two times share a day.
func meet(from, until, from2, until2 time.Time) bool {
	return (until2.IsZero() || !from.After(until2)) && (until.IsZero() || !from2.After(until))
}
