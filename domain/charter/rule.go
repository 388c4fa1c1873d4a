package charter

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Source says how well a value is founded.
type Source string

const (
	Known   Source = "known"   // read in, or derived from, what the fund or its agent published
	Assumed Source = "assumed" // not found in public: the deployment puts in the true value
)

func (Source) among() []string { return []string{string(Known), string(Assumed)} }

// Rule is one rule of the charter with its evidence.
type Rule[T any] struct {
	Value  T
	Source Source
	Reason string // where it was read, or why this was assumed
}

func (r Rule[T]) evidence() (any, Source, string) { return r.Value, r.Source, r.Reason }

// evidenced is any Rule, whatever its value.
type evidenced interface{ evidence() (any, Source, string) }

// Line is one rule as a page shows it.
type Line struct {
	Path   string // JSON Pointer, list members by their key: "/proposals/areas/area-1/objectives"
	Value  string // for names: the English one
	Source Source
	Reason string
	Names  Names // where the value is a name: in all languages, else nil
}

// Rules lists every rule, in the order of the document.
func (c Charter) Rules() []Line { return lines(reflect.ValueOf(c), "") }

func lines(v reflect.Value, path string) []Line {
	if rule, ok := v.Interface().(evidenced); ok {
		value, source, reason := rule.evidence()
		line := Line{Path: path, Value: written(value), Source: source, Reason: reason}
		line.Names, _ = value.(Names)
		return []Line{line}
	}
	var all []Line
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			all = append(all, lines(v.Field(i), path+"/"+keyOf(v.Type().Field(i).Name))...)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			all = append(all, lines(v.Index(i), path+"/"+v.Index(i).Field(0).String())...)
		}
	}
	return all
}

// written is a value as the page's table shows it: lists with commas.
func written(value any) string {
	if s, ok := value.(fmt.Stringer); ok {
		return s.String()
	}
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Slice {
		return fmt.Sprint(value)
	}
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i] = written(v.Index(i).Interface())
	}
	return strings.Join(parts, ", ")
}
