package charter

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"startupfund/domain/problem"
)

// Parse reads one version of the charter. It takes the plain part of YAML alone:
// every key must be there, none twice, none unknown, nothing null, no anchors,
// aliases, tags or second document, and each value in the one form its rule has.
// What is wrong comes back as ErrInvalid, all of it at once.
func Parse(document []byte) (Charter, error) {
	body, broken := plain(document)
	if broken.Code != "" {
		return Charter{}, broken
	}
	var c Charter
	r := &reader{format: Format}
	r.read(body, reflect.ValueOf(&c).Elem(), "")
	if len(r.found) == 0 && c.Format < Format {
		fill(reflect.ValueOf(&c).Elem(), reflect.ValueOf(MustDefault()), c.Format)
	}
	if len(r.found) == 0 {
		r.found = c.check()
	}
	if len(r.found) > 0 {
		return Charter{}, problem.Join(r.found[:min(len(r.found), maxFound)])
	}
	return c, nil
}

// invalid is a refusal of what stands at path. A rule that leaves a choice says
// which after its name: "one-of known assumed", "between 1–50".
func invalid(path, rule string, given any) problem.Problem {
	name, allowed, _ := strings.Cut(rule, " ")
	return ErrInvalid.With("path", path, "rule", Breach(name), "allowed", allowed, "given", given).At(path)
}

// Breach is the name of what a document must keep, and does not:
// docs/decisions/0003-charter-as-dated-data.md lists them.
type Breach string

// reader fills a Charter from the tree and keeps what it found wrong.
type reader struct {
	format int // of the document: the first thing read
	found  []problem.Problem
}

// since is the format in which a field of the charter came in; 1 where its tag
// does not say.
func since(f reflect.StructField) int {
	if format, err := strconv.Atoi(f.Tag.Get("since")); err == nil {
		return format
	}
	return 1
}

// fill gives the rules that came in after a document's format what the shipped
// charter says: a version adopted before there was such a rule ran as if it held.
func fill(into, shipped reflect.Value, format int) {
	for i := range into.NumField() {
		switch f := into.Type().Field(i); {
		case since(f) > format:
			into.Field(i).Set(shipped.Field(i))
		case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]():
			if _, rule := into.Field(i).Interface().(evidenced); !rule {
				fill(into.Field(i), shipped.Field(i), format)
			}
		}
	}
}

func (r *reader) fail(path, rule string, given any) {
	r.found = append(r.found, invalid(path, rule, given))
}

// read fills a value from a node. Its type says what may stand there.
func (r *reader) read(n ast.Node, into reflect.Value, path string) {
	switch v := into.Addr().Interface().(type) {
	case texted:
		if text, ok := r.text(n, path); ok {
			if broken := v.take(text); broken != "" {
				r.fail(path, broken, clip(text))
			}
		}
		return
	case *time.Time:
		var day Date
		r.read(n, reflect.ValueOf(&day).Elem(), path)
		*v = day.Time
		return
	case *Names:
		r.names(n, v, path)
		return
	}
	switch into.Kind() {
	case reflect.Struct:
		r.fields(n, into, path)
	case reflect.Slice:
		r.list(n, into, path)
	case reflect.Int:
		r.number(n, into, path)
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok && (b.Token.Value == "true" || b.Token.Value == "false") {
			into.SetBool(b.Value)
			return
		}
		r.fail(path, "true-or-false", shown(n))
	case reflect.String:
		text, ok := r.text(n, path)
		if !ok {
			return
		}
		into.SetString(text)
		if e, ok := into.Interface().(enumerated); ok && !within(e, text) {
			r.fail(path, "one-of "+strings.Join(e.among(), " "), clip(text))
		}
	default:
		panic("charter: no reader for " + into.Type().String())
	}
}

// fields reads a mapping that has exactly the keys of a struct.
func (r *reader) fields(n ast.Node, into reflect.Value, path string) {
	values, ok := r.mapping(n, path)
	if !ok {
		return
	}
	for i := range into.NumField() {
		if since(into.Type().Field(i)) > r.format {
			continue // what an older document says there is unknown to it
		}
		key := keyOf(into.Type().Field(i).Name)
		if value, there := values[key]; there {
			r.read(value, into.Field(i), path+"/"+key)
			if format := into.Field(i); path+"/"+key == "/format" && format.Int() > 0 {
				r.format = int(format.Int())
			}
		} else {
			r.fail(path+"/"+key, "key-missing", "")
		}
		delete(values, key)
	}
	r.unknown(values, path)
}

