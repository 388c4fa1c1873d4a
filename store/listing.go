package store

import (
	"strings"

	"startupfund/domain"
)

// ListAsk narrows and orders a list; what is zero narrows nothing.
type ListAsk struct {
	Sought string              // words that all stand in what names a row
	Chosen map[string][]string // by field: one of these
	Within map[string]string   // by bound: a day or an amount, as text
	Order  string              // a column's name, with "-" before it the other way; "" is the list's own
	Window
}

// listing is how a list is read: which rows there are, what they are found, narrowed
// and ordered by. Its expressions are SQL over from.
type listing struct {
	from   string
	id     string            // tells each row from the others, as text
	said   string            // where words are looked for
	fields map[string]string // that the list is narrowed by: a condition on the values that are asked for
	bounds map[string]string // a condition on each day or amount that is asked for
	orders map[string]column
	first  string // the order it has by itself
}

// column is what a list is ordered by, and how PostgreSQL reads the key back.
type column struct{ key, kind string }

// page reads which rows a page of a list has, in their order, by their ids.
func (t *tx) page(l listing, f ListAsk) (Page[string], error) {
	asked := f.Order
	if asked == "" {
		asked = l.first
	}
	name, down := strings.CutPrefix(asked, "-")
	by, known := l.orders[name]
	if !known {
		return Page[string]{}, domain.ErrUnknownWord.With("given", f.Order).At("/sort")
	}
	way, than := " ASC", " > "
	if down {
		way, than = " DESC", " < "
	}
	where, args := []string{"true"}, []any{}
	for word := range strings.FieldsSeq(f.Sought) {
		where, args = append(where, `strpos(folded(`+l.said+`), folded(?)) > 0`), append(args, word)
	}
	for field, values := range f.Chosen {
		where, args = append(where, l.fields[field]), append(args, values)
	}
	for bound, value := range f.Within {
		where, args = append(where, l.bounds[bound]), append(args, value)
	}
	after, err := f.places(asked, 2)
	switch {
	case err != nil:
		return Page[string]{}, err
	case after != nil && !sound(by.kind, after[0]):
		return Page[string]{}, domain.ErrMalformed.With("parameter", "after")
	case after != nil:
		where, args = append(where, `(`+by.key+`, `+l.id+`)`+than+`(?::`+by.kind+`, ?)`), append(args, after[0], after[1])
	}
	rows, err := t.Raw(`SELECT `+l.id+`, (`+by.key+`)::text FROM `+l.from+` WHERE `+strings.Join(where, " AND ")+
		` ORDER BY `+by.key+way+`, `+l.id+way+` LIMIT ?`, append(args, f.fetch())...).Rows()
	if err != nil {
		return Page[string]{}, err
	}
	defer rows.Close()
	var ids, keys []string
	for rows.Next() {
		var id, key string
		if err := rows.Scan(&id, &key); err != nil {
			return Page[string]{}, err
		}
		ids, keys = append(ids, id), append(keys, key)
	}
	return pageOf(f.Window, ids, func(id string) string { return place(asked, keys[f.limit()-1], id) }), rows.Err()
}

// laid puts what was loaded by the ids of a page in the page's order.
func laid[T any](p Page[string], loaded []T, id func(T) string) Page[T] {
	at := make(map[string]T, len(loaded))
	for _, x := range loaded {
		at[id(x)] = x
	}
	out := Page[T]{Items: make([]T, 0, len(p.Items)), Next: p.Next}
	for _, id := range p.Items {
		out.Items = append(out.Items, at[id])
	}
	return out
}
