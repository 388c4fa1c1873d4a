// Package form holds the forms that proposals are written on: documents with
// versions, their sections and fields in six languages, the JSON Schema of their
// answers and the rules across fields. A proposal keeps the version it was begun
// under: a released form is not changed, a change is the next version.
package form

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// What answers are refused for. domain calls the first of them by the same names.
var (
	ErrNoForm      = problem.New(problem.Invalid, "no-such-form")
	ErrMalformed   = problem.New(problem.Invalid, "malformed")
	ErrRequired    = problem.New(problem.Invalid, "required")
	ErrUnknownWord = problem.New(problem.Invalid, "unknown-value") // an enumerated value outside its list
	ErrTooLong     = problem.New(problem.Invalid, "too-long")
	ErrTooMuch     = problem.New(problem.Invalid, "too-many-entries") // a list of more members than can be taken
	ErrUnknownKey  = problem.New(problem.Invalid, "not-in-the-form")
	ErrFigure      = problem.New(problem.Invalid, "not-a-figure")
	ErrOutside     = problem.New(problem.Invalid, "number-outside")
)

// Kind is what a field takes, and how its answer is written as JSON.
type Kind string

const (
	Part         Kind = "part"         // the proposal's own fields, by the part's name; no answer
	Text         Kind = "text"         // a line
	Long         Kind = "long"         // several
	Code         Kind = "code"         // a number of a record within its list, such as 1.2; a text
	Choice       Kind = "choice"       // one code of Values, of List, or of those that From finds
	Choices      Kind = "choices"      // several, in the order of the list
	Number       Kind = "number"       // a whole one
	Figure       Kind = "figure"       // a decimal, as text: no float
	Money        Kind = "money"        // {"amount": "…", "currency": "…"}
	Date         Kind = "date"         // 2026-11-30
	Month        Kind = "month"        // 2026-11
	Yes          Kind = "yes"          // true or false
	Organisation Kind = "organisation" // its id, one of Among
	Years        Kind = "years"        // a figure for each year of the programme, "" where there is none
	Quarters     Kind = "quarters"     // those of the programme, the first is 1
	List         Kind = "list"         // records of Fields
)

var kinds = []Kind{Part, Text, Long, Code, Choice, Choices, Number, Figure, Money, Date, Month, Yes, Organisation, Years, Quarters, List}

// phases are what forms are for: the two that a proposal is written in, and the
// narrative reports of a programme.
var phases = []string{"concept", "document", "report"}

// Form is one version of the form of a phase.
type Form struct {
	Format   int           `yaml:"format" json:"-"`
	Phase    string        `yaml:"phase" json:"phase"` // one of phases
	Version  int           `yaml:"version" json:"version"`
	Title    charter.Names `yaml:"title" json:"title"`
	Rules    []string      `yaml:"rules" json:"rules"` // across fields; see rules.go
	Sections []Section     `yaml:"sections" json:"sections"`

	draft, whole compiled
}

// Section is what stands on one page.
type Section struct {
	Key    string        `yaml:"key" json:"key"`
	Title  charter.Names `yaml:"title" json:"title"`
	Lead   charter.Names `yaml:"lead" json:"lead"`
	Fields []Field       `yaml:"fields" json:"fields"`
}

// Field is one question.
type Field struct {
	Key          string        `yaml:"key" json:"key"` // of the answer; of a part, which one
	Kind         Kind          `yaml:"kind" json:"kind"`
	Label        charter.Names `yaml:"label" json:"label,omitempty"`
	Help         charter.Names `yaml:"help" json:"help,omitempty"`
	Example      charter.Names `yaml:"example" json:"example,omitempty"` // of a good answer
	Row          charter.Names `yaml:"row" json:"row,omitempty"`         // what one record of a list is called
	Required     bool          `yaml:"required" json:"required,omitempty"`
	RequiredWhen *When         `yaml:"required_when" json:"required_when,omitempty"`
	Longest      int           `yaml:"longest" json:"longest,omitempty"` // characters of a text
	Most         int           `yaml:"most" json:"most,omitempty"`       // members of a list or choices
	Minimum      int           `yaml:"minimum" json:"minimum,omitempty"` // of a number
	Maximum      int           `yaml:"maximum" json:"maximum,omitempty"`
	Values       []Value       `yaml:"values" json:"values,omitempty"`
	List         string        `yaml:"list" json:"list,omitempty"`   // a reference list: sdg-goals, sdg-targets
	From         string        `yaml:"from" json:"from,omitempty"`   // where in the answers the choices stand: results/outputs/code
	Among        string        `yaml:"among" json:"among,omitempty"` // participants, or signatories: those and the owner states
	FromConcept  string        `yaml:"from_concept" json:"-"`        // the concept note's field that it begins with
	Fields       []Field       `yaml:"fields" json:"fields,omitempty"`
}

// When makes a field needed where another of the same record has a value.
type When struct {
	Field string `yaml:"field" json:"field"`
	Is    string `yaml:"is" json:"is"`
}

// Value is one answer of a choice.
type Value struct {
	Code  string        `yaml:"code" json:"code"`
	Label charter.Names `yaml:"label" json:"label"`
}

