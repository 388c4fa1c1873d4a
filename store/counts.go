package store

import (
	"context"
	"fmt"
	"strings"

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
		v, err := t.register(f)
		if err != nil {
			return Counted{}, err
		}
		return t.counted(v)
	})
}

func (t *tx) counted(v view) (out Counted, err error) {
	query, args, err := t.counting(v)
	if err != nil {
		return out, err
	}
	rows, err := t.Raw(`SELECT c.dimension, c.value, coalesce(o.name, k.ref, ''), c.n FROM (`+query+`) c
		LEFT JOIN organisations o ON c.dimension IN ('state', 'organisation', 'partner') AND o.id::text = c.value
		LEFT JOIN calls k ON c.dimension = 'call' AND k.id::text = c.value ORDER BY c.dimension, c.n DESC, 3, c.value`, args...).Rows()
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Dimension, &c.Value, &c.Name, &c.N); err != nil {
			return out, err
		}
		if c.Dimension == "" {
			out.Total = c.N
		} else {
			out.Counts = append(out.Counts, c)
		}
	}
	return out, rows.Err()
}

// counting is one reading of the rows in reach, with a mark for each dimension that
// something was chosen of, and a count by each over the marks of the others.
func (t *tx) counting(v view) (query string, args []any, err error) {
	var marks, all []string
	var of []string // the dimensions that the marks are of
	base := view{}
	for _, c := range v.all {
		if c.of == "" {
			base.all = append(base.all, c)
			continue
		}
		mark := fmt.Sprintf("m%d", len(marks))
		marks, of, all = append(marks, "("+c.sql+") AS "+mark), append(of, c.of), append(all, "e."+mark)
		args = append(args, c.args...)
	}
	where, rest := base.where("")
	args = append(args, rest...)
	columns := "e.proposal, e.stage, e.call, e.phase, e.area, e.scope, e.states, e.organisation, e.partners, e.objectives, e.goals, e.language, e.late"
	if len(marks) > 0 {
		columns += ", " + strings.Join(marks, ", ")
	}
	others := func(but string) string {
		kept := []string{"true"}
		for i, mark := range all {
			if of[i] != but {
				kept = append(kept, mark)
			}
		}
		return strings.Join(kept, " AND ")
	}
	parts := []string{`SELECT '' AS dimension, '' AS value, count(*) AS n FROM e WHERE ` + others("")}
	for _, d := range dimensions {
		if d.many != "" {
			parts = append(parts, fmt.Sprintf(`(SELECT '%s', x::text, count(*) FROM e, unnest(e.%s) x WHERE %s GROUP BY x ORDER BY 3 DESC LIMIT %d)`,
				d.name, d.many, others(d.name), mostCounted))
		} else {
			parts = append(parts, fmt.Sprintf(`(SELECT '%s', e.%s::text, count(*) FROM e WHERE %s AND e.%s::text <> '' GROUP BY e.%s ORDER BY 3 DESC LIMIT %d)`,
				d.name, d.one, others(d.name), d.one, d.one, mostCounted))
		}
	}
	parts = append(parts, `SELECT '`+byTurn+`', `+turnSQL+`, count(*) FROM e WHERE `+others(byTurn)+` GROUP BY 2`)
	regions, err := t.regions()
	if err != nil {
		return "", nil, err
	}
	var ids, codes []string
	for id, code := range regions {
		ids, codes = append(ids, id), append(codes, code)
	}
	parts = append(parts, `SELECT '`+byRegion+`', r.region, count(DISTINCT e.proposal) FROM e, unnest(e.states) x
		JOIN unnest(?::uuid[], ?::text[]) r(state, region) ON r.state = x WHERE `+others(byRegion)+` GROUP BY 2`)
	args = append(args, "{"+strings.Join(ids, ",")+"}", "{"+strings.Join(codes, ",")+"}")
	return `WITH e AS MATERIALIZED (SELECT ` + columns + ` FROM register e WHERE ` + where + `) ` + strings.Join(parts, " UNION ALL "), args, nil
}

// turnSQL is domain.Stage.Turn as SQL.
var turnSQL = func() string {
	b := "CASE"
	for _, w := range domain.Turns {
		var in []string
		for _, stage := range w.Stages() {
			in = append(in, "'"+string(stage)+"'")
		}
		b += " WHEN e.stage IN (" + strings.Join(in, ", ") + ") THEN '" + string(w) + "'"
	}
	return b + " END"
}()

var _ = ask(
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
