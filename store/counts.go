package store

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Count is how many proposals of a list have a value, were it chosen too.
type Count struct {
	Dimension, Value string
	Name             string // of what the value is the id of; "" of a word
	N                int
}

// Counted is how long a list is, and how it divides.
type Counted struct {
	Total  int
	Counts []Count // by dimension, the most first
}

// mostCounted bounds the values of one dimension: the rest is found by searching.
const mostCounted = 300

// CountProposals counts what Proposals lists, by every dimension. Each is counted under
// what was chosen of the others: a person sees what choosing another value would give.
func (s *Store) CountProposals(ctx context.Context, by domain.Actor, f RegisterAsk) (Counted, error) {
	return read(ctx, s, by, func(t *tx) (Counted, error) {
		v, err := t.register(f, true)
		if err != nil {
			return Counted{}, err
		}
		regions, err := t.regions()
		if err != nil {
			return Counted{}, err
		}
		packed, args := v.packed()
		where, of := v.unchosen()
		var facets []byte
		if err := t.Raw(`SELECT string_agg(`+packed+`, '\x00') FROM register e WHERE `+where, append(args, of...)...).Row().Scan(&facets); err != nil {
			return Counted{}, err
		}
		c := newTally(f.Chosen, regions)
		c.add(facets)
		return t.called(c.counted())
	})
}

// packed is a row's values as the tally reads them: what an index holds, what it could
// not hold, and of the review what the actor sees.
func (v view) packed() (string, []any) {
	sql, args := `coalesce(e.facets, (SELECT facets_of(x) FROM register x WHERE x.seen = e.seen AND x.proposal = e.proposal))`, []any{}
	for _, d := range dimensions {
		if sight := v.sight[d.name]; d.review != "" && sight.sql != "false" {
			sql, args = sql+` || CASE WHEN `+sight.sql+` THEN e.`+d.review+` ELSE '' END`, append(args, sight.args...)
		}
	}
	return sql, args
}

// tally counts packed rows as they pass.
type tally struct {
	fields  []dimension
	of      [256]int          // by letter: which of the fields
	regions map[string]string // by the id of a state
	chosen  []map[string]bool // by field
	narrow  uint32            // the fields that something was chosen of
	total   int
	at      map[string]int // by a value as it is packed: which of the values
	values  []*counting
}

type counting struct {
	field, n int
	value    string
	chosen   bool
	follows  int // the value that it has too: a stage's turn, a state's region; 0 is none
}

// A turn and a region stand in no row: they follow from a stage and a state.
func newTally(chosen map[string][]string, regions map[string]string) *tally {
	c := &tally{fields: append(slices.Clip(dimensions), dimension{name: byTurn}, dimension{name: byRegion}), regions: regions,
		at: map[string]int{}, values: []*counting{{field: -1}}}
	c.chosen = make([]map[string]bool, len(c.fields))
	for i, f := range c.fields {
		c.of[f.letter] = i
		for _, v := range chosen[f.name] {
			if c.chosen[i] == nil {
				c.chosen[i] = map[string]bool{}
			}
			c.chosen[i][v], c.narrow = true, c.narrow|1<<i
		}
	}
	return c
}

// add counts rows that are packed as facets_of packs them, a nought between each two.
func (c *tally) add(rows []byte) {
	var row []int
	for len(rows) > 0 {
		row = row[:0]
		for len(rows) > 0 && rows[0] != 0 {
			n := 2 + int(rows[1])
			at, known := c.at[string(rows[:n])]
			if !known {
				at = c.learn(rows[:n])
			}
			row = append(row, at)
			if more := c.values[at].follows; more != 0 && !slices.Contains(row, more) {
				row = append(row, more)
			}
			rows = rows[n:]
		}
		c.row(row)
		if len(rows) > 0 {
			rows = rows[1:]
		}
	}
}

// learn takes in a value that no row had before.
func (c *tally) learn(packed []byte) int {
	field, value := c.of[packed[0]], string(packed[2:])
	name := c.fields[field].name
	if c.fields[field].kind == "uuid" {
		value = uuid.UUID(packed[2:]).String()
	}
	follows := 0
	switch name {
	case "stage":
		follows = c.derived(byTurn, string(domain.Stage(value).Turn()))
	case "state":
		if region := c.regions[value]; region != "" {
			follows = c.derived(byRegion, region)
		}
	}
	return c.put(string(packed), field, value, follows)
}

