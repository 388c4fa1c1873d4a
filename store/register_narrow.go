package store

import (
	"strings"

	"startupfund/domain"
)

// dimension is a field that a list is narrowed by, and counted by.
type dimension struct {
	name   string
	one    string // the field, where a proposal has one
	many   string // the field, where it has several
	kind   string // of PostgreSQL
	letter byte   // of its values in the register's facets; 0 of what follows from another's
	review string // the column apart that its values are packed in, where not everybody who sees a proposal sees them
}

// Dimensions are what a list can be narrowed by, and counted by.
var dimensions = []dimension{
	{"call", "call", "", "uuid", 'c', ""},
	{"stage", "stage", "", "text", 't', ""},
	{"phase", "phase", "", "text", 'h', ""},
	{"area", "area", "", "text", 'a', ""},
	{"scope", "scope", "", "text", 'w', ""},
	{"state", "", "states", "uuid", 's', ""},
	{"organisation", "organisation", "", "uuid", 'o', ""},
	{"lead", "lead", "", "uuid", 'd', ""},
	{"partner", "", "partners", "uuid", 'p', ""},
	{"objective", "", "objectives", "smallint", 'j', ""},
	{"goal", "", "goals", "text", 'g', ""},
	{"target", "", "targets", "text", 'k', ""},
	{"marker", "", "marks", "text", 'm', ""},
	{"language", "language", "", "text", 'l', ""},
	{"late", "late", "", "boolean", 'f', ""},
	{"assessor", "", "assessors", "uuid", 'r', "judged"},
	{"adviser", "", "advisers", "uuid", 'v', "advised"},
}

// Beside these, the region is counted by what the states are, and whose turn it is
// by the stage.
const (
	byRegion = "region"
	byTurn   = "turn"
)

// condition is one that a row of the register meets, and what stands for its parameters.
type condition struct {
	of   string // its dimension; "" is of none
	sql  string
	args []any
}

// view is a part of the register: the rows that by may see, in the form by may see
// them, and among these what was asked for.
type view struct {
	seen  string
	all   []condition
	best  string               // whatever a search looks for, as a tsquery; "" without one
	loose string               // the words of its phrases, anywhere; "" where it has no phrase
	begin string               // refs that begin so come first, as a pattern; "" is none
	sight map[string]condition // by dimension of the review: the rows where by sees it
}

func (v view) where() (string, []any) { return v.meeting(func(condition) bool { return true }) }

// unchosen leaves out what was chosen of fields: the counts look at that themselves.
func (v view) unchosen() (string, []any) {
	return v.meeting(func(c condition) bool { return c.of == "" || c.of == bySearch })
}

func (v view) meeting(kept func(condition) bool) (string, []any) {
	parts, args := []string{}, []any{}
	for _, c := range v.all {
		if kept(c) {
			parts, args = append(parts, "("+c.sql+")"), append(args, c.args...)
		}
	}
	return strings.Join(parts, " AND "), args
}

// register is the part of the register that was asked for, of what the actor may see;
// counted, where its values are counted too.
func (t *tx) register(f RegisterAsk, counted bool) (v view, err error) {
	// The register lies in memory, where a page here costs what a page there does; to
	// compile so short a query, or to share it among several, takes longer than to run it.
	if err := t.Exec(`SELECT set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`).Error; err != nil {
		return v, err
	}
	if v, err = t.registerReach(); err != nil {
		return v, err
	}
	if counted || len(f.Chosen["assessor"])+len(f.Chosen["adviser"]) > 0 {
		if v.sight, err = t.reviewSight(); err != nil {
			return v, err
		}
	}
	if err := t.seek(&v, f.Sought); err != nil {
		return v, err
	}
	add := func(of, sql string, args ...any) { v.all = append(v.all, condition{of, sql, args}) }
	for _, d := range dimensions {
		given := f.Chosen[d.name]
		if len(given) == 0 {
			continue
		}
		list := "{" + strings.Join(given, ",") + "}" // words without comma or quote: the API takes no other
		switch {
		case d.review != "":
			sight := v.sight[d.name]
			add(d.name, "e."+d.many+" && ?::uuid[] AND ("+sight.sql+")", append([]any{list}, sight.args...)...)
		case d.many != "":
			add(d.name, "e."+d.many+" && ?::"+d.kind+"[]", list)
		default:
			add(d.name, "e."+d.one+" = ANY (?::"+d.kind+"[])", list)
		}
	}
	if turns := f.Chosen[byTurn]; len(turns) > 0 {
		var in []string
		for _, w := range turns {
			for _, stage := range domain.Turn(w).Stages() {
				in = append(in, string(stage))
			}
		}
		add(byTurn, "e.stage = ANY (?::text[])", "{"+strings.Join(in, ",")+"}")
	}
	if regions := f.Chosen[byRegion]; len(regions) > 0 {
		of, err := t.regions()
		if err != nil {
			return v, err
		}
		var in []string
		for id, region := range of {
			for _, r := range regions {
				if r == region {
					in = append(in, id)
				}
			}
		}
		add(byRegion, "e.states && ?::uuid[]", "{"+strings.Join(in, ",")+"}")
	}
	if f.Least != nil {
		add("", "e.amount >= ?", *f.Least)
	}
	if f.Most != nil {
		add("", "e.amount <= ?", *f.Most)
	}
	if f.From != nil {
		add("", "e.submitted_key >= ?", t.charter.Begins(*f.From))
	}
	if f.Until != nil {
		add("", "e.submitted_key > '-infinity' AND e.submitted_key < ?", t.charter.Begins(f.Until.AddDate(0, 0, 1)))
	}
	return v, nil
}

// regions are the states' regions, by their ids.
func (t *tx) regions() (map[string]string, error) {
	rows, err := t.Raw(`SELECT id::text, iso3166 FROM organisations WHERE kind = 'state' AND iso3166 IS NOT NULL`).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	of := map[string]string{}
	for rows.Next() {
		var id, iso string
		if err := rows.Scan(&id, &iso); err != nil {
			return nil, err
		}
		if r := domain.RegionOf(iso); r != "" {
			of[id] = r
		}
	}
	return of, rows.Err()
}
