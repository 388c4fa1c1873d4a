package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrSearchUnnamed  = problem.New(problem.Invalid, "search-unnamed")
	ErrSearchesEnough = problem.New(problem.Conflict, "searches-enough")
	ErrNothingChosen  = problem.New(problem.Invalid, "nothing-chosen")
)

const (
	longestSearchName  = 80
	longestSearchQuery = 4000
)

// MostSearches is how many saved searches a person has at most.
const MostSearches = 50

// MostAtOnce is how many things one act is asked of at once.
const MostAtOnce = 200

// SearchedLists are those whose searches a person may save.
var SearchedLists = []string{"proposals", "programmes", "decisions", "meetings", "people", "organisations"}

// SavedSearch is what a person looks for again: a list, narrowed and ordered.
type SavedSearch struct {
	ID    uuid.UUID
	List  string // one of SearchedLists
	Name  string // the person's own
	Query string // of the list's address: "stage=submitted&sort=-amount"
	Opens bool   // the list opens with it
	At    time.Time
}

// KeepSearch makes a saved search, beside so many that the person has.
func KeepSearch(list, name, query string, opens bool, beside int, at time.Time) (SavedSearch, error) {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case !slices.Contains(SearchedLists, list):
		return SavedSearch{}, ErrUnknownWord.With("given", clip(list)).At("/list")
	case name == "" || len([]rune(name)) > longestSearchName:
		return SavedSearch{}, ErrSearchUnnamed.With("limit", longestSearchName).At("/name")
	case len(query) > longestSearchQuery:
		return SavedSearch{}, ErrTooLong.With("limit", longestSearchQuery).At("/query")
	case beside >= MostSearches:
		return SavedSearch{}, ErrSearchesEnough.With("limit", MostSearches)
	}
	return SavedSearch{ID: uuid.New(), List: list, Name: name, Query: query, Opens: opens, At: at}, nil
}

// AtOnce refuses an act on nothing, on too much, or on one thing twice: which of two
// answers about the same one would count? Field is where they stand.
func AtOnce(ids []uuid.UUID, field string) error {
	if len(ids) == 0 || len(ids) > MostAtOnce {
		return ErrNothingChosen.With("limit", MostAtOnce, "given", len(ids)).At(field)
	}
	seen := make(map[uuid.UUID]bool, len(ids))
	for i, id := range ids {
		if seen[id] {
			return ErrNamedTwice.With("given", id.String()).At(fmt.Sprintf("%s/%d", field, i))
		}
		seen[id] = true
	}
	return nil
}
