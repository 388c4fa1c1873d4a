package charter

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"startupfund/domain/problem"
)

// Deed is what an edit does.
type Deed string

const (
	Set    Deed = "set"    // a rule says this instead
	Add    Deed = "add"    // a list has one member more, its key the end of Path, empty until it is set
	Remove Deed = "remove" // a list has no such member any more
)

// Edit is one thing that a draft of a new version says otherwise than the version it
// starts from.
type Edit struct {
	Path   string // of a rule, or of a list's member, as in Line
	Do     Deed
	Value  json.RawMessage // of a rule, as in Stated
	Source string
	Reason string
}

// order puts edits in the one order in which they are done: members go, members come,
// rules are set; each by its path.
func order(edits []Edit) []Edit {
	rank := map[Deed]int{Remove: 0, Add: 1, Set: 2}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		if a.Do != b.Do {
			return rank[a.Do] - rank[b.Do]
		}
		return strings.Compare(a.Path, b.Path)
	})
	return edits
}

// Amended is a version of the rules with edits made to it. It may break any rule of a
// charter until Check finds nothing.
type Amended struct {
	base Charter
	root *node
	kept []Edit
}

// Amend makes edits to a version. Those that change nothing are left out of Edits; what
// no document could hold is refused with ErrInvalid: a place that is not there, a value
// of another kind than texts, numbers and truths, one place twice.
func Amend(base Charter, edits []Edit) (Amended, error) {
	base.Format = Format
	a := Amended{base: base, root: base.tree()}
	var found []problem.Problem
	last := ""
	for _, e := range order(edits) {
		broken := ""
		if last == string(e.Do)+e.Path {
			broken = "twice"
		} else {
			broken = a.make(e)
		}
		last = string(e.Do) + e.Path
		if broken != "" {
			found = append(found, invalid(clip(e.Path), broken, clip(string(e.Value))))
		}
	}
	return a, problem.Join(found)
}

// make does one edit, and says which rule it breaks, or "".
func (a *Amended) make(e Edit) string {
	at, in := a.root.at(e.Path)
	switch {
	case e.Do == Remove && at != nil && in.of != nil:
		in.kids = slices.DeleteFunc(in.kids, func(k *node) bool { return k == at })
	case e.Do == Add && at == nil && in.of != nil && in.of.Kind() == reflect.Struct && e.Path == in.path+"/"+lastKey(e.Path):
		key := lastKey(e.Path)
		if len(key) > 40 || !keyForm.MatchString(key) {
			return "key-form"
		}
		in.kids = append(in.kids, sprout(in.of, key, e.Path))
	case e.Do == Set && at != nil && at.rule != nil:
		value := repacked(e.Value)
		if !simple(value) {
			return "value-form"
		}
		if len(value) > maxLine {
			return "text-length"
		}
		if bytes.Equal(value, at.rule.Value) && e.Source == at.rule.Source && e.Reason == at.rule.Reason {
			return ""
		}
		e.Value, at.rule.Value, at.rule.Source, at.rule.Reason = value, value, e.Source, e.Reason
	case e.Do != Set && e.Do != Add && e.Do != Remove:
		return "one-of " + strings.Join(words(Set, Add, Remove), " ")
	case e.Do == Add && at != nil:
		return "twice"
	default:
		return "place-missing"
	}
	a.kept = append(a.kept, e)
	return ""
}

