package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// RegisterEntry is a proposal as lists show it: what is written to its insiders, to
// all others what was submitted last.
type RegisterEntry struct {
	domain.Proposal // without team, answers, shares and budget
	Goals           []string
	Late            bool // its first submission came after the call had closed
	Submitter       Named
	Owners          []Named // its states, the owner state first
	Excerpt         []domain.Piece
}

// RegisterAsk narrows and orders what is listed; what is zero narrows nothing.
type RegisterAsk struct {
	Sought      domain.Sought
	Chosen      map[string][]string // by dimension: one of these
	Least, Most *decimal.Decimal    // of the amount asked for, both included
	From, Until *time.Time          // days of the last submission, both included
	Order       string              // a column's name, with "-" before it the other way; "" is by ref, or what relevance best first
	Window
}

// dimension is a field that a list is narrowed by, and counted by.
type dimension struct {
	name   string
	one    string // the field, where a proposal has one
	many   string // the field, where it has several
	kind   string // of PostgreSQL
	letter byte   // of its values in the register's facets; 0 of what follows from another's
}

// Dimensions are what a list can be narrowed by, and counted by.
var dimensions = []dimension{
	{"call", "call", "", "uuid", 'c'},
	{"stage", "stage", "", "text", 't'},
	{"phase", "phase", "", "text", 'h'},
	{"area", "area", "", "text", 'a'},
	{"scope", "scope", "", "text", 'w'},
	{"state", "", "states", "uuid", 's'},
	{"organisation", "organisation", "", "uuid", 'o'},
	{"partner", "", "partners", "uuid", 'p'},
	{"objective", "", "objectives", "smallint", 'j'},
	{"goal", "", "goals", "text", 'g'},
	{"language", "language", "", "text", 'l'},
	{"late", "late", "", "boolean", 'f'},
}

// Beside these, the region is counted by what the states are, and whose turn it is
// by the stage.
const (
	byRegion = "region"
	byTurn   = "turn"
)

// orders are the columns that a list can go by, and how PostgreSQL reads the key back.
var orders = map[string]column{
	"ref": {"e.ref_key", "text"}, "title": {"e.title_key", "text"}, "organisation": {"e.organisation_key", "text"}, "state": {"e.state_key", "text"},
	"call": {"e.call_ref", "text"}, "area": {"e.area", "text"}, "stage": {"e.stage", "text"}, "amount": {"e.amount", "numeric"},
	"submitted": {"e.submitted_key", "timestamptz"},
}

// relevance is the order of a search: a ref that begins so, then titles, then the rest;
// the newest first.
const relevance = "relevance"

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
	best  string // whatever a search looks for, as a tsquery; "" without one
	begin string // refs that begin so come first, as a pattern; "" is none
}

func (v view) where() (string, []any) { return v.meeting(func(condition) bool { return true }) }