// names reads a mapping of all six languages.
func (r *reader) names(n ast.Node, into *Names, path string) {
	values, ok := r.mapping(n, path)
	if !ok {
		return
	}
	*into = Names{}
	for _, language := range Languages {
		if value, there := values[language]; there {
			(*into)[language], _ = r.text(value, path+"/"+language)
		} else {
			r.fail(path+"/"+language, "key-missing", "")
		}
		delete(values, language)
	}
	r.unknown(values, path)
}

// mapping is a node's values by key.
func (r *reader) mapping(n ast.Node, path string) (map[string]ast.Node, bool) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.fail(path, "mapping", shown(n))
		return nil, false
	}
	values := make(map[string]ast.Node, len(m.Values))
	for _, pair := range m.Values {
		key, ok := pair.Key.(*ast.StringNode)
		if !ok {
			r.fail(path, "key-unknown", shown(pair.Key))
			continue
		}
		if _, twice := values[key.Value]; twice {
			r.fail(path+"/"+escape(key.Value), "key-twice", "")
			continue
		}
		values[key.Value] = pair.Value
	}
	return values, true
}

// unknown refuses the keys that are left, in the order of their names.
func (r *reader) unknown(left map[string]ast.Node, path string) {
	for _, key := range sorted(left) {
		r.fail(path+"/"+escape(key), "key-unknown", clip(key))
	}
}

func (r *reader) list(n ast.Node, into reflect.Value, path string) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fail(path, "list", shown(n))
		return
	}
	if len(s.Values) > maxList {
		r.fail(path, "list-length", len(s.Values))
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(s.Values), len(s.Values)))
	for i, value := range s.Values {
		r.read(value, into.Index(i), path+"/"+strconv.Itoa(i))
	}
}

// numberForm leaves out what YAML would read as octal, hexadecimal or with
// underscores.
var numberForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)

func (r *reader) number(n ast.Node, into reflect.Value, path string) {
	i, ok := n.(*ast.IntegerNode)
	if !ok || !numberForm.MatchString(i.Token.Value) {
		r.fail(path, "whole-number", shown(n))
		return
	}
	whole, _ := strconv.Atoi(i.Token.Value)
	into.SetInt(int64(whole))
}

// text is a string of a length to be read by people. An amount or a code written
// without quotes is a number to YAML and is refused here: 0.070 would lose its end.
func (r *reader) text(n ast.Node, path string) (string, bool) {
	var text string
	switch s := n.(type) {
	case *ast.StringNode:
		text = s.Value
	case *ast.LiteralNode:
		text = strings.TrimSpace(s.Value.Value)
	default:
		r.fail(path, "text", shown(n))
		return "", false
	}
	switch {
	case text == "" || strings.TrimSpace(text) != text:
		r.fail(path, "text-empty-or-padded", clip(text))
	case utf8.RuneCountInString(text) > maxText:
		r.fail(path, "text-length", utf8.RuneCountInString(text))
	case strings.ContainsFunc(text, hidden):
		r.fail(path, "text-hidden-characters", "")
	default:
		return text, true
	}
	return "", false
}

// hidden are characters that a reader does not see: controls, and the marks that
// turn the direction of writing, with which a text can be made to look another.
// Line ends inside a text are fine.
func hidden(c rune) bool {
	return c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) || c == utf8.RuneError
}

// keyOf is the key in the document of a field here: AdoptedBy is adopted_by.
func keyOf(field string) string {
	var b strings.Builder
	for i, c := range field {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// escape makes a key a token of a JSON Pointer (RFC 6901).
func escape(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(clip(key))
}

func shown(n ast.Node) string {
	if n == nil {
		return ""
	}
	switch n.(type) {
	case *ast.MappingNode, *ast.SequenceNode:
		return n.Type().String()
	}
	return clip(n.String())
}

// clip keeps an echo of the document short enough to show.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
