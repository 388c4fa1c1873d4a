package charter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Stated is what a document says in the place of one rule, whether or not that can
// stand: of a version that is kept it always can, of a draft it may not.
type Stated struct {
	Path   string          // as in Line
	Kind   ValueKind       // of what may stand there
	Among  []string        // the words to choose from, where there is such a choice
	Value  json.RawMessage // a text, a whole number, true or false, a list of these, or a mapping of them
	Source string
	Reason string
}

// ValueKind is what may stand in the place of a rule's value.
type ValueKind string

const (
	KindNames    ValueKind = "names"    // a text in each of Languages
	KindNumber   ValueKind = "number"   // a whole one
	KindYesNo    ValueKind = "yes-no"   // true or false
	KindOne      ValueKind = "one-of"   // one word of Among
	KindSome     ValueKind = "some-of"  // a list of words of Among, whose order may count
	KindFraction ValueKind = "fraction" // {numerator, denominator}
	KindNumbers  ValueKind = "numbers"  // a list of whole numbers
	KindTexts    ValueKind = "texts"    // a list
	KindText     ValueKind = "text"
	KindRate     ValueKind = "rate"      // "0.07"
	KindAmount   ValueKind = "amount"    // "250.00 USD"
	KindCurrency ValueKind = "currency"  // "USD"
	KindZone     ValueKind = "zone"      // "Europe/Zurich"
	KindMonthDay ValueKind = "month-day" // "04-30"
	KindDays     ValueKind = "days"      // a list of "2026-01-01"
)

var kinds = map[reflect.Type]ValueKind{
	reflect.TypeFor[Names]():    KindNames,
	reflect.TypeFor[Fraction](): KindFraction,
	reflect.TypeFor[Rate]():     KindRate,
	reflect.TypeFor[Amount]():   KindAmount,
	reflect.TypeFor[Currency](): KindCurrency,
	reflect.TypeFor[Zone]():     KindZone,
	reflect.TypeFor[MonthDay](): KindMonthDay,
	reflect.TypeFor[[]Date]():   KindDays,
}

// kindOf is what may stand in a value of a type, and the words to choose from.
func kindOf(t reflect.Type) (ValueKind, []string) {
	if kind, ok := kinds[t]; ok {
		return kind, nil
	}
	if e, ok := reflect.Zero(t).Interface().(enumerated); ok {
		return KindOne, e.among()
	}
	switch t.Kind() {
	case reflect.Int:
		return KindNumber, nil
	case reflect.Bool:
		return KindYesNo, nil
	case reflect.Slice:
		if t.Elem() == reflect.TypeFor[Weekday]() {
			return KindSome, []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
		}
		switch kind, among := kindOf(t.Elem()); kind {
		case KindOne:
			return KindSome, among
		case KindNumber:
			return KindNumbers, nil
		}
		return KindTexts, nil
	}
	return KindText, nil
}

// node is a piece of a document as a tree: a rule, a group of nodes by key, a list of
// groups, or a plain text such as a list member's key.
type node struct {
	key   string
	path  string
	of    reflect.Type // of a list's members
	rule  *Stated
	kids  []*node
	plain string // JSON, of a text or number that is no rule
}

// tree is a version of the rules as a document says it.
func (c Charter) tree() *node { return grow(reflect.ValueOf(c), "", "") }

func grow(v reflect.Value, key, path string) *node {
	n := &node{key: key, path: path}
	if rule, ok := v.Interface().(evidenced); ok {
		value, source, reason := rule.evidence()
		kind, among := kindOf(v.FieldByName("Value").Type())
		n.rule = &Stated{Path: path, Kind: kind, Among: among, Value: packed(bare(reflect.ValueOf(value))), Source: string(source), Reason: reason}
		return n
	}
	if day, ok := v.Interface().(time.Time); ok {
		n.plain = string(packed(day.Format(time.DateOnly)))
		return n
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			key := keyOf(v.Type().Field(i).Name)
			n.kids = append(n.kids, grow(v.Field(i), key, path+"/"+key))
		}
	case reflect.Slice:
		n.of = v.Type().Elem()
		for i := range v.Len() {
			key := v.Index(i).Field(0).String()
			n.kids = append(n.kids, grow(v.Index(i), key, path+"/"+key))
		}
	default:
		n.plain = string(packed(v.Interface()))
	}
	return n
}

// bare is a value in the form that a document has it in.
func bare(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case Names:
		return map[string]string(x)
	case Fraction:
		return map[string]int{"numerator": x.Numerator, "denominator": x.Denominator}
	case Zone:
		if x.Location == nil {
			return "" // of a member that was just added
		}
		return x.String()
	case fmt.Stringer:
		return x.String()
	}
	if v.Kind() == reflect.Slice {
		list := make([]any, v.Len())
		for i := range list {
			list[i] = bare(v.Index(i))
		}
		return list
	}
	return v.Interface()
}

