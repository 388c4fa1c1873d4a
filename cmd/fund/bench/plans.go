package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// heard keeps the statements that the fund sends to its database, while it listens.
type heard struct {
	mu         sync.Mutex
	listening  bool
	statements []statement
}

type statement struct {
	sql  string
	args []any
}

// TraceQueryStart is told of a statement by pgx.
func (h *heard) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listening {
		h.statements = append(h.statements, statement{q.SQL, slices.Clone(q.Args)})
	}
	return ctx
}

// TraceQueryEnd is told that a statement is done.
func (*heard) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// during are the statements that one thing sends.
func (h *heard) during(one func() error) ([]statement, error) {
	h.mu.Lock()
	h.listening, h.statements = true, nil
	h.mu.Unlock()
	err := one()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listening = false
	return h.statements, err
}

// readWhole has PostgreSQL explain the statements of a reading, with the values and the
// settings that it ran with, and names the large tables that a plan reads from end to
// end. Asked is how many plans were looked at.
func (g *ground) readWhole(ctx context.Context, of []statement, large map[string]int64) (tables []string, asked int, err error) {
	t, err := g.db.Begin(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer t.Rollback(ctx)
	for _, s := range of {
		switch {
		case strings.HasPrefix(s.sql, "SELECT set_config("):
			_, err = t.Exec(ctx, s.sql)
		case strings.HasPrefix(s.sql, "SELECT "), strings.HasPrefix(s.sql, "WITH "):
			var text []byte
			if err = t.QueryRow(ctx, "EXPLAIN (FORMAT JSON) "+s.sql, s.args...).Scan(&text); err == nil {
				asked++
				var plans []struct{ Plan plan }
				if err = json.Unmarshal(text, &plans); err == nil {
					tables = append(tables, plans[0].Plan.whole(large)...)
				}
			}
		}
		if err != nil {
			return nil, 0, fmt.Errorf("the plan of %q: %w", s.sql, err)
		}
	}
	slices.Sort(tables)
	return slices.Compact(tables), asked, nil
}

type plan struct {
	Node     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Plans    []plan
}

func (p plan) whole(large map[string]int64) (tables []string) {
	if _, is := large[p.Relation]; is && p.Node == "Seq Scan" {
		tables = append(tables, p.Relation)
	}
	for _, x := range p.Plans {
		tables = append(tables, x.whole(large)...)
	}
	return tables
}
