package form

import (
	"regexp"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What bounds a draft: no rules of the fund, but what can be kept.
const (
	longestDraft = 50_000 // characters of one text
	mostDraft    = 300    // members of one list
)

const (
	figurePattern = `^-?[0-9]{1,15}([.][0-9]{1,6})?$`
	amountPattern = `^[0-9]{1,15}([.][0-9]{1,3})?$`
)

var figure = regexp.MustCompile(figurePattern)

// IsFigure tells whether a text is a decimal figure as the forms take it.
func IsFigure(text string) bool { return figure.MatchString(text) }

// Schema is the JSON Schema (2020-12) of the form's answers: complete, or as far
// as a draft is held to it, in which anything may be missing, too long or unfinished.
func (f *Form) Schema(complete bool) map[string]any {
	s := record(f.Fields(), complete)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	return s
}

func record(fields []Field, complete bool) map[string]any {
	properties, required, when := map[string]any{}, []any{}, []any{}
	for _, d := range fields {
		properties[d.Key] = d.schema(complete)
		if !complete {
			continue
		}
		if d.Required {
			required = append(required, d.Key)
		}
		if w := d.RequiredWhen; w != nil {
			when = append(when, map[string]any{
				"if":   map[string]any{"required": []any{w.Field}, "properties": map[string]any{w.Field: map[string]any{"const": w.Is}}},
				"then": map[string]any{"required": []any{d.Key}}})
		}
	}
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	if len(when) > 0 {
		s["allOf"] = when
	}
	return s
}

func (d Field) schema(complete bool) map[string]any {
	most := mostDraft
	if complete && d.Most > 0 {
		most = d.Most
	}
	switch d.Kind {
	case Choice:
		if codes := d.codes(); len(codes) > 0 {
			return map[string]any{"enum": codes}
		}
	case Choices:
		return map[string]any{"type": "array", "items": map[string]any{"enum": d.codes()}, "uniqueItems": true, "maxItems": most}
	case Number:
		s := map[string]any{"type": "integer", "minimum": -1_000_000_000, "maximum": 1_000_000_000}
		if complete {
			s["minimum"], s["maximum"] = d.Minimum, d.Maximum
		}
		return s
	case Figure:
		if complete {
			return map[string]any{"type": "string", "pattern": figurePattern}
		}
		return map[string]any{"type": "string", "maxLength": 60}
	case Money:
		return map[string]any{"type": "object", "additionalProperties": false, "required": []any{"amount", "currency"},
			"properties": map[string]any{"amount": map[string]any{"type": "string", "pattern": amountPattern}, "currency": map[string]any{"enum": []any{"USD"}}}}
	case Date:
		return map[string]any{"type": "string", "format": "date"}
	case Month:
		return map[string]any{"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}
	case Yes:
		return map[string]any{"type": "boolean"}
	case Organisation:
		return map[string]any{"type": "string", "format": "uuid"}
	case Years:
		item := map[string]any{"type": "string", "maxLength": 60}
		if complete {
			item = map[string]any{"type": "string", "pattern": "^$|" + figurePattern}
		}
		return map[string]any{"type": "array", "items": item, "maxItems": 20}
	case Quarters:
		return map[string]any{"type": "array", "items": map[string]any{"type": "integer", "minimum": 1, "maximum": 80}, "uniqueItems": true}
	case List:
		return map[string]any{"type": "array", "items": record(d.Fields, complete), "maxItems": most}
	}
	longest := longestDraft
	if complete && d.Longest > 0 {
		longest = d.Longest
	}
	return map[string]any{"type": "string", "maxLength": longest}
}

// codes are those that a field chooses among, in their order.
func (d Field) codes() []any {
	var all []any
	for _, v := range d.Values {
		all = append(all, v.Code)
	}
	for _, r := range References[d.List] {
		all = append(all, r.Code)
	}
	return all
}

// compiled is a schema made ready when it is first needed.
type compiled struct {
	once   sync.Once
	schema *jsonschema.Schema
}

func (c *compiled) get(name string, schema map[string]any) *jsonschema.Schema {
	c.once.Do(func() {
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		if err := compiler.AddResource(name, plainly(schema)); err != nil {
			panic("form: " + err.Error())
		}
		c.schema = compiler.MustCompile(name)
	})
	return c.schema
}

// plainly has the schema as the compiler takes it: as if read from JSON.
func plainly(schema map[string]any) any {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(written(schema)))
	if err != nil {
		panic("form: " + err.Error())
	}
	return v
}
