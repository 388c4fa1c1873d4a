package store

import (
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
)

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
	if strings.Contains(s.Phrases, `"`) {
		if err := t.Raw(`SELECT regexp_replace(?, '<(-|[0-9]+)>', '&', 'g')::tsquery::text`, v.best).Row().Scan(&v.loose); err != nil {
			return err
		}
	}
	// The kind stands in the query itself: each has an index of its own.
	found := `SELECT w.proposal FROM register_words w WHERE w.seen = '` + v.seen + `' AND dear(w.words) @@ ?::tsquery`
	args = []any{v.best}
	if s.Ref != "" {
		v.begin = s.Ref + "%"
		found += ` UNION SELECT r.proposal FROM register r WHERE r.seen = ? AND r.ref LIKE ?`
		args = append(args, v.seen, v.begin)
	}
	v.all = append(v.all, condition{bySearch, "e.proposal IN (" + found + ")", args})
	return nil
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
	common, err := t.common(s.Words)
	if err != nil {
		return err
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
		e := &list[at[id]]
		e.Excerpt = s.Without(common[e.Language]).Excerpt(body)
	}
	return rows.Err()
}

// common are those of some words that a language's search does not look for, by language.
func (t *tx) common(words []string) (map[string][]string, error) {
	out := map[string][]string{}
	if len(words) == 0 {
		return out, nil
	}
	rows, err := t.Raw(`SELECT l, w FROM unnest(ARRAY['en', 'fr', 'es', 'ar', 'ru']) l, unnest(string_to_array(?, ' ')) w
		WHERE numnode(plainto_tsquery(tongue(l), folded(w))) = 0`, strings.Join(words, " ")).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var language, word string
		if err := rows.Scan(&language, &word); err != nil {
			return nil, err
		}
		out[language] = append(out[language], word)
	}
	return out, rows.Err()
}

// longestLooked is how many letters of what a proposal says are looked through for an
// excerpt; the search itself has all of it.
const longestLooked = 12_000

// bySearch is of the condition that a search makes.
const bySearch = "q"

// likely leaves the phrases of a search for later: its rows say every word of them, and
// most of a common phrase are those that are looked for. That a row says the phrase is
// read in its text, which is dear, so that it is asked of no more rows than are shown.
func (v view) likely() (where string, args []any, says string) {
	rest, args := v.meeting(func(c condition) bool { return c.of != bySearch })
	of := " FROM register_words w WHERE w.seen = '" + v.seen + "' AND "
	return rest + " AND e.proposal IN (SELECT w.proposal" + of + "dear(w.words) @@ ?::tsquery)", append(args, v.loose),
		"(SELECT dear(w.words) @@ ?::tsquery" + of + "w.proposal = y.proposal)"
}