// parts are the proposal's own fields by the name of the part that shows them.
var parts = map[string][]string{
	"basics":  {"title", "summary", "language"},
	"scope":   {"scope", "state", "other_states", "area", "objectives"},
	"markers": {"markers"},
	"shares":  {"shares", "budget"},   // what is asked follows from the budget, where there is one
	"results": {"results", "outputs"}, // of a report: what the indicators reached, and the outputs
}

//go:embed *.yaml
var documents embed.FS

var released = load(documents)

// Find gives the form of a phase by its version.
func Find(phase string, version int) (*Form, error) {
	for _, f := range released {
		if f.Phase == phase && f.Version == version {
			return f, nil
		}
	}
	return nil, ErrNoForm.With("phase", phase, "version", version)
}

// All lists every form ever released, by phase and version.
func All() []*Form { return slices.Clone(released) }

// Newest is the form that a new call is offered.
func Newest(phase string) int {
	newest := 0
	for _, f := range released {
		if f.Phase == phase {
			newest = max(newest, f.Version)
		}
	}
	return newest
}

func load(from fs.FS) []*Form {
	names, err := fs.Glob(from, "*-*.yaml")
	if err != nil {
		panic(err)
	}
	var all []*Form
	for _, name := range names {
		document, err := fs.ReadFile(from, name)
		if err != nil {
			panic(err)
		}
		f, err := Parse(document)
		if err != nil {
			panic("form: " + name + ": " + err.Error())
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b *Form) int { return cmp.Or(cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Version, b.Version)) })
	return all
}

// Parse reads a form's document and refuses one that could not be filled in: a key
// twice, a text that lacks a language, a kind, rule or list that nobody knows.
func Parse(document []byte) (*Form, error) {
	f := new(Form)
	if err := yaml.UnmarshalWithOptions(document, f, yaml.Strict()); err != nil {
		return nil, err
	}
	if f.Format != 1 || f.Version < 1 || !slices.Contains(phases, f.Phase) {
		return nil, fmt.Errorf("format, phase or version is none that is known")
	}
	for _, r := range f.Rules {
		if _, known := across[r]; !known {
			return nil, fmt.Errorf("no rule is called %s", r)
		}
	}
	sections, keys := map[string]bool{}, map[string]bool{}
	for _, s := range f.Sections {
		if s.Key == "" || sections[s.Key] {
			return nil, fmt.Errorf("section %q stands twice or has no key", s.Key)
		}
		sections[s.Key] = true
		if err := inSix(s.Key, s.Title, s.Lead); err != nil {
			return nil, err
		}
		if err := checkFields(s.Fields, keys); err != nil {
			return nil, fmt.Errorf("section %s: %w", s.Key, err)
		}
	}
	return f, inSix("title", f.Title)
}

// checkFields has keys of its own for each record.
func checkFields(fields []Field, keys map[string]bool) error {
	for _, d := range fields {
		known := slices.Contains(kinds, d.Kind)
		if d.Kind == Part {
			_, known = parts[d.Key]
		}
		if !known || d.Key == "" || keys[d.Key] {
			return fmt.Errorf("field %q is of no known kind, stands twice or has no key", d.Key)
		}
		keys[d.Key] = true
		if d.Kind == Part {
			continue
		}
		if err := inSix(d.Key, d.Label); err != nil {
			return err
		}
		for _, text := range []charter.Names{d.Help, d.Example, d.Row} {
			if len(text) > 0 && inSix(d.Key, text) != nil {
				return inSix(d.Key, text)
			}
		}
		for _, v := range d.Values {
			if err := inSix(d.Key+" "+v.Code, v.Label); err != nil {
				return err
			}
		}
		if d.List != "" && References[d.List] == nil {
			return fmt.Errorf("field %s: no list is called %s", d.Key, d.List)
		}
		if err := checkFields(d.Fields, map[string]bool{}); err != nil {
			return fmt.Errorf("%s: %w", d.Key, err)
		}
	}
	return nil
}

func inSix(what string, texts ...charter.Names) error {
	for _, t := range texts {
		for _, lang := range charter.Languages {
			if strings.TrimSpace(t[lang]) == "" {
				return fmt.Errorf("%s has no text in %s", what, lang)
			}
		}
	}
	return nil
}

// Fields are those that have answers, section by section.
func (f *Form) Fields() []Field {
	var all []Field
	for _, s := range f.Sections {
		for _, d := range s.Fields {
			if d.Kind != Part {
				all = append(all, d)
			}
		}
	}
	return all
}

// SectionOf is the key of the section that shows the field a JSON Pointer names:
// /answers/results/0/title, /title. "" where none does.
func (f *Form) SectionOf(pointer string) string {
	path := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	answer := path[0] == "answers" && len(path) > 1
	for _, s := range f.Sections {
		for _, d := range s.Fields {
			if answer && d.Kind != Part && d.Key == path[1] || !answer && d.Kind == Part && slices.Contains(parts[d.Key], path[0]) {
				return s.Key
			}
		}
	}
	return ""
}

// Section finds one by its key.
func (f *Form) Section(key string) (Section, bool) {
	i := slices.IndexFunc(f.Sections, func(s Section) bool { return s.Key == key })
	if i < 0 {
		return Section{}, false
	}
	return f.Sections[i], true
}

// Parts are the proposal's own fields that a section shows.
func (s Section) Parts() []string {
	var own []string
	for _, d := range s.Fields {
		if d.Kind == Part {
			own = append(own, parts[d.Key]...)
		}
	}
	return own
}
