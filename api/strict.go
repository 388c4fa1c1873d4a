package api

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"startupfund/domain"
)

// strict refuses what encoding/json would let pass: members not in the target,
// members in another case, members given twice, a second document, and nesting
// beyond reason. It says too what is of another kind than wanted, since it knows where:
// encoding/json leaves out in which line of a list.
func strict(raw []byte, target any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	w := walker{dec: dec}
	if err := w.value(reflect.TypeOf(target).Elem(), "", 0); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return domain.ErrMalformed
	}
	return nil
}

type walker struct{ dec *json.Decoder }

func (w walker) value(t reflect.Type, at string, depth int) error {
	if depth > deepestJSON {
		return domain.ErrMalformed
	}
	token, err := w.dec.Token()
	if err != nil {
		return domain.ErrMalformed
	}
	if word, ok := token.(string); ok {
		if err := readable(t, word, at); err != nil {
			return err
		}
	}
	if wanted := kindOf(t); token != nil && wanted != "" && wanted != brought(token, wanted) {
		return errType.With("wanted", wanted).At(at)
	}
	switch token {
	case json.Delim('{'):
		return w.object(t, at, depth)
	case json.Delim('['):
		for t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		var element reflect.Type
		if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) {
			element = t.Elem()
		}
		for i := 0; w.dec.More(); i++ {
			if err := w.value(element, at+"/"+strconv.Itoa(i), depth+1); err != nil {
				return err
			}
		}
		_, err = w.dec.Token()
	case nil:
		if t != nil && t.Kind() != reflect.Pointer && t.Kind() != reflect.Slice && t.Kind() != reflect.Map && t.Kind() != reflect.Interface {
			return errType.With("wanted", cmp.Or(kindOf(t), "object")).At(at) // null would leave the old value
		}
	}
	return err
}

// kindOf is what JSON Schema calls the values that a type is read from; "" where it
// takes any, or reads itself.
func kindOf(t reflect.Type) string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[time.Time]() {
		return "string"
	}
	if t == nil || t == reflect.TypeFor[json.Number]() || t.Kind() != reflect.Map && reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return ""
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return "string"
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "integer"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return "string" // bytes, as base64
		}
		return "array"
	}
	return ""
}

// brought is what a token begins. A number is an integer where one is wanted and it is one
// that a program can hold.
func brought(token json.Token, wanted string) string {
	switch x := token.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case json.Number:
		if _, err := x.Int64(); err == nil && wanted == "integer" {
			return "integer"
		}
		return "number"
	case json.Delim:
		if x == '[' {
			return "array"
		}
	}
	return "object"
}

// readable refuses a text that holds what nobody can see to be there, and one that
// is no id or instant where one is wanted.
func readable(t reflect.Type, word, at string) error {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[uuid.UUID]():
		if id, err := uuid.Parse(word); err != nil || id.String() != strings.ToLower(word) {
			return errType.With("wanted", "id").At(at)
		}
	case reflect.TypeFor[time.Time]():
		if i, err := time.Parse(time.RFC3339, word); err != nil || i.Year() < 1900 || i.Year() > 2200 {
			return errInstant.With("given", short(word)).At(at)
		}
	}
	if strings.ContainsFunc(word, deceives) {
		return domain.ErrUnseen.At(at)
	}
	return nil
}

// deceives tells of a rune that changes what is seen without being seen: controls
// but tab and line ends, what turns the direction of writing over, and what stands
// for bytes that were no text.
func deceives(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' || r >= '\u202a' && r <= '\u202e' || r == unicode.ReplacementChar
}

func (w walker) object(t reflect.Type, at string, depth int) error {
	seen := map[string]bool{}
	for w.dec.More() {
		token, err := w.dec.Token()
		if err != nil {
			return domain.ErrMalformed
		}
		name := token.(string)
		if strings.ContainsFunc(name, deceives) {
			return domain.ErrUnseen.At(at)
		}
		here := at + pointer(name)
		if seen[name] {
			return errTwice.With("member", short(name)).At(here)
		}
		seen[name] = true
		inner, known := member(t, name)
		if !known {
			return errUnknown.With("member", short(name)).At(here)
		}
		if err := w.value(inner, here, depth+1); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

// member is the type of t's member of exactly this name. A map, an interface and
// a type that reads itself take any.
func member(t reflect.Type, name string) (reflect.Type, bool) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == nil || t.Kind() == reflect.Interface || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return nil, true
	case t.Kind() == reflect.Map:
		return t.Elem(), true
	case t.Kind() != reflect.Struct:
		return nil, true // json.Unmarshal will say what was wanted
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Tag.Get("json") == "" {
			if inner, ok := member(f.Type, name); ok {
				return inner, true
			}
			continue
		}
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name && tag != "" && tag != "-" {
			return f.Type, true
		}
	}
	return nil, false
}