// unchosen leaves out what was chosen of fields: the counts look at that themselves.
func (v view) unchosen() (string, []any) {
	return v.meeting(func(c condition) bool { return c.of == "" })
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

// Proposals lists those within the actor's reach.
func (s *Store) Proposals(ctx context.Context, by domain.Actor, f RegisterAsk) (Page[RegisterEntry], error) {
	return read(ctx, s, by, func(t *tx) (Page[RegisterEntry], error) {
		v, err := t.register(f)
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		o, err := orderOf(f.Order, v)
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		after, err := f.places(o.name, 2)
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		var list []RegisterEntry
		var keys []string
		err = t.entries(v, o, after, f.fetch(), func(e RegisterEntry, key string) error {
			list, keys = append(list, e), append(keys, key)
			return nil
		})
		if err != nil {
			return Page[RegisterEntry]{}, err
		}
		n := 0
		p := pageOf(f.Window, list, func(RegisterEntry) string { n = f.limit() - 1; return keys[n] })
		return p, t.excerpts(v, f.Sought, p.Items)
	})
}

// EachProposal gives every proposal within the actor's reach that was asked for, one
// after the other, however many there are.
func (s *Store) EachProposal(ctx context.Context, by domain.Actor, f RegisterAsk, do func(RegisterEntry) error) error {
	_, err := read(ctx, s, by, func(t *tx) (struct{}, error) {
		v, err := t.register(f)
		if err != nil {
			return struct{}{}, err
		}
		o, err := orderOf(f.Order, v)
		if err != nil {
			return struct{}{}, err
		}
		// A slow line takes longer than any reading that is held does.
		if err := t.Exec(`SET LOCAL statement_timeout = '30min'`).Error; err != nil {
			return struct{}{}, err
		}
		return struct{}{}, t.entries(v, o, nil, 0, func(e RegisterEntry, _ string) error { return do(e) })
	})
	return err
}

// ordered is an order as SQL: the key, its kind, and which way.
type ordered struct {
	name, key, kind, way, after string
	args                        []any
}

func orderOf(asked string, v view) (ordered, error) {
	if asked == relevance && v.best == "" {
		asked = "" // a list that is no longer searched
	}
	switch {
	case asked == "" && v.best == "":
		asked = "ref"
	case asked == "" || asked == relevance:
		key := `CASE WHEN e.proposal IN (SELECT w.proposal FROM register_words w WHERE w.seen = '` + v.seen + `' AND dear(w.titles) @@ ?::tsquery) THEN 1 ELSE 0 END`
		args := []any{v.best}
		if v.begin != "" {
			key, args = `CASE WHEN e.ref LIKE ? THEN 2 ELSE `+key+` END`, append([]any{v.begin}, args...)
		}
		return ordered{relevance, key, "integer", "DESC", "<", args}, nil
	}
	name, down := strings.CutPrefix(asked, "-")
	column, known := orders[name]
	if !known {
		return ordered{}, domain.ErrUnknownWord.With("given", asked).At("/sort")
	}
	o := ordered{asked, column.key, column.kind, "ASC", ">", nil}
	if down {
		o.way, o.after = "DESC", "<"
	}
	return o, nil
}

// entries reads a part of the register in an order, after a place of it, and gives
// each entry with its place. A limit of 0 is none.
func (t *tx) entries(v view, o ordered, after []string, limit int, do func(RegisterEntry, string) error) error {
	where, args := v.where()
	query := `SELECT e.seen, e.proposal, e.ref_key, ` + o.key + ` AS k FROM register e WHERE ` + where
	args = append(append([]any{}, o.args...), args...)
	if after != nil {
		if !sound(o.kind, after[0]) {
			return domain.ErrMalformed.With("parameter", "after")
		}
		query += ` AND (` + o.key + `, e.ref_key) ` + o.after + ` (?::` + o.kind + `, ?)`
		args = append(append(args, o.args...), after[0], after[1])
	}
	query += ` ORDER BY k ` + o.way + `, e.ref_key ` + o.way
	if limit > 0 {
		query += ` LIMIT ?`
		args = append(args, limit)
	}
	rows, err := t.Raw(`SELECT e.proposal, e.ref, e.ref_key, e.call, e.call_ref, e.organisation, o.code, o.name, e.title, e.language, e.area, array_to_json(e.objectives),
			array_to_json(e.goals), e.scope, e.phase, e.stage, e.amount, e.currency, e.submitted_at, e.late, e.charter_version, e.version, x.k::text,
			coalesce((SELECT json_agg(json_build_object('ID', u.id, 'Code', s.code, 'Name', s.name) ORDER BY u.n)
				FROM unnest(e.states) WITH ORDINALITY u(id, n), LATERAL (SELECT code, name FROM organisations WHERE id = u.id OFFSET 0) s), '[]')
		FROM (`+query+`) x JOIN register e USING (seen, proposal) JOIN organisations o ON o.id = e.organisation
		ORDER BY x.k `+o.way+`, x.ref_key `+o.way, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, refKey, key, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if err := do(e, place(o.name, key, refKey)); err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanEntry(rows *sql.Rows) (e RegisterEntry, refKey, key string, err error) {
	var objectives, goals, owners []byte
	var amount decimal.Decimal
	var currency ledger.Currency
	if err = rows.Scan(&e.ID, &e.Ref, &refKey, &e.Call, &e.CallRef, &e.Organisation, &e.Submitter.Code, &e.Submitter.Name, &e.Title, &e.Language, &e.Area,
		&objectives, &goals, &e.Scope, &e.Phase, &e.Stage, &amount, &currency, &e.SubmittedAt, &e.Late, &e.CharterVersion, &e.Version, &key, &owners); err != nil {
		return e, "", "", err
	}
	for from, into := range map[*[]byte]any{&objectives: &e.Objectives, &goals: &e.Goals, &owners: &e.Owners} {
		if err := json.Unmarshal(*from, into); err != nil {
			return e, "", "", err
		}
	}
	e.Submitter.ID = e.Organisation
	asked := ledger.New(amount, currency)
	e.Shares = []domain.Asked{{Amount: &asked}} // their sum: it is what Amount tells
	if len(e.Owners) > 0 {
		e.State = e.Owners[0].ID
	}
	return e, refKey, key, nil
}

// sound tells whether a key that came back from outside is one of its kind.
func sound(kind, key string) bool {
	switch kind {
	case "numeric", "integer":
		_, err := decimal.NewFromString(key)
		return err == nil && len(key) < 30
	case "timestamptz":
		if key == "-infinity" {
			return true
		}
		_, err := time.Parse("2006-01-02 15:04:05.999999-07", key)
		return err == nil
	}
	return true
}

// excerpts fills in where each entry says what was looked for.
func (t *tx) excerpts(v view, s domain.Sought, list []RegisterEntry) error {
	if s.Nothing() || len(list) == 0 {
		return nil
	}
	at, ids := map[uuid.UUID]int{}, make([]uuid.UUID, len(list))
	for i, e := range list {
		at[e.ID], ids[i] = i, e.ID
	}
	rows, err := t.Raw(`SELECT proposal, left(body, ?) FROM register_words WHERE seen = ? AND proposal IN ?`, longestLooked, v.seen, ids).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var body string
		if err := rows.Scan(&id, &body); err != nil {
			return err
		}
		list[at[id]].Excerpt = s.Excerpt(body)
	}
	return rows.Err()
}

// longestLooked is how many letters of what a proposal says are looked through for an
// excerpt; the search itself has all of it.
const longestLooked = 12_000

// register is the part of the register that was asked for, of what the actor may see.
func (t *tx) register(f RegisterAsk) (v view, err error) {
	// The register lies in memory, where a page here costs what a page there does; to
	// compile so short a query, or to share it among several, takes longer than to run it.
	if err := t.Exec(`SELECT set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`).Error; err != nil {
		return v, err
	}
	if v, err = t.registerReach(); err != nil {
		return v, err
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
		if d.many != "" {
			add(d.name, "e."+d.many+" && ?::"+d.kind+"[]", list)
		} else {
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

// seek narrows to what says what is looked for, in whichever of the six languages it
// is written: each knows its own forms of a word. The last word may be a beginning.
func (t *tx) seek(v *view, s domain.Sought) error {
	if s.Nothing() {
		return nil
	}
	var parts []string
	var args []any
	if len(s.Words) > 0 {
		all := make([]string, 0, 6)
		for _, language := range []string{"en", "fr", "es", "ar", "ru"} {
			all, args = append(all, `websearch_to_tsquery(tongue('`+language+`'), folded(?))`), append(args, s.Phrases)
		}
		if !strings.Contains(s.Phrases, `"`) {
			all, args = append(all, `to_tsquery('simple', folded(?))`), append(args, strings.Join(s.Words, " & ")+":*")
		}
		parts = append(parts, "("+strings.Join(all, " || ")+")")
	}
	if pairs := s.Pairs(); len(pairs) > 0 {
		parts, args = append(parts, `to_tsquery('simple', ?)`), append(args, strings.Join(pairs, " & "))
	}
	if err := t.Raw(`SELECT (`+strings.Join(parts, " && ")+`)::text`, args...).Row().Scan(&v.best); err != nil {
		return err
	}
	// The kind stands in the query itself: each has an index of its own.
	found := `SELECT w.proposal FROM register_words w WHERE w.seen = '` + v.seen + `' AND dear(w.words) @@ ?::tsquery`
	args = []any{v.best}
	if s.Ref != "" {
		v.begin = s.Ref + "%"
		found += ` UNION SELECT r.proposal FROM register r WHERE r.seen = ? AND r.ref LIKE ?`
		args = append(args, v.seen, v.begin)
	}
	v.all = append(v.all, condition{"", "e.proposal IN (" + found + ")", args})
	return nil
}

// registerReach is reach for the register: the rows that the actor may see, of which
// those are left out that an interest takes out of sight.
func (t *tx) registerReach() (v view, err error) {
	by := t.by
	only := func(seen, sql string, args ...any) (view, error) {
		return view{seen: seen, all: []condition{{"", "e.seen = '" + seen + "'", nil}, {"", sql, args}}}, nil
	}
	org := by.Hat.Organisation
	switch {
	case by.Hat.Role == domain.Auditor:
		return only("written", "true")
	case by.Scope == domain.Any:
		if v, err = only("submitted", "true"); err != nil {
			return v, err
		}
		unseen, err := t.unseen()
		v.all = append(v.all, unseen...)
		return v, err
	case by.Hat.Role == domain.Applicant:
		return only("written", `e.proposal IN (SELECT r.proposal FROM register r WHERE r.seen = 'written' AND r.organisation = ?
			UNION SELECT x.proposal FROM proposal_team x WHERE x.person = ? AND x.organisation = ?)`, org, by.Person, org)
	case by.Hat.Role == domain.FocalPoint:
		return only("written", `e.states @> ARRAY[?::uuid]`, org)
	}
	return only("written", "false")
}

// unseen leaves out what an interest of the actor's organisation takes out of sight,
// by the rules that each proposal is judged under.
func (t *tx) unseen() (left []condition, err error) {
	if t.by.Hat.Role != domain.Member && t.by.Hat.Role != domain.Coordinator {
		return nil, nil
	}
	var versions []int
	if err := t.Raw(`SELECT version FROM charters c WHERE EXISTS (SELECT FROM calls k WHERE k.charter_version = c.version)`).Scan(&versions).Error; err != nil {
		return nil, err
	}
	org := t.by.Hat.Organisation
	for _, version := range versions {
		c, err := t.charterOf(version)
		if err != nil {
			return nil, err
		}
		kinds := domain.Unlisted(c, t.by.Hat.Role)
		if len(kinds) == 0 {
			continue
		}
		stakes := []string{`e.proposal IN (SELECT q.proposal FROM interests i JOIN questions q ON q.id = i.question WHERE i.organisation = ? AND i.kind IN ? AND q.proposal IS NOT NULL)`}
		args := []any{version, org, kinds}
		for _, k := range kinds {
			switch k {
			case charter.OwnState:
				stakes, args = append(stakes, `e.states @> ARRAY[?::uuid]`), append(args, org)
			case charter.OwnOrganisation:
				stakes, args = append(stakes, `e.organisation = ?`), append(args, org)
			case charter.ImplementingPartner:
				stakes, args = append(stakes, `e.partners @> ARRAY[?::uuid]`), append(args, org)
			}
		}
		left = append(left, condition{"", `NOT (e.charter_version = ? AND (` + strings.Join(stakes, " OR ") + `))`, args})
	}
	return left, nil
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