func (c *tally) derived(name, value string) int {
	if at, known := c.at[name+value]; known {
		return at
	}
	return c.put(name+value, slices.IndexFunc(c.fields, func(d dimension) bool { return d.name == name }), value, 0)
}

func (c *tally) put(key string, field int, value string, follows int) int {
	c.values = append(c.values, &counting{field: field, value: value, chosen: c.chosen[field][value], follows: follows})
	c.at[key] = len(c.values) - 1
	return c.at[key]
}

// row counts one: under all that was chosen, or, where it fails what was chosen of one
// field alone, for that field.
func (c *tally) row(values []int) {
	failed := c.narrow
	for _, at := range values {
		if v := c.values[at]; v.chosen {
			failed &^= 1 << v.field
		}
	}
	if failed == 0 {
		c.total++
	} else if bits.OnesCount32(failed) > 1 {
		return
	}
	for _, at := range values {
		if v := c.values[at]; failed == 0 || failed == 1<<v.field {
			v.n++
		}
	}
}

// counted is what was counted: the most of each field.
func (c *tally) counted() Counted {
	out := Counted{Total: c.total}
	for i, f := range c.fields {
		var of []Count
		for _, v := range c.values {
			if v.field == i && v.n > 0 {
				of = append(of, Count{Dimension: f.name, Value: v.value, N: v.n})
			}
		}
		slices.SortFunc(of, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
		out.Counts = append(out.Counts, of[:min(len(of), mostCounted)]...)
	}
	return out
}

// called puts the names of organisations and calls beside their ids, and equal counts in
// the order of their names.
func (t *tx) called(c Counted) (Counted, error) {
	var ids []string
	for _, x := range c.Counts {
		if len(x.Value) == 36 {
			ids = append(ids, x.Value)
		}
	}
	names, err := pairs[string, string](t.Raw(`SELECT i.id::text, coalesce(o.name, k.ref) FROM unnest(?::uuid[]) i(id) LEFT JOIN organisations o ON o.id = i.id LEFT JOIN calls k ON k.id = i.id
		WHERE o.id IS NOT NULL OR k.id IS NOT NULL`, "{"+strings.Join(ids, ",")+"}").Rows())
	if err != nil {
		return c, err
	}
	for i, x := range c.Counts {
		c.Counts[i].Name = names[x.Value]
	}
	slices.SortStableFunc(c.Counts, func(a, b Count) int {
		return cmp.Or(strings.Compare(a.Dimension, b.Dimension), b.N-a.N, strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
	return c, nil
}

var _ = ask(
	Question{"the-register-knows-who-reviews", "the register says otherwise than the scores and requests who assesses or advises on a proposal", `
		SELECT p.ref || ' ' || r.seen FROM register r JOIN proposals p ON p.id = r.proposal
		WHERE (r.assessors, r.advisers) IS DISTINCT FROM (assessors_of(p), advisers_of(p))`},
	Question{"the-register-is-of-what-is-said", "the register says something else than a proposal, or its last submission", `
		SELECT p.ref FROM proposals p LEFT JOIN register w ON w.proposal = p.id AND w.seen = 'written'
			LEFT JOIN register s ON s.proposal = p.id AND s.seen = 'submitted' LEFT JOIN proposal_versions v ON v.proposal = p.id AND v.n = p.submission
		WHERE (w.ref, w.title, w.area, w.stage, w.amount, w.version) IS DISTINCT FROM (p.ref, p.title, p.area, p.stage, p.amount, p.version)
			OR (v.n IS NULL) <> (s.proposal IS NULL)
			OR v.n IS NOT NULL AND (s.title, s.area, s.stage) IS DISTINCT FROM (coalesce(v.content::jsonb->>'title', ''), coalesce(v.content::jsonb->>'area', ''), p.stage)`},
	Question{"the-register-has-its-words", "a proposal of the register cannot be searched, or is searched by a version that was not the last", `
		SELECT r.ref FROM register r JOIN proposals p ON p.id = r.proposal LEFT JOIN register_words w ON w.proposal = r.proposal AND w.seen = r.seen
		WHERE w.n IS DISTINCT FROM CASE r.seen WHEN 'written' THEN 0 ELSE p.submission END`},
)
