package store

import (
	"encoding/base64"
	"encoding/json"

	"github.com/google/uuid"

	"startupfund/domain"
)

// Window is the part of a list that is wanted: what comes after a key, and how
// many at most. Limit 0 is a hundred, Whole is all.
type Window struct {
	After string
	Limit int
}

// Whole is the limit of a list that leaves as a file.
const Whole = 1 << 20

// Page is that part, and the key after which the next begins; "" at the end.
type Page[T any] struct {
	Items []T
	Next  string
}

// fetch is how many rows to ask for: one more than shown tells that there are more.
func (w Window) fetch() int { return w.limit() + 1 }

func (w Window) limit() int {
	if w.Limit == Whole {
		return Whole
	}
	if w.Limit < 1 || w.Limit > 200 {
		return 100
	}
	return w.Limit
}

// pageOf cuts the rows that were fetched to a page.
func pageOf[T any](w Window, rows []T, key func(T) string) Page[T] {
	if len(rows) <= w.limit() {
		return Page[T]{Items: rows}
	}
	rows = rows[:w.limit()]
	return Page[T]{rows, key(rows[len(rows)-1])}
}

// place is where a page ended in a list that goes by the named order: the values
// that the order goes by, as text. It is written so that nobody takes it for a
// thing to be typed, and it is no secret.
func place(order string, values ...string) string {
	b, err := json.Marshal(append([]string{order}, values...))
	if err != nil {
		panic("store: texts always can be written: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// places reads back the n values of a place in a list of the same order; none
// where the list is read from its beginning.
func (w Window) places(order string, n int) ([]string, error) {
	if w.After == "" {
		return nil, nil
	}
	var kept []string
	b, err := base64.RawURLEncoding.DecodeString(w.After)
	if err != nil || json.Unmarshal(b, &kept) != nil || len(kept) != n+1 || kept[0] != order {
		return nil, domain.ErrMalformed.With("parameter", "after")
	}
	return kept[1:], nil
}

// afterID is the key of a list that goes by ids; uuid.Nil begins it.
func (w Window) afterID() (uuid.UUID, error) {
	if w.After == "" {
		return uuid.Nil, nil
	}
	id, err := uuid.Parse(w.After)
	if err != nil {
		return id, domain.ErrMalformed.With("parameter", "after")
	}
	return id, nil
}
