// Package problem is the shape of a refusal: a stable code, whose turn it is, the
// field and the particulars. It holds no sentence: api/words has those, in six
// languages, under the code.
package problem

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Kind says whose turn it is after a refusal.
type Kind string

const (
	Invalid      Kind = "invalid"      // change the request
	Unsigned     Kind = "unsigned"     // sign in first
	Denied       Kind = "denied"       // ask another person
	Missing      Kind = "missing"      // nothing there for this person to see
	Conflict     Kind = "conflict"     // not as things are now
	Stale        Kind = "stale"        // it changed since it was read
	Precondition Kind = "precondition" // say which version or key is meant
	TooLarge     Kind = "too-large"
	TooMany      Kind = "too-many"
	Unavailable  Kind = "unavailable" // nothing wrong with the request: try again
)

// Problem is one refusal. It is an error, and is compared by its code.
type Problem struct {
	Kind   Kind
	Code   string         // part of the API: never changes
	Field  string         // JSON Pointer of the offending member, or ""
	params map[string]any // particulars by name
	Also   []Problem      // further refusals of the same request, each at its field
}

var (
	mu    sync.Mutex
	known = map[string]Problem{}
)

// New names a refusal. Two of one code are a mistake in the program.
func New(kind Kind, code string) Problem {
	mu.Lock()
	defer mu.Unlock()
	if _, twice := known[code]; twice {
		panic("problem: " + code + " is named twice")
	}
	p := Problem{Kind: kind, Code: code}
	known[code] = p
	return p
}

// All lists every refusal the program knows, by code.
func All() []Problem {
	mu.Lock()
	defer mu.Unlock()
	all := make([]Problem, 0, len(known))
	for _, p := range known {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Problem) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// With says how the rule was broken this time, in names and values that the
// sentences of api/words use: With("asked", money, "available", left). Values
// are strings, integers, days, instants, ledger.Money, names by language or a text
// in several: api writes each in the reader's way.
func (p Problem) With(particulars ...any) Problem {
	if len(particulars)%2 != 0 {
		panic("problem: With takes names and values")
	}
	m := make(map[string]any, len(p.params)+len(particulars)/2)
	for k, v := range p.params {
		m[k] = v
	}
	for i := 0; i < len(particulars); i += 2 {
		m[particulars[i].(string)] = particulars[i+1]
	}
	p.params = m
	return p
}

// At names the field, as a JSON Pointer into the request's body: "/amount".
func (p Problem) At(field string) Problem {
	if field != "" && !strings.HasPrefix(field, "/") {
		field = "/" + field
	}
	p.Field = field
	return p
}

// Params are the particulars by name.
func (p Problem) Params() map[string]any { return p.params }

// Is makes errors.Is compare codes.
func (p Problem) Is(target error) bool {
	q, ok := target.(Problem)
	return ok && q.Code == p.Code
}

// Error is for logs and tests; people read api/words.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Code)
	if p.Field != "" {
		fmt.Fprintf(&b, " at %s", p.Field)
	}
	names := make([]string, 0, len(p.params))
	for k := range p.params {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		fmt.Fprintf(&b, " %s=%v", k, p.params[k])
	}
	for _, q := range p.Also {
		b.WriteString("; ")
		b.WriteString(q.Error())
	}
	return b.String()
}

// Join makes one refusal of several, the first in front; nil where there is none.
// Use it where a person can mend all of them at once, as in a form.
func Join(all []Problem) error {
	if len(all) == 0 {
		return nil
	}
	first := all[0]
	first.Also = append(slices.Clone(first.Also), all[1:]...)
	return first
}
