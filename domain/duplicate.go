package domain

import (
	"bytes"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Ground is why two organisations are taken for likely one.
type Ground string

const (
	SameReference Ground = "same-reference" // one IATI reference
	SameName      Ground = "same-name"      // of all their names, but for accents, capitals and signs
	LikeName      Ground = "like-name"      // LikeEnough
)

// LikeEnough is the likeness, of 100, from which two names are shown to somebody
// to judge. It only suggests, so it is a setting of the program and no rule of the
// fund: "International Organisation for Migration" and "… Organization …" are 92
// alike, "UNICEF" and "UNICEF Trust Fund" 54.
const LikeEnough = 70

// Duplicate is a pair of organisations that may be one, to be judged by a person.
type Duplicate struct {
	One, Other Organisation
	Ground     Ground
	Likeness   int // of 100
}

// LikelyDuplicates pairs the organisations that may be one, the likest first. Two
// states never are, nor what is merged already, nor what a person has told apart:
// apart says so of two ids.
func LikelyDuplicates(all []Organisation, apart func(one, other uuid.UUID) bool) []Duplicate {
	all = slices.DeleteFunc(slices.Clone(all), func(o Organisation) bool { return o.MergedInto != uuid.Nil })
	known := make([]signature, len(all))
	for i, o := range all {
		known[i] = signatureOf(o)
	}
	var found []Duplicate
	for i := range all {
		for j := range i {
			if all[i].Kind == State && all[j].Kind == State || apart(all[i].ID, all[j].ID) {
				continue
			}
			if ground, likeness := known[i].like(known[j]); ground != "" {
				found = append(found, Duplicate{all[j], all[i], ground, likeness})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Duplicate) int { return b.Likeness - a.Likeness })
	return found
}

// LikelyOf are those that an organisation, not yet known to the fund, may be.
func LikelyOf(o Organisation, all []Organisation) []Duplicate {
	mine := signatureOf(o)
	var found []Duplicate
	for _, other := range all {
		if other.MergedInto != uuid.Nil || other.ID == o.ID {
			continue
		}
		if ground, likeness := mine.like(signatureOf(other)); ground != "" {
			found = append(found, Duplicate{o, other, ground, likeness})
		}
	}
	slices.SortStableFunc(found, func(a, b Duplicate) int { return b.Likeness - a.Likeness })
	return found
}

// signature is what an organisation is compared by: its names, bare, each with its
// groups of three letters in order.
type signature struct {
	reference string
	names     []string
	threes    [][]string
}

func signatureOf(o Organisation) signature {
	s := signature{reference: strings.ToUpper(strings.TrimSpace(o.IATIRef))}
	for _, name := range o.names() {
		if bare := BareName(name); bare != "" && !slices.Contains(s.names, bare) {
			s.names = append(s.names, bare)
			s.threes = append(s.threes, threesOf(bare))
		}
	}
	return s
}

func (s signature) like(other signature) (Ground, int) {
	if s.reference != "" && s.reference == other.reference {
		return SameReference, 100
	}
	most := 0
	for i, name := range s.names {
		for j, theirs := range other.names {
			if name == theirs {
				return SameName, 100
			}
			if min(len(s.threes[i]), len(other.threes[j])) >= 5 { // shorter ones are alike by chance
				most = max(most, likeness(s.threes[i], other.threes[j]))
			}
		}
	}
	if most >= LikeEnough {
		return LikeName, most
	}
	return "", most
}

// threesOf are the groups of three letters of each word, once each and in order,
// as pg_trgm takes them: two blanks before a word and one after it.
func threesOf(bare string) []string {
	var all []string
	for _, word := range strings.Fields(bare) {
		r := []rune("  " + word + " ")
		for i := 0; i+3 <= len(r); i++ {
			all = append(all, string(r[i:i+3]))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// likeness is how many groups two names share, of a hundred of all: twice those
// shared by those of both, rounded down.
func likeness(a, b []string) int {
	if len(a)+len(b) == 0 || 200*min(len(a), len(b))/(len(a)+len(b)) < LikeEnough {
		return 0 // even if all were shared
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c == 0:
			shared, i, j = shared+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return 200 * shared / (len(a) + len(b))
}

// Apart is a person's word that two organisations, alike as they may look, are two.
type Apart struct {
	One, Other uuid.UUID // in the order of their bytes
	Reason     string
}

// ToldApart puts the pair in its one order. It refuses a pair of one.
func ToldApart(one, other Organisation, reason string) (Apart, error) {
	if one.ID == other.ID {
		return Apart{}, ErrMergedItself.At("/other")
	}
	if found := written(reason, "/reason", longestReason); len(found) > 0 {
		return Apart{}, found[0]
	}
	a, b := one.ID, other.ID
	if bytes.Compare(a[:], b[:]) > 0 {
		a, b = b, a
	}
	return Apart{a, b, reason}, nil
}
