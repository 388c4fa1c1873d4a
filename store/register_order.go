package store

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
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
