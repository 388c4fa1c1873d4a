package api

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/store"
)

// longestPlace is how long the words for a place in a list may be.
const longestPlace = 600

// window reads which part of a list is wanted.
func (a *asked) window() (store.Window, error) {
	w := store.Window{After: a.Query("after")}
	if len(w.After) > longestPlace {
		return w, domain.ErrTooLong.With("limit", longestPlace)
	}
	if text := a.Query("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 200 {
			return w, domain.ErrMalformed.With("parameter", "limit")
		}
		w.Limit = n
	}
	return w, nil
}

// longestSought is how many bytes one looks for in a list at most.
const longestSought = 400

// narrowed names what a list is narrowed by.
type narrowed struct {
	fields  []string // by codes of the fund's own or the charter's, or ids: one that nothing has finds nothing
	days    []string // by bounds that are days
	amounts []string // and that are amounts
}

// listAsk reads what of a list is wanted.
func (a *asked) listAsk(by narrowed) (f store.ListAsk, err error) {
	if f.Window, err = a.window(); err != nil {
		return f, err
	}
	if f.Sought, f.Order = a.Query("q"), short(a.Query("sort")); len(f.Sought) > longestSought {
		return f, domain.ErrTooLong.With("limit", longestSought).At("/q")
	}
	f.Chosen = map[string][]string{}
	for _, name := range by.fields {
		text := a.Query(name)
		if text == "" {
			continue
		}
		list := strings.Split(text, ",")
		if len(list) > mostChosen {
			return f, domain.ErrTooLong.With("limit", mostChosen).At("/" + name)
		}
		for _, v := range list {
			if !code.MatchString(v) {
				return f, domain.ErrUnknownWord.With("given", short(v)).At("/" + name)
			}
		}
		f.Chosen[name] = list
	}
	f.Within = map[string]string{}
	for _, name := range by.days {
		day, err := a.day(name)
		if err != nil {
			return f, err
		}
		if !day.IsZero() {
			f.Within[name] = day.Format(time.DateOnly)
		}
	}
	for _, name := range by.amounts {
		if text := a.Query(name); text != "" {
			m, err := money{text, "USD"}.at("/" + name)
			if err != nil {
				return f, err
			}
			f.Within[name] = m.Text()
		}
	}
	return f, nil
}

// listed answers with a list, each item in view, and the way to the next one. What
// else the query asked for stays asked for.
func listed[T, V any](a *asked, p store.Page[T], view func(T) V) (answer, error) {
	views := each(p.Items, view)
	if p.Next == "" {
		return paged(views, "")
	}
	q := url.Values{}
	for name, values := range a.Request.URL.Query() {
		q[name] = values
	}
	q.Set("after", p.Next)
	return paged(views, q.Encode())
}

// whole answers with a list that is never so long as to be asked for in parts.
func whole[T, V any](view func(T) V) func([]T, error) (answer, error) {
	return func(list []T, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return shown(each(list, view))
	}
}

// each is how all of a list look.
func each[T, V any](list []T, view func(T) V) []V {
	views := make([]V, len(list))
	for i, x := range list {
		views[i] = view(x)
	}
	return views
}

// may keeps, of the acts that the rules would not refuse, those that policy lets
// this hat do.
func (s *Server) may(by domain.Actor, acts []string) []string {
	kept := []string{}
	for _, act := range acts {
		role := by.Hat.Role
		if role == "" {
			role = domain.Public
		}
		if _, ok := s.Policy.May(role, act); ok {
			kept = append(kept, act)
		}
	}
	return kept
}
