package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// At is where answers stand in a proposal, as a JSON Pointer.
const At = "/answers"

// Tidy puts a draft's answers in one form and refuses only what could not be
// kept, each at its field: a key that the form has not, a value of another kind.
// What is empty goes, choices stand once and in the order of their list, amounts
// have their decimals.
func (f *Form) Tidy(answers map[string]any) (map[string]any, []problem.Problem) {
	var c canon
	tidied := c.record(f.Fields(), answers, At)
	found := append(c.found, faults(f.draft.get("draft.json", f.Schema(false)), tidied)...)
	return tidied, found
}

// Incomplete lists what the answers lack for the form's own schema.
func (f *Form) incomplete(answers map[string]any) []problem.Problem {
	if answers == nil {
		answers = map[string]any{}
	}
	return faults(f.whole.get("form.json", f.Schema(true)), answers)
}

// canon writes answers in their one form.
type canon struct{ found []problem.Problem }

func (c *canon) record(fields []Field, given map[string]any, at string) map[string]any {
	out := map[string]any{}
	for key, v := range given {
		where := at + "/" + escaped(key)
		i := slices.IndexFunc(fields, func(d Field) bool { return d.Key == key })
		if i < 0 {
			out[key] = v // the schema refuses it by its name
			continue
		}
		if v = c.value(fields[i], v, where); v != nil {
			out[key] = v
		}
	}
	return out
}

// value is nil for nothing.
func (c *canon) value(d Field, v any, at string) any {
	switch v := v.(type) {
	case string:
		if strings.ContainsRune(v, 0) {
			c.found = append(c.found, ErrMalformed.At(at))
		}
		if strings.TrimSpace(v) == "" {
			return nil
		}
		return strings.ReplaceAll(v, "\r\n", "\n")
	case int:
		return json.Number(strconv.Itoa(v))
	case map[string]any:
		if d.Kind == Money {
			return c.money(v, at)
		}
	case []any:
		return c.members(d, v, at)
	}
	return v
}

func (c *canon) members(d Field, list []any, at string) any {
	out := make([]any, 0, len(list))
	for i, v := range list {
		where := fmt.Sprintf("%s/%d", at, i)
		switch r, isRecord := v.(map[string]any); {
		case d.Kind == List && isRecord:
			v = c.record(d.Fields, r, where)
		case d.Kind == Years && v == nil:
			v = ""
		case d.Kind == Years:
		default:
			v = c.value(d, v, where)
		}
		if v == nil || (d.Kind == Choices || d.Kind == Quarters) && slices.Contains(out, v) {
			continue
		}
		out = append(out, v)
	}
	switch d.Kind {
	case Choices:
		order := d.codes()
		slices.SortStableFunc(out, func(a, b any) int { return slices.Index(order, a) - slices.Index(order, b) })
	case Quarters:
		slices.SortStableFunc(out, func(a, b any) int { return whole(a) - whole(b) })
	case Years:
		for len(out) > 0 && out[len(out)-1] == "" {
			out = out[:len(out)-1]
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (c *canon) money(v map[string]any, at string) any {
	amount, _ := v["amount"].(string)
	currency, _ := v["currency"].(string)
	if amount == "" && len(v) <= 2 {
		return nil
	}
	m, err := ledger.Parse(amount, ledger.Currency(currency))
	var p problem.Problem
	if errors.As(err, &p) {
		c.found = append(c.found, p.At(at+"/amount"))
		return v
	}
	v["amount"] = m.Text()
	return v
}

// faults are a schema's findings as the fund's refusals.
func faults(s *jsonschema.Schema, answers map[string]any) []problem.Problem {
	err := s.Validate(answers)
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return nil
	}
	var found []problem.Problem
	leaves(invalid, &found)
	slices.SortStableFunc(found, func(a, b problem.Problem) int { return strings.Compare(a.Field, b.Field) })
	return slices.CompactFunc(found, func(a, b problem.Problem) bool { return a.Code == b.Code && a.Field == b.Field })
}

func leaves(e *jsonschema.ValidationError, found *[]problem.Problem) {
	if len(e.Causes) > 0 {
		for _, c := range e.Causes {
			leaves(c, found)
		}
		return
	}
	at := At
	for _, part := range e.InstanceLocation {
		at += "/" + escaped(part)
	}
	add := func(p problem.Problem, below string) {
		if below != "" {
			below = "/" + escaped(below)
		}
		*found = append(*found, p.At(at+below))
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		for _, key := range k.Missing {
			add(ErrRequired, key)
		}
	case *kind.AdditionalProperties:
		for _, key := range k.Properties {
			add(ErrUnknownKey.With("given", clip(key)), key)
		}
	case *kind.MaxLength:
		add(ErrTooLong.With("limit", k.Want), "")
	case *kind.MaxItems:
		add(ErrTooMuch.With("limit", k.Want), "")
	case *kind.Enum:
		add(ErrUnknownWord.With("given", clip(fmt.Sprint(k.Got))), "")
	case *kind.Minimum:
		add(ErrOutside.With("given", k.Got.RatString()), "")
	case *kind.Maximum:
		add(ErrOutside.With("given", k.Got.RatString()), "")
	case *kind.Pattern:
		if strings.HasSuffix(k.Want, figurePattern) {
			add(ErrFigure.With("given", clip(k.Got)), "")
			return
		}
		add(ErrMalformed, "")
	default:
		add(ErrMalformed, "")
	}
}

// written is the one way in which JSON is written here.
func written(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("form: " + err.Error()) // made of maps and texts
	}
	return string(b)
}

func escaped(key string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(key) }

func clip(s string) string {
	if r := []rune(strings.ReplaceAll(s, "\x00", "")); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// whole is a whole number out of an answer, 0 where it is none.
func whole(v any) int {
	n, ok := v.(json.Number)
	if !ok {
		return 0
	}
	i, err := strconv.Atoi(n.String())
	if err != nil {
		return 0
	}
	return i
}

// Begun is what a draft of this form begins with, out of answers to another: those
// it has a field of the same key and shape for, and those that one of its fields
// says it begins with.
func (f *Form) Begun(earlier map[string]any) map[string]any {
	out := map[string]any{}
	for _, d := range f.Fields() {
		v, answered := earlier[d.Key]
		if !answered && d.FromConcept != "" {
			v, answered = earlier[d.FromConcept]
		}
		if !answered {
			continue
		}
		if tidied, found := f.Tidy(map[string]any{d.Key: v}); len(found) == 0 && tidied[d.Key] != nil {
			out[d.Key] = tidied[d.Key]
		}
	}
	return out
}
