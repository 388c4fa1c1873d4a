package domain

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"startupfund/domain/problem"
)

// Refusals about the names of organisations, and about two that are one.
var (
	ErrAliasEnded   = problem.New(problem.Conflict, "alias-ended")
	ErrMergedItself = problem.New(problem.Invalid, "merged-into-itself")
	ErrMerged       = problem.New(problem.Conflict, "organisation-merged") // it is another's other name now
	ErrNotMerged    = problem.New(problem.Conflict, "organisation-not-merged")
	ErrMergeKinds   = problem.New(problem.Conflict, "merge-of-two-kinds")
	ErrMergeStates  = problem.New(problem.Conflict, "merge-of-two-states")
)

// AliasKind is what another name of an organisation is.
type AliasKind string

const (
	OtherName  AliasKind = "name"        // in another language, or a fuller one
	FormerName AliasKind = "former-name" // what it was called before
	Acronym    AliasKind = "acronym"
	OtherCode  AliasKind = "code" // in another system: an IATI reference, a vendor's number
)

var aliasKinds = []AliasKind{OtherName, FormerName, Acronym, OtherCode}

// Alias is another name by which an organisation is known and found.
type Alias struct {
	ID           uuid.UUID
	Organisation uuid.UUID
	Text         string // up to 300 characters
	Kind         AliasKind
	Language     string // one of Languages, or "" where it belongs to none
}

// Alias gives the organisation another name. One that it has already, written
// alike, is refused.
func (o Organisation) Alias(id uuid.UUID, text_ string, kind AliasKind, language string) (Alias, error) {
	a := Alias{ID: id, Organisation: o.ID, Text: strings.Join(strings.Fields(text_), " "), Kind: kind, Language: language}
	wrong := text(a.Text, "text", 300)
	if !slices.Contains(aliasKinds, kind) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(string(kind))).At("kind"))
	}
	if language != "" && !slices.Contains(Languages, language) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(language)).At("language"))
	}
	if len(wrong) > 0 {
		return a, problem.Join(wrong)
	}
	if o.MergedInto != uuid.Nil {
		return a, ErrMerged.With("name", o.Name)
	}
	if slices.ContainsFunc(o.Aliases, func(x Alias) bool { return x.Text == a.Text && x.Kind == a.Kind && x.Language == a.Language }) {
		return a, ErrTaken.With("given", clipped(a.Text)).At("text")
	}
	return a, nil
}

// Merge says that two organisations of the books are one: from then on the merged
// one's name leads to the other. Nothing of either is rewritten, so it can be
// undone by a later act.
type Merge struct {
	ID     uuid.UUID
	Merged uuid.UUID
	Into   uuid.UUID
	Reason string
	Person uuid.UUID
	At     time.Time
}

// MergeInto makes o another name of into. A person says so, with a reason; two
// states, or two of different kinds, are never one.
func (o Organisation) MergeInto(into Organisation, by Actor, reason string, at time.Time) (Merge, error) {
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return Merge{}, err
	}
	switch {
	case o.ID == into.ID:
		return Merge{}, ErrMergedItself.At("/into")
	case o.MergedInto != uuid.Nil:
		return Merge{}, ErrMerged.With("name", o.Name)
	case into.MergedInto != uuid.Nil:
		return Merge{}, ErrMerged.With("name", into.Name).At("/into")
	case o.Kind != into.Kind:
		return Merge{}, ErrMergeKinds.With("one", string(o.Kind), "other", string(into.Kind)).At("/into")
	case o.Kind == State:
		return Merge{}, ErrMergeStates.With("one", o.ISO3166, "other", into.ISO3166).At("/into")
	}
	return Merge{Merged: o.ID, Into: into.ID, Reason: reason, Person: by.Person, At: at}, nil
}

// Unmerge takes the two for two again, with a reason.
func (o Organisation) Unmerge(reason string) error {
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return err
	}
	if o.MergedInto == uuid.Nil {
		return ErrNotMerged.With("name", o.Name)
	}
	return nil
}

// Called is all that the organisation is called beside its code, what people say for
// short first.
func (o Organisation) Called() []string {
	return slices.DeleteFunc(append([]string{o.ShortName}, o.names()...), func(s string) bool { return s == "" || s == o.Code })
}

// Called is how one reader's language names an organisation: in full, and for short as
// people say it, "OIT".
type Called struct{ Name, Short string }

// names are all that the organisation is called.
func (o Organisation) names() []string {
	all := []string{o.Name, o.ShortName, o.Code}
	for _, a := range o.Aliases {
		all = append(all, a.Text)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// BareName is a name without accents, capitals and signs, its words apart: two
// spellings of one name are equal by it.
func BareName(name string) string {
	words := strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