// packed is JSON in its one spelling here: no space, members sorted by name, nothing
// escaped that need not be.
func packed(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("charter: a value that JSON cannot say: " + err.Error()) // they are texts, numbers and truths
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// repacked is any JSON in that spelling; nothing where it is none.
func repacked(raw json.RawMessage) json.RawMessage {
	v, err := unpacked(raw)
	if err != nil {
		return nil
	}
	return packed(v)
}

func unpacked(raw json.RawMessage) (v any, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // a number keeps its spelling
	err = dec.Decode(&v)
	return v, err
}

// rules lists the rules under a node, in the order of the document.
func (n *node) rules() []Stated {
	if n.rule != nil {
		return []Stated{*n.rule}
	}
	var all []Stated
	for _, k := range n.kids {
		all = append(all, k.rules()...)
	}
	return all
}

// at finds the node of a path, and what it stands in; nil where there is none.
func (n *node) at(path string) (found, in *node) {
	found = n
	for _, key := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		i := slices.IndexFunc(found.kids, func(k *node) bool { return k.key == key })
		if i < 0 {
			return nil, found
		}
		found, in = found.kids[i], found
	}
	return found, in
}

// named turns a pointer into the document, which counts the members of lists, into one
// that calls them by their keys, and says which rule it is in: "" where in none.
func (n *node) named(pointer string) (path, rule string) {
	at := n
	for _, token := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		if token == "" {
			continue
		}
		next := (*node)(nil)
		if at != nil && at.rule == nil {
			if i, err := strconv.Atoi(token); at.of != nil && err == nil && i < len(at.kids) {
				next = at.kids[i]
			} else if i := slices.IndexFunc(at.kids, func(k *node) bool { return k.key == token }); i >= 0 {
				next = at.kids[i]
			}
		}
		if next != nil {
			token, at = next.key, next
			if next.rule != nil {
				rule = next.path
			}
		} else if at != nil && at.rule == nil {
			at = nil
		}
		path += "/" + token
	}
	return path, rule
}

// Stated lists every rule as the document has it, in its order.
func (c Charter) Stated() []Stated { return c.tree().rules() }

// Document writes a version of the rules as YAML that Parse reads back to the same.
// What was read in an older format is written in the newest, its rules in full.
func (c Charter) Document() []byte {
	c.Format = Format
	return c.tree().document()
}

func (n *node) document() []byte {
	var b bytes.Buffer
	for _, k := range n.kids {
		k.write(&b, 0)
	}
	return b.Bytes()
}

func (n *node) write(b *bytes.Buffer, depth int) {
	pad := strings.Repeat("  ", depth)
	switch {
	case n.rule != nil:
		fmt.Fprintf(b, "%s%s:\n", pad, n.key)
		v, _ := unpacked(n.rule.Value)
		writeValue(b, pad+"  value:", pad+"    ", v)
		fmt.Fprintf(b, "%s  source: %s\n%s  reason: %s\n", pad, quoted(n.rule.Source), pad, quoted(n.rule.Reason))
	case n.of != nil && len(n.kids) == 0:
		fmt.Fprintf(b, "%s%s: []\n", pad, n.key)
	case n.of != nil:
		fmt.Fprintf(b, "%s%s:\n", pad, n.key)
		for _, member := range n.kids {
			lead := "- "
			for _, k := range member.kids {
				var piece bytes.Buffer
				k.write(&piece, depth+2)
				b.WriteString(pad + "  " + lead)
				b.Write(piece.Bytes()[len(pad)+4:])
				lead = "  "
			}
		}
	case n.plain != "":
		v, _ := unpacked(json.RawMessage(n.plain))
		writeValue(b, pad+n.key+":", "", v)
	default:
		fmt.Fprintf(b, "%s%s:\n", pad, n.key)
		for _, k := range n.kids {
			k.write(b, depth+1)
		}
	}
}

// writeValue writes what stands after a key: on its line, or below it.
func writeValue(b *bytes.Buffer, key, pad string, v any) {
	switch v := v.(type) {
	case []any:
		if len(v) == 0 {
			fmt.Fprintf(b, "%s []\n", key)
			return
		}
		fmt.Fprintf(b, "%s\n", key)
		for _, x := range v {
			fmt.Fprintf(b, "%s- %s\n", pad, scalar(x))
		}
	case map[string]any:
		fmt.Fprintf(b, "%s\n", key)
		for _, name := range sorted(v) {
			fmt.Fprintf(b, "%s%s: %s\n", pad, quoted(name), scalar(v[name]))
		}
	default:
		fmt.Fprintf(b, "%s %s\n", key, scalar(v))
	}
}

func scalar(v any) string {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		if numberForm.MatchString(v.String()) {
			return v.String()
		}
		return quoted(v.String()) // which the reader then refuses by name
	case string:
		return quoted(v)
	}
	return quoted(string(packed(v)))
}

// quoted is a text between double quotes. What a reader would not see becomes the
// character that stands for an unreadable one: a document refuses that as it would them.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case hidden(c):
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
