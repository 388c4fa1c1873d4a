package store

import (
	"database/sql"

	"startupfund/domain"
)

// only is the one of a list that was asked for by what it alone has; missing, where it
// is not there.
func only[T any](list []T, err error) (T, error) {
	if err == nil && len(list) == 0 {
		err = domain.ErrMissing
	}
	return first(list), err
}

// first is the first of a list, or none.
func first[T any](list []T) (x T) {
	if len(list) > 0 {
		x = list[0]
	}
	return x
}

// pairs reads rows of two columns: what is known by the first.
func pairs[K comparable, V any](rows *sql.Rows, err error) (map[K]V, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[K]V{}
	for rows.Next() {
		var key K
		var value V
		if err := rows.Scan(&key, &value); err != nil {
			return nil, err
		}
		known[key] = value
	}
	return known, rows.Err()
}

// each hands the rows of a query to do, one by one; do scans the row it is at.
func (t *tx) each(sql string, do func(scan func(...any) error) error, args ...any) error {
	rows, err := t.Raw(sql, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ptr is a value that a column may lack.
func ptr[T any](x T) *T { return &x }