func lastKey(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// sprout is a new member of a list: its key, and rules that say nothing yet.
func sprout(of reflect.Type, key, path string) *node {
	v := reflect.New(of).Elem()
	v.Field(0).SetString(key)
	n := grow(v, key, path)
	for _, r := range n.under() {
		r.Source = string(Assumed)
		switch r.Kind {
		case KindNames:
			empty := map[string]string{}
			for _, language := range Languages {
				empty[language] = ""
			}
			r.Value = packed(empty)
		case KindAmount, KindRate, KindCurrency, KindMonthDay, KindZone:
			r.Value = packed("")
		}
	}
	return n
}

// under lists the rules of a node where they stand, to be changed.
func (n *node) under() (all []*Stated) {
	if n.rule != nil {
		return []*Stated{n.rule}
	}
	for _, k := range n.kids {
		all = append(all, k.under()...)
	}
	return all
}

// simple tells whether JSON is what a rule may hold: a text, a number or a truth, or a
// list or a mapping of these.
func simple(raw json.RawMessage) bool {
	v, err := unpacked(raw)
	if raw == nil || err != nil || v == nil {
		return false
	}
	leaf := func(v any) bool {
		switch v.(type) {
		case string, bool, json.Number:
			return true
		}
		return false
	}
	switch v := v.(type) {
	case []any:
		return len(v) <= maxList && !slices.ContainsFunc(v, func(x any) bool { return !leaf(x) })
	case map[string]any:
		for _, x := range v {
			if !leaf(x) {
				return false
			}
		}
		return len(v) <= len(Languages)
	}
	return leaf(v)
}

// Edits are those that change something, in the order in which they are made.
func (a Amended) Edits() []Edit { return a.kept }

// Stated lists every rule as the new version has it, in the order of the document.
func (a Amended) Stated() []Stated { return a.root.rules() }

// Lists are the paths of the lists whose members may come and go, in the order of the
// document.
func (a Amended) Lists() []string { return a.root.lists() }

func (n *node) lists() (all []string) {
	if n.of != nil && n.of.Kind() == reflect.Struct {
		all = append(all, n.path)
	}
	for _, k := range n.kids {
		all = append(all, k.lists()...)
	}
	return all
}

// Differences lists what the new version says otherwise than the one it starts from.
func (a Amended) Differences() []Difference { return differences(a.base.tree(), a.root) }

// Document is the new version: its number, its day of effect and the decision that
// adopted it stand in it.
func (a Amended) Document(version int, from time.Time, adoptedBy string) []byte {
	for _, head := range []struct {
		key   string
		value any
	}{{"version", version}, {"effective_from", from.Format(time.DateOnly)}, {"adopted_by", adoptedBy}} {
		at, _ := a.root.at("/" + head.key)
		at.plain = string(packed(head.value))
	}
	return a.root.document()
}

// Check says all that stands in the way of adopting the new version as it is. Path and
// field of each refusal call the members of lists by their keys.
func (a Amended) Check() []problem.Problem {
	_, err := Parse(a.Document(a.base.Version+1, a.base.EffectiveFrom, "draft"))
	p, ok := err.(problem.Problem)
	if !ok {
		return nil
	}
	all := append([]problem.Problem{p}, p.Also...)
	for i := range all {
		all[i].Also = nil
		pointer, _ := all[i].Params()["path"].(string)
		path, rule := a.root.named(pointer)
		if rule == "" {
			rule = path
		}
		all[i] = all[i].With("path", path).At(rule)
	}
	return all
}

// Difference is what two versions say of one rule; nil where one has no such rule.
type Difference struct {
	Path string
	Was  *Stated
	Is   *Stated
}

// Compare lists what a later version says otherwise than an earlier one, in the order
// of the later; what is gone stands at the end.
func Compare(was, is Charter) []Difference { return differences(was.tree(), is.tree()) }

func differences(was, is *node) []Difference {
	before := map[string]Stated{}
	for _, r := range was.rules() {
		before[r.Path] = r
	}
	list := []Difference{}
	for _, r := range is.rules() {
		old, there := before[r.Path]
		delete(before, r.Path)
		switch {
		case !there:
			list = append(list, Difference{r.Path, nil, &r})
		case !old.same(r):
			list = append(list, Difference{r.Path, &old, &r})
		}
	}
	for _, r := range was.rules() {
		if old, gone := before[r.Path]; gone {
			list = append(list, Difference{r.Path, &old, nil})
		}
	}
	return list
}

func (r Stated) same(other Stated) bool {
	return bytes.Equal(r.Value, other.Value) && r.Source == other.Source && r.Reason == other.Reason
}

// Since says for each rule of a version from which version on it has been as it is: all
// are the versions kept, in the order in which they took effect, up to that one.
func Since(all []Charter) map[string]Charter {
	since := map[string]Charter{}
	before := map[string]Stated{}
	for _, c := range all {
		now := map[string]Stated{}
		for _, r := range c.Stated() {
			if old, there := before[r.Path]; !there || !old.same(r) {
				since[r.Path] = c
			}
			now[r.Path] = r
		}
		before = now
	}
	return since
}
